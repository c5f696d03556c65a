// Draws the data of one day with Leaflet: SVG only, no tiles from anywhere.
import L from "leaflet";

const parse = (path) => path.split("M").filter(Boolean).map((ring) => ring.replace("Z", "").split("L").map((pair) => pair.split(" ").map(Number)).map(([x, y]) => [-y, x]));

/** A drawer for the map's place. @returns {(data: object) => void} */
export function drawOn(place) {
  const figure = place.querySelector(".tiles");
  const still = figure.querySelector("[data-map-svg]");
  let map = null;
  let layer = null;

  function begin() {
    const box = document.createElement("div");
    still.replaceWith(box);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", still.getAttribute("aria-label"));
    map = L.map(box, { crs: L.CRS.Simple, minZoom: -3, maxZoom: 4, zoomSnap: 0.1, attributionControl: false, renderer: L.svg({ padding: 0.5 }), scrollWheelZoom: false });
    layer = L.layerGroup().addTo(map);
  }

  return (data) => {
    if (map === null) {
      begin();
      const [left, top, width, height] = data.box.split(" ").map(Number);
      map.fitBounds([[-(top + height), left], [-top, left + width]]); // a shape has an element only once the map has a view
    }
    layer.clearLayers();
    for (const one of data.shapes) {
      const shape = L.polygon([parse(one.path)].flat(), { className: `tile ${one.kind}`, weight: 1.2 });
      shape.bindTooltip(one.said, { sticky: true });
      shape.on("click", () => location.assign(one.to));
      shape.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && location.assign(one.to));
      layer.addLayer(shape);
      const element = shape.getElement();
      element.setAttribute("tabindex", "0");
      element.setAttribute("role", "link");
      element.setAttribute("aria-label", one.said);
      element.removeAttribute("fill");
      element.removeAttribute("stroke");
      element.removeAttribute("fill-opacity");
      if (one.label) layer.addLayer(sign(one.label, one.x, one.y, `map-sign on-${one.kind}`));
    }
    for (const one of data.labels) layer.addLayer(sign(one.name, one.x, one.y, "map-sign map-block"));
    legend(figure.querySelector("[data-map-legend]"), data.legend);
    document.querySelector("[data-map-title]").textContent = data.title;
  };
}

function sign(words, x, y, className) {
  const box = document.createElement("span");
  box.textContent = words;
  return L.marker([-Number(y), Number(x)], { interactive: false, keyboard: false, icon: L.divIcon({ html: box, className, iconSize: [80, 16] }) });
}

function legend(list, keys) {
  list.replaceChildren(...keys.map(({ kind, said, count }) => {
    const item = document.createElement("li");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "key");
    svg.setAttribute("aria-hidden", "true");
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of [["class", kind], ["width", "12"], ["height", "12"]]) rect.setAttribute(name, value);
    svg.append(rect);
    const number = document.createElement("b");
    number.textContent = count;
    item.append(svg, `${said}: `, number);
    return item;
  }));
}
