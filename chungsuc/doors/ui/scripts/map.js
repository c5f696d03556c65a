// The map with script: dragging and zooming (Leaflet over the same shapes) and a player through the days with figures.
// The package is fetched when somebody reaches for it; until then the drawing from the server stands.
import { play } from "./map/play.js";

const place = document.querySelector("[data-map]");
const form = document.querySelector("[data-map-form]");
form?.elements.show.addEventListener("change", () => {
  form.querySelector("[data-since]").hidden = form.elements.show.value !== "change";
  if (form.elements.show.value !== "change") form.submit();
});
if (place) {
  let drawer = null;
  play(place, async (data) => {
    drawer ??= import("./map/draw.js").then(({ drawOn }) => drawOn(place));
    (await drawer)(data);
  });
}
