// Draws the data of a day into the server's SVG. Where the units are the same, only colours and signs change.
import { svg } from "./svg.js";

/** A drawer for the map's place. @returns {(data: object) => void} */
export function drawer(place) {
  const drawing = place.querySelector("[data-map-svg]");
  const frame = place.querySelector("[data-map-window]");
  let shapes = drawing.querySelector(".hexes, .areas");
  const blocks = drawing.querySelector(".blocks");
  let drawn = "";

  return (data) => {
    const codes = `${data.box} ${data.schematic} ${data.shapes.map((one) => one.code).join()}`;
    if (codes === drawn) data.shapes.forEach((one, row) => recolour(shapes.children[row], one));
    else {
      const fresh = svg("g", { class: data.schematic ? "hexes" : "areas" }, ...data.shapes.map(shape));
      for (const one of drawing.querySelectorAll(".rest")) one.remove();
      shapes.replaceWith(...data.rest.map((d) => svg("path", { class: "rest", d })), fresh);
      shapes = fresh;
      blocks.replaceChildren(...data.labels.map(block));
      drawing.setAttribute("viewBox", data.box);
      for (const size of ["small", "few"]) frame.classList.toggle(size, data.size === size);
      drawn = codes;
    }
    drawing.setAttribute("aria-label", data.what);
    place.querySelector("[data-map-legend]").replaceChildren(...data.legend.map(key));
    place.querySelector("[data-map-schematic]").hidden = !data.schematic;
  };
}

function shape(one) {
  const fill = one.fill && `url(#${one.fill})`;
  const area = one.path
    ? svg("path", { class: "shape", d: one.path, fill })
    : svg("use", { class: "shape", href: "#hx", x: one.x, y: one.y, fill });
  const sign = one.sign ? [written(one)] : [];
  return svg("a", { href: one.to, class: one.kind, "aria-label": one.said }, area, ...sign);
}

const written = ({ sign, x, y }) => svg("text", { x, y, class: sign.length > 2 ? `n${sign.length}` : "" }, sign);

function recolour(link, one) {
  link.setAttribute("class", one.kind);
  link.setAttribute("href", one.to);
  link.setAttribute("aria-label", one.said);
  const area = link.querySelector(".shape");
  if (one.fill) area.setAttribute("fill", `url(#${one.fill})`);
  else area.removeAttribute("fill");
  link.querySelector("text")?.remove();
  if (one.sign) link.append(written(one));
}

function block(one) {
  return one.border ? svg("path", { d: one.border }) : svg("text", { x: one.x, y: one.y }, one.name);
}

function key(one) {
  const item = document.createElement("li");
  const sign = svg("svg", { class: `key ${one.kind}`, viewBox: "-20 -20 40 40", "aria-hidden": "true" });
  sign.append(svg("use", { class: "shape", href: "#hx", fill: one.fill && `url(#${one.fill})` }));
  const number = document.createElement("b");
  number.textContent = one.count;
  item.append(sign, `${one.said}: `, number);
  return item;
}
