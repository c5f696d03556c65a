// The table beside a chart is what the chart is drawn from: read in order, with gaps where days must not be compared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf, seconds, seriesOf } from "../../chungsuc/doors/ui/scripts/charts/series.js";

function row(day, values, apart = false) {
  const cells = values.map((value) => ({ dataset: { value }, textContent: value.replace(".", ",") }));
  return { dataset: apart ? { day, apart: "" } : { day }, querySelectorAll: () => cells };
}

test("rows are read by day, whatever their order", () => {
  const read = seriesOf([row("2019-12-31", ["10.62"]), row("2018-12-31", ["9.67"])], 0, false);
  assert.deepEqual(read.days, [seconds("2018-12-31"), seconds("2019-12-31")]);
  assert.deepEqual(read.values, [9.67, 10.62]);
  assert.deepEqual(read.said, ["9,67", "10,62"]);
});

test("an empty cell is no value, not nought", () => {
  assert.deepEqual(seriesOf([row("2019-12-31", ["", "95"])], 0, true).values, [null]);
  assert.deepEqual(seriesOf([row("2019-12-31", ["", "95"])], 0, true).limits, [95]);
});

test("the line is broken before a day that must not be compared", () => {
  const read = seriesOf([row("2019-12-31", ["10"]), row("2020-12-31", ["11"], true)], 0, false);
  assert.deepEqual(read.values, [10, null, 11]);
  assert.deepEqual(read.marks, [seconds("2019-12-31"), seconds("2020-12-31")]);
});

test("the scale begins at nought and leaves room for the labels", () => {
  const [low, top] = scaleOf([5, 10, null]);
  assert.equal(low, 0);
  assert.ok(top > 10);
  assert.deepEqual(scaleOf([]), [0, 1]);
  assert.deepEqual(scaleOf([0, 0]), [0, 1]);
});
