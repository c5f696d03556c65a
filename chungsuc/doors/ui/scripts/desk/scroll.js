// A table that fits needs no stop of its own on the way of the Tab key.

/** Keep the keyboard stop only where there is something to scroll. */
export function restScrolls() {
  const boxes = document.querySelectorAll(".scroll[tabindex]");
  if (boxes.length === 0) return;
  const watch = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      const wide = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
      if (wide) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  boxes.forEach((box) => watch.observe(box));
}
