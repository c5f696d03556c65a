// Draws with uPlot in the colours of the page; draws anew when the theme or the width changes. Nothing moves.
import uPlot from "uplot";
import { scaleOf, seriesOf } from "./series.js";

const HEIGHT = 148;

/** Draw every figure, and again whenever the theme changes. */
export function drawAll(places) {
  const figures = [...places].map((place) => ({ place, plot: null }));
  const again = () => figures.forEach(draw);
  again();
  document.addEventListener("themechange", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  document.fonts?.ready.then(again);
  const watch = new ResizeObserver((entries) => entries.forEach(({ target, contentRect }) => {
    const one = figures.find((figure) => figure.place === target);
    if (one?.plot && Math.abs(one.plot.width - contentRect.width) > 1) one.plot.setSize({ width: contentRect.width, height: HEIGHT });
  }));
  figures.forEach((one) => watch.observe(one.place));
}

function draw(figure) {
  const { place } = figure;
  const table = document.getElementById(place.dataset.plot);
  if (!table) return;
  const limits = "limits" in place.dataset;
  const read = seriesOf([...table.tBodies[0].rows], Number(place.dataset.column), limits);
  figure.plot?.destroy();
  place.replaceChildren();
  place.setAttribute("aria-hidden", "true"); // the sentence above and the table say it all
  const data = limits ? [read.days, read.values, read.limits] : [read.days, read.values];
  figure.plot = new uPlot(options(place, read, limits), data, place);
}

function options(place, read, limits) {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(name).trim();
  const tone = ink(`--${place.dataset.tone || "accent"}`);
  const font = `12px ${style.getPropertyValue("--font")}`;
  const series = [{}, { stroke: tone, width: 2, points: { show: true, size: 7, fill: ink("--sheet"), stroke: tone, width: 2 } }];
  if (limits) series.push({ stroke: ink("--ink-3"), width: 1.5, dash: [5, 4], points: { show: false } });
  const [low, top] = scaleOf([...read.values, ...read.limits]);
  return {
    width: Math.max(place.clientWidth, 120),
    height: HEIGHT,
    padding: [18, 26, 0, 22],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true, range: (_, from, to) => (from === to ? [from - 86400, to + 86400] : [from, to]) }, y: { range: () => [low, top] } },
    series,
    axes: [
      { stroke: ink("--ink-2"), font, grid: { show: false }, ticks: { show: false }, size: 24, splits: () => few(read.marks), values: (_, at) => at.map(yearOf) },
      { show: false },
    ],
    hooks: { draw: [(plot) => label(plot, read, ink("--ink"), style.getPropertyValue("--font"))] },
  };
}

/** The first, the last and what fits between, so that years never run into each other. */
function few(days) {
  return days.length <= 6 ? days : days.filter((_, place) => place === 0 || place === days.length - 1 || place % 2 === 0);
}

function yearOf(at) {
  return String(new Date(at * 1000).getUTCFullYear());
}

/** Direct labels: every value at its point, the threshold at its line, so that no axis has to be read. */
function label(plot, read, ink, family) {
  const { ctx } = plot;
  const ratio = devicePixelRatio || 1;
  const last = read.values.length - 1;
  ctx.save();
  ctx.textAlign = "center";
  read.values.forEach((value, place) => {
    if (value === null || (read.values.length > 8 && place !== 0 && place !== last)) return;
    const below = read.limits[place] !== null && value < read.limits[place];
    ctx.fillStyle = ink;
    ctx.textBaseline = below ? "top" : "bottom";
    ctx.font = `${place === last ? 600 : 400} ${12 * ratio}px ${family}`;
    ctx.fillText(read.said[place], plot.valToPos(read.days[place], "x", true), plot.valToPos(value, "y", true) + (below ? 8 : -7) * ratio);
  });
  limit(plot, read, ratio, family, ink);
  ctx.restore();
}

function limit(plot, read, ratio, family, ink) {
  if (read.limits[0] === null || read.limits[0] === undefined) return;
  const { ctx } = plot;
  const under = read.values[0] !== null && read.values[0] >= read.limits[0];
  ctx.fillStyle = ink;
  ctx.textAlign = "left";
  ctx.textBaseline = under ? "top" : "bottom";
  ctx.font = `400 ${11 * ratio}px ${family}`;
  ctx.fillText(read.limitSaid, plot.valToPos(read.days[0], "x", true), plot.valToPos(read.limits[0], "y", true) + (under ? 4 : -4) * ratio);
}
