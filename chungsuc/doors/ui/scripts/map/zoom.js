// Zoom and drag by Leaflet: the one drawing is its only layer, nothing comes from elsewhere.
import L from "leaflet";

const STEP = 0.75;
const READABLE = 12; // pixels of a hexagon's radius from which its number can be read

/** @returns {{nearer: () => void, farther: () => void, whole: () => void}} */
export function zoomable(place) {
  const frame = place.querySelector("[data-map-window]");
  const drawing = frame.querySelector("[data-map-svg]");
  const whole = place.querySelector("[data-zoom-whole]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const held = document.activeElement;
  let bounds = size();
  frame.style.height = `${drawing.clientHeight}px`;

  const map = L.map(frame, { crs: L.CRS.Simple, minZoom: -8, maxZoom: 8, attributionControl: false, zoomControl: false, keyboard: false, scrollWheelZoom: false, zoomSnap: 0, zoomDelta: STEP, zoomAnimation: !still, inertia: !still, maxBoundsViscosity: 1 });
  const layer = L.svgOverlay(drawing, bounds, { interactive: true }).addTo(map);
  if (drawing.contains(held)) held.focus();
  fit();

  function size() {
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    return [[0, 0], [height, width]];
  }

  function fit() {
    map.setMinZoom(-8).setMaxBounds(null).fitBounds(bounds, { animate: false });
    map.setMinZoom(map.getZoom()).setMaxBounds(bounds);
    moved();
  }

  function moved() {
    const near = map.getZoom() > map.getMinZoom() + 0.01;
    whole.hidden = !near;
    map.dragging[near ? "enable" : "disable"](); // a whole map must not catch the finger that scrolls the page
    frame.classList.toggle("close", (20 * drawing.getBoundingClientRect().width) / bounds[1][1] > READABLE);
  }

  map.on("zoomend", moved);
  // A drag that ends on a unit is no click on it.
  frame.addEventListener("click", (event) => {
    if (!map.dragging.moved()) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    map.setZoomAround(map.mouseEventToContainerPoint(event), map.getZoom() - Math.sign(event.deltaY) * 0.3, { animate: false });
  }, { passive: false });
  place.addEventListener("mapdrawn", () => {
    const now = size();
    if (`${now}` === `${bounds}`) return;
    bounds = now;
    layer.setBounds(bounds);
    fit();
  });
  addEventListener("resize", () => {
    map.invalidateSize();
    fit();
  });
  return { nearer: () => map.zoomIn(STEP), farther: () => map.zoomOut(STEP), whole: fit };
}
