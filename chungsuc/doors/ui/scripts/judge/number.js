// Numbers as people type them in Vietnam; reads exactly as chungsuc/kit/typed.py (one table of examples tests both).
import Big from "big.js";

Big.DP = 40;

const LONGEST = 40;
const PLAIN = /^[+-]?\d+$/;
const COMMA = /^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$/;
const GROUPED = /^[+-]?\d{1,3}(\.\d{3}){2,}$/;
const POINT = /^[+-]?\d+\.\d+$/;
const EITHER = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;

/**
 * The number that was typed.
 * @param {string} text as typed: "10,62", "1.234,5", "1 234"
 * @returns {{value: Big} | {problem: {code: string, facts: object}} | null} null where nothing was typed
 */
export function numberOf(text) {
  const said = text.replace(/[\s\u00a0\u202f]+/g, "").replace(/%$/, "").replaceAll("−", "-");
  if (!said) return null;
  const unreadable = { problem: { code: "number.unreadable", facts: { typed: text.slice(0, LONGEST) } } };
  if (said.length > LONGEST) return unreadable;
  if (PLAIN.test(said)) return exact(said);
  if (COMMA.test(said)) return exact(said.replaceAll(".", "").replace(",", "."));
  if (GROUPED.test(said)) return exact(said.replaceAll(".", ""));
  if (EITHER.test(said))
    return { problem: { code: "number.ambiguous", facts: { typed: said, whole: said.replace(".", ""), part: said.replace(".", ",") } } };
  if (POINT.test(said)) return exact(said);
  return unreadable;
}

/** An exact number; `said` keeps it as typed (95.0 says one decimal, which a check asks for). */
function exact(text) {
  const said = text.replace(/^\+/, "").replace(/^(-?)0+(?=\d)/, "$1");
  return { value: Object.assign(Big(said), { said }) };
}

/**
 * A number as people write it: 1.234,5 in Vietnamese, 1,234.5 in English; `places` rounds half up.
 * @param {Big} value
 */
export function amount(value, lang, places) {
  let shown = value;
  if (places !== undefined && decimals(value) > places) shown = value.round(places, Big.roundHalfUp);
  const [whole, part] = shown.abs().toFixed().split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === "vi" ? "." : ",");
  const rest = part ? part.replace(/0+$/, "") : "";
  const sign = shown.lt(0) ? "-" : "";
  return sign + grouped + (rest ? (lang === "vi" ? "," : ".") + rest : "");
}

/** How many decimals a number has. */
export function decimals(value) {
  return Math.max(0, value.c.length - 1 - value.e);
}

export { Big };
