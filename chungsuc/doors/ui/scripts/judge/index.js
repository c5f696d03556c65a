// Judges in the browser by the rule nodes of the form definition, as criteria.engine judges on the server.
import { read, share } from "./figure.js";
import { why } from "./sentences.js";
import { Big } from "./number.js";

export const ORDER = ["not_met", "no_figure", "no_threshold", "nearly_met", "met", "not_applicable"];
const SEXES = ["male", "female"];

/** The comparisons of a node, in order: [part or null, leaf]. */
export function leaves(node) {
  const inner = node.node === "where_applicable" ? node.rule : node;
  if (inner.node === "all_parts") return inner.parts.map(({ part, rule }) => [part, rule]);
  if (inner.node === "both_sexes") return SEXES.map((sex) => [sex, inner.rule]);
  return [[null, inner]];
}

function holds(leaf, found) {
  if (leaf.node === "is_true") return found.value === true;
  const limit = Big(leaf.limit);
  const [left, right] = found.counted ? [found.num.times(100), limit.times(found.den)] : [found.value, limit];
  return leaf.node === "at_least" ? left.gte(right) : left.lte(right);
}

function margin(leaf, found) {
  if (leaf.node === "is_true" || found.value === null) return null;
  return leaf.node === "at_least" ? found.value.minus(leaf.limit) : Big(leaf.limit).minus(found.value);
}

/**
 * One indicator judged.
 * @param {object} indicator of the definition
 * @param {object} figure from `read`
 * @param {object} definition for its words
 * @returns {{verdict: string, pieces: object[], why: (lang: string) => string}}
 */
export function judgeIndicator(indicator, figure, definition) {
  const pieces = indicator.rule
    ? leaves(indicator.rule).map(([part, leaf]) => piece(part, leaf, figure))
    : (indicator.parts.length ? indicator.parts.map(({ key }) => key) : [null]).map((part) => piece(part, null, figure));
  const verdict = indicator.rule ? weigh(indicator.rule, figure, pieces) : unknown(indicator, figure, pieces);
  return { code: indicator.code, verdict, pieces, why: (lang) => why(verdict, indicator, figure, pieces, definition, lang) };
}

function piece(part, leaf, figure) {
  const found = share(figure, part);
  const none = found.value === null || found.value === undefined;
  return { part, share: found, leaf, holds: leaf === null || none ? null : holds(leaf, found), margin: leaf === null || none ? null : margin(leaf, found) };
}

function weigh(node, figure, pieces) {
  if (figure.aside !== null && node.node === "where_applicable") return "not_applicable";
  if (pieces.some((one) => one.holds === false)) return figure.nearly === null ? "not_met" : "nearly_met";
  return pieces.every((one) => one.holds) ? "met" : "no_figure";
}

function unknown(indicator, figure, pieces) {
  if (figure.aside !== null && indicator.may_set_aside) return "not_applicable";
  return pieces.every((one) => one.share.value !== null) ? "no_threshold" : "no_figure";
}

/** The worst of several verdicts; what is not applicable is left out unless all is. */
export function allOf(verdicts) {
  return verdicts.reduce((worst, one) => (ORDER.indexOf(one) < ORDER.indexOf(worst) ? one : worst), "not_applicable");
}

/** A criterion judged from the verdicts of its indicators. */
export function judgeCriterion(criterion, verdicts) {
  return criterion.indicators.length ? allOf(criterion.indicators.map(({ code }) => verdicts.get(code) ?? "no_figure")) : "no_threshold";
}

/**
 * A whole unit judged.
 * @param {object} definition
 * @param {Map<string, object>} figures by indicator; a missing one is no figure
 * @returns {{met: number, of: number, criteria: string[], verdicts: Map<string, string>}}
 */
export function judgeSet(definition, figures) {
  const verdicts = new Map();
  for (const indicator of definition.criteria.flatMap(({ indicators }) => indicators)) {
    const figure = figures.get(indicator.code) ?? read(indicator, {}).figure;
    verdicts.set(indicator.code, judgeIndicator(indicator, figure, definition).verdict);
  }
  const criteria = definition.criteria.map((one) => judgeCriterion(one, verdicts));
  return { met: countMet(definition, verdicts), of: criteria.length, criteria, verdicts };
}

/** How many criteria are met: what is set aside counts where the set says so. */
export function countMet(definition, verdicts) {
  const all = definition.criteria.map((criterion) => judgeCriterion(criterion, verdicts));
  return all.filter((one) => one === "met" || (one === "not_applicable" && definition.set_aside_counts)).length;
}
