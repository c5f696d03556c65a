// Small lines through time. Each figure draws one column of the table beside it, which works without script too.
// The drawing package is fetched when a chart comes into sight: a page that is only skimmed does not pay for it.

const figures = document.querySelectorAll("[data-plot]");
const watcher = new IntersectionObserver(async (entries) => {
  if (!entries.some((one) => one.isIntersecting)) return;
  watcher.disconnect();
  const { drawAll } = await import("./charts/draw.js");
  drawAll(figures);
}, { rootMargin: "200px" });
figures.forEach((one) => watcher.observe(one));
