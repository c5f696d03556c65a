// One stop for the Tab key; arrows go to the unit that lies next in that direction.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Begin; the answer is called again after every drawing. @returns {(refocus?: boolean) => void} */
export function walkByKeys(place) {
  const drawing = place.querySelector("[data-map-svg]");
  const links = () => [...drawing.querySelectorAll("a")];
  let here = null; // the address of the unit that holds the stop, kept from day to day

  drawing.setAttribute("aria-describedby", "map-keys");
  drawing.addEventListener("focusin", ({ target }) => {
    const link = target.closest("a");
    if (link) stopAt(link);
  });
  drawing.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    const way = WAYS[event.key];
    if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = links();
    const to = way ? next(link, all, way) : event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : null;
    if (!to) return;
    event.preventDefault();
    to.focus({ preventScroll: false });
  });

  function stopAt(link) {
    for (const one of links()) one.setAttribute("tabindex", one === link ? "0" : "-1");
    here = path(link);
  }

  return (refocus = false) => {
    const all = links();
    const kept = all.find((one) => path(one) === here) ?? all[0];
    if (!kept) return;
    stopAt(kept);
    if (refocus) kept.focus({ preventScroll: true });
  };
}

const path = (link) => link.getAttribute("href").split("?")[0];

function middle(link) {
  const { left, top, width, height } = link.querySelector(".shape").getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** The nearest link whose middle lies that way, within 60 degrees. */
function next(from, all, [across, down]) {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const one of all) {
    if (one === from) continue;
    const [dx, dy] = middle(one).map((value, axis) => value - [x, y][axis]);
    const along = dx * across + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * across);
    if (along <= 0.5 || aside > along * 1.8) continue;
    const cost = along + aside * 1.5;
    if (cost < least) [best, least] = [one, cost];
  }
  return best;
}
