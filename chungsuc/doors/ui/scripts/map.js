// The map with script: a tip for every unit, arrow keys, days that change in place, zoom. The drawing is the server's.
import { drawer } from "./map/draw.js";
import { walkByKeys } from "./map/keys.js";
import { play } from "./map/play.js";
import { tips } from "./map/tip.js";

const place = document.querySelector("[data-map]");
if (place) {
  const walk = walkByKeys(place);
  const tip = tips(place);
  walk();
  const draw = drawer(place);
  play(place, (data) => {
    const held = place.querySelector("[data-map-svg]").contains(document.activeElement);
    tip.hide();
    draw(data);
    walk(held);
    place.dispatchEvent(new Event("mapdrawn"));
  });
  zoomWhenAsked();
}

/** The zoom package is fetched when somebody reaches for it. */
function zoomWhenAsked() {
  const bar = place.querySelector("[data-zoom]");
  let zoom = null;
  const ask = (how) => async () => {
    zoom ??= import("./map/zoom.js").then(({ zoomable }) => zoomable(place));
    (await zoom)[how]();
  };
  for (const [name, how] of [["zoomIn", "nearer"], ["zoomOut", "farther"], ["zoomWhole", "whole"]])
    bar.querySelector(`[data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`).addEventListener("click", ask(how));
  bar.hidden = false;
}
