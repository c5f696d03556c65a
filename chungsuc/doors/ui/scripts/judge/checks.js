// Is a figure one that its indicator can have? The checks of criteria.engine.checks, for what can be typed into a form.
// Facts are texts, or {vi, en} where the languages write them differently.
import { percent } from "./figure.js";
import { amount, Big } from "./number.js";

const AT_MOST = "1000000000";
const AT_MOST_PLACES = 20;
const HALF_EVEN = 2;

/**
 * What stands against a figure, in the order to mend it.
 * @param {object} indicator of the definition
 * @param {object} figure from `read`
 * @returns {{code: string, name: string, facts: object}[]} `name`: the input that it belongs to
 */
export function whyNot(indicator, figure) {
  const found = humanWords(indicator, figure);
  if (figure.aside !== null) return found;
  if (indicator.parts.length) return [...found, ...whyNotParts(indicator, figure)];
  return [...found, ...whyNotShare(indicator, figure, null)];
}

function humanWords(indicator, figure) {
  if (figure.aside === null) return [];
  const some = figure.value !== null || figure.num !== null || Object.values(figure.parts).some(given);
  const facts = { indicator: indicator.code, name: indicator.short.vi };
  return [
    ...(some ? [{ code: "criteria.set_aside_with_value", name: "na", facts }] : []),
    ...(indicator.may_set_aside ? [] : [{ code: "criteria.cannot_be_set_aside", name: "na", facts }]),
  ];
}

const given = ({ value, num, den }) => value !== null || num !== null || den !== null;

function whyNotParts(indicator, figure) {
  const keys = indicator.parts.map(({ key }) => key).join(", ");
  const here = indicator.parts.filter(({ key }) => given(figure.parts[key]));
  const first = `part:${indicator.parts[0].key}`;
  if (!here.length) return [{ code: "criteria.parts_expected", name: first, facts: { indicator: indicator.code, parts: keys, named: named(indicator) } }];
  const absent = indicator.parts.filter((one) => !here.includes(one));
  return [
    ...absent.map(({ key, names }) => ({ code: "criteria.part_missing", name: `part:${key}`, facts: { indicator: indicator.code, part: names, parts: keys } })),
    ...here.flatMap((one) => whyNotShare(indicator, figure.parts[one.key], one)),
  ];
}

/** `hygienic (nước hợp vệ sinh), …` */
function named(indicator) {
  const inWords = (lang) => indicator.parts.map(({ key, names }) => `${key} (${names[lang]})`).join(", ");
  return { vi: inWords("vi"), en: inWords("en") };
}

function whyNotShare(indicator, { value, num, den }, part) {
  const stem = part ? `part:${part.key}` : "";
  const code = part ? { vi: `${indicator.code} (${part.names.vi})`, en: `${indicator.code} (${part.names.en})` } : indicator.code;
  const tell = (word, name, facts = {}) => [{ code: `criteria.${word}`, name: name ? (stem ? `${stem}:${name}` : name) : stem || "value", facts: { indicator: code, ...facts } }];
  if (indicator.kind === "boolean") return [];
  const wrong = value === null ? [] : whyNotNumber(indicator, value, tell);
  if (wrong.length) return wrong;
  const counts = whyNotCounts(indicator, { value, num, den }, tell);
  if (counts.length) return counts;
  return value === null && !(num !== null && den !== null) ? tell("value_missing") : [];
}

function whyNotNumber(indicator, value, tell) {
  if (places(value) > AT_MOST_PLACES) return tell("too_precise", "", { most: String(AT_MOST_PLACES) });
  const facts = { given: shown(value) };
  const most = Big(indicator.at_most ?? AT_MOST);
  const isPercent = indicator.kind === "percent";
  return [
    ...(value.lt(0) ? tell("negative", "", facts) : []),
    ...(isPercent && value.gt(100) ? tell("over_100", "", facts) : []),
    ...(!isPercent && value.gt(most) ? tell("too_large", "", { ...facts, at_most: written(most) }) : []),
    ...(indicator.kind === "count" && value.lte(most) && !isWhole(value) ? tell("not_whole", "", facts) : []),
  ];
}

function whyNotCounts(indicator, { value, num, den }, tell) {
  if (num === null && den === null) return indicator.counts_required ? tell("counts_missing", "num") : [];
  if (indicator.kind !== "percent" && indicator.kind !== "ratio") return tell("counts_not_asked", "num");
  if (num === null || den === null) return tell("counts_incomplete", num === null ? "num" : "den");
  const facts = { num: written(num), den: written(den) };
  if ([num, den].some((one) => one.lt(0) || one.gt(AT_MOST))) return tell("count_bad", "num", { num: shown(num), den: shown(den) });
  if ([num, den].some((one) => places(one) > AT_MOST_PLACES)) return tell("too_precise", "num", { most: String(AT_MOST_PLACES) });
  if (indicator.whole !== false && !(isWhole(num) && isWhole(den))) return tell("counts_not_whole", "num", facts);
  if (den.eq(0)) return tell("counts_of_nothing", "den");
  if (num.gt(den) && indicator.kind === "percent") return tell("part_over_whole", "num", facts);
  const exact = percent(num, den);
  if (value !== null && !gives(value, exact)) {
    const share = exact.toFixed(2, HALF_EVEN);
    return tell("counts_not_share", "", { ...facts, given: written(value), share: { vi: amount(Big(share), "vi"), en: share } });
  }
  return [];
}

/** Whether `value` is `exact` rounded to the decimals that `value` shows. */
const gives = (value, exact) => value.minus(exact).abs().lte(Big(`5e-${places(value) + 1}`));
const isWhole = (value) => value.round(0, Big.roundDown).eq(value);
/** The decimals as typed: 95,0 has one. */
const places = (value) => (value.said ?? value.toFixed()).split(".")[1]?.length ?? 0;
const written = (value) => ({ vi: amount(value, "vi"), en: value.said ?? value.toFixed() });
/** As `terms.shown`: numbers with endless digits as they were sent. */
const shown = (value) => (value.e > 20 ? value.said : written(value));

export { places };
