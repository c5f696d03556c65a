// Reading a table into the numbers of a chart; no drawing here.

/** Seconds of a day written 2019-12-31. */
export function seconds(day) {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** Days, values, what people read and (with `limits`) the thresholds of one column of a table, oldest first. */
export function seriesOf(rows, column, limits) {
  const read = rows.map((row) => {
    const cells = row.querySelectorAll("td");
    return { apart: "apart" in row.dataset, day: seconds(row.dataset.day), value: number(cells[column]), said: cells[column]?.textContent ?? "", limit: limits ? number(cells[column + 1]) : null, limitSaid: limits ? cells[column + 1]?.textContent : "" };
  });
  read.sort((a, b) => a.day - b.day);
  for (let place = read.length - 1; place > 0; place -= 1) {
    // A day whose communes are others: a gap before it, so that no line pretends to compare.
    if (read[place].apart) read.splice(place, 0, { day: read[place].day - 86400, value: null, said: "", limit: null, limitSaid: "", gap: true });
  }
  return { days: read.map((one) => one.day), values: read.map((one) => one.value), said: read.map((one) => one.said), limits: read.map((one) => one.limit), marks: read.filter((one) => !one.gap).map((one) => one.day), limitSaid: read[0]?.limitSaid ?? "" };
}

function number(cell) {
  const written = cell?.dataset.value ?? "";
  return written === "" ? null : Number(written);
}

/** The scale of the values: from nought, with room above; a little below the smallest where they lie close together. */
export function scaleOf(values) {
  const known = values.filter((value) => value !== null);
  if (!known.length) return [0, 1];
  const top = Math.max(...known);
  const low = Math.min(...known, 0);
  return [low, top === low ? low + 1 : top + (top - low) * 0.22];
}
