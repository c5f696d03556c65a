// From texts as typed to a figure, and the share that is judged; as chungsuc/assessment/rules/typed.py and the engine.
import { numberOf } from "./number.js";

const DIGITS = 28; // the server divides with so many significant digits
const HALF_EVEN = 2;

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
  const figure = { value: said.value ?? null, num: said.num ?? null, den: said.den ?? null, parts: {}, aside: field.na?.trim() || null, nearly: null };
  for (const { key } of indicator.parts) figure.parts[key] = part(said, key);
  return { figure, problems };
}

function part(said, key) {
  const [value, num, den] = ["", ":num", ":den"].map((ending) => said[`part:${key}${ending}`] ?? null);
  return { value, num, den };
}

const NOTHING = { value: null, num: null, den: null };

/** The value judged for the whole indicator or a part; counts decide where both are there. */
export function share(figure, key) {
  const given = key === null ? figure : (figure.parts[key] ?? NOTHING);
  const { value, num, den } = given;
  const counted = num !== null && den !== null && den.gt(0);
  return { num, den, counted, written: value, value: counted ? percent(num, den) : value };
}

/** num in percent of den, with the digits that the server keeps. */
export const percent = (num, den) => num.times(100).div(den).prec(DIGITS, HALF_EVEN);

/** Whether anything was given at all. */
export function isEmpty(figure) {
  const parts = Object.values(figure.parts).flatMap(({ value, num, den }) => [value, num, den]);
  return figure.aside === null && [figure.value, figure.num, figure.den, ...parts].every((one) => one === null);
}
