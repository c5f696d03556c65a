// The map with script: Leaflet over the same shapes (drag, zoom, tooltips) and a player through the days with figures.
import { drawOn } from "./map/draw.js";
import { play } from "./map/play.js";

const place = document.querySelector("[data-map]");
const form = document.querySelector("[data-map-form]");
form?.elements.show.addEventListener("change", () => {
  form.querySelector("[data-since]").hidden = form.elements.show.value !== "change";
  if (form.elements.show.value !== "change") form.submit();
});
if (place) play(place, drawOn(place));
