// From texts as typed to a figure, and the share that is judged; as chungsuc/assessment/rules/typed.py and the engine.
import { numberOf } from "./number.js";

/**
 * Read one field.
 * @param {object} indicator of the form definition
 * @param {Record<string, string>} field texts as typed: value, num, den, part:KEY[:num|:den], na
 * @returns {{figure: object, problems: {name: string, code: string, facts: object}[]}}
 */
export function read(indicator, field) {
  const said = {};
  const problems = [];
  for (const [name, text] of Object.entries(field)) {
    if (name === "na") continue;
    if (name === "value" && indicator.kind === "boolean") {
      if (text.trim() === "yes" || text.trim() === "no") said.value = text.trim() === "yes";
      continue;
    }
    const found = numberOf(text);
    if (found?.problem) problems.push({ name, ...found.problem });
    else if (found) said[name] = found.value;
  }
  const figure = { value: said.value ?? null, num: said.num ?? null, den: said.den ?? null, parts: {}, aside: field.na?.trim() || null };
  for (const { key } of indicator.parts) figure.parts[key] = part(said, key);
  return { figure, problems };
}

function part(said, key) {
  const [value, num, den] = ["", ":num", ":den"].map((ending) => said[`part:${key}${ending}`] ?? null);
  return { value, num, den };
}

/** The value judged for the whole indicator or a part; counts decide where both are there. */
export function share(figure, key) {
  const given = key === null ? { value: figure.value, num: figure.num, den: figure.den } : figure.parts[key] ?? { value: null, num: null, den: null };
  const counted = given.num !== null && given.den !== null && given.den.gt(0);
  return { ...given, counted, written: given.value, value: counted ? given.num.times(100).div(given.den) : given.value };
}

/** Whether anything was given at all. */
export function isEmpty(figure) {
  const parts = Object.values(figure.parts).flatMap(({ value, num, den }) => [value, num, den]);
  return figure.aside === null && [figure.value, figure.num, figure.den, ...parts].every((one) => one === null);
}
