// Name and value beside the unit under the pointer, the focus or the finger. With a finger the first tap tells,
// the second opens: a hexagon on a phone is smaller than a fingertip.

/** @returns {{hide: () => void}} */
export function tips(place) {
  const frame = place.querySelector("[data-map-window]");
  const drawing = frame.querySelector("[data-map-svg]");
  const tip = document.createElement("div");
  tip.className = "map-tip";
  tip.hidden = true;
  frame.append(tip);
  let shown = null;
  let finger = false;

  // The drawing's own titles would show a second tip.
  for (const link of drawing.querySelectorAll("a")) {
    const title = link.querySelector("title");
    link.setAttribute("aria-label", title.textContent);
    title.remove();
  }

  function show(link) {
    shown?.classList.remove("near");
    shown = link;
    link.classList.add("near");
    const said = link.getAttribute("aria-label");
    const cut = said.lastIndexOf(": ");
    const name = document.createElement("b");
    name.textContent = said.slice(0, cut);
    tip.replaceChildren(name, said.slice(cut + 2));
    if (finger) {
      const open = document.createElement("a");
      open.href = link.getAttribute("href");
      open.textContent = `${place.dataset.wordsOpen} ›`;
      tip.append(document.createElement("br"), open);
    }
    tip.hidden = false;
    put(link);
  }

  function put(link) {
    const around = frame.getBoundingClientRect();
    const unit = link.querySelector(".shape").getBoundingClientRect();
    const left = unit.left + unit.width / 2 - around.left - tip.offsetWidth / 2;
    const above = unit.top - around.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(0, Math.min(left, around.width - tip.offsetWidth))}px`;
    tip.style.top = `${above > 0 ? above : unit.bottom - around.top + 6}px`;
  }

  function hide() {
    shown?.classList.remove("near");
    shown = null;
    tip.hidden = true;
  }

  drawing.addEventListener("pointerover", (event) => {
    const link = event.target.closest("a");
    if (link && event.pointerType !== "touch") show(link);
  });
  drawing.addEventListener("pointerdown", (event) => { finger = event.pointerType === "touch"; }, true);
  drawing.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !finger || link === shown) return;
    event.preventDefault();
    show(link);
  });
  drawing.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    if (link && link.matches(":focus-visible")) { finger = false; show(link); }
  });
  drawing.addEventListener("focusout", () => { if (!finger) hide(); });
  frame.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("pointerdown", (event) => { if (!frame.contains(event.target)) hide(); });
  return { hide };
}
