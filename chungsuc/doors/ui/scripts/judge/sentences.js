// Why a verdict is what it is, in the same words as criteria.engine.sentences; the words come with the definition.
import { amount, Big } from "./number.js";

/** A phrase of the definition with its facts; a fact is a text, or {vi, en}. */
export function say(definition, key, lang, facts = {}) {
  return filled(definition.phrases[key]?.[lang] ?? key, lang, facts);
}

/** How to mend it, where the definition says so; else an empty text. */
export function mend(definition, key, lang, facts = {}) {
  return filled(definition.phrases[key]?.mend?.[lang] ?? "", lang, facts);
}

function filled(phrase, lang, facts) {
  return phrase.replace(/\{(\w+)(?::s)?\}/g, (whole, name) => (name in facts ? (facts[name]?.[lang] ?? facts[name]) : whole));
}

/** `94,9%`, `3 nhà`. */
export function withUnit(indicator, shown, lang) {
  if (!indicator.unit) return shown;
  return indicator.unit[lang] === "%" ? `${shown}%` : `${shown} ${indicator.unit[lang]}`;
}

/** `≥ 95%`, `Đạt`. */
export function limitText(indicator, leaf, definition, lang) {
  if (leaf.node === "is_true") return say(definition, "criteria.word.required", lang);
  return `${leaf.node === "at_least" ? "≥" : "≤"} ${withUnit(indicator, amount(Big(leaf.limit), lang), lang)}`;
}

export function why(verdict, indicator, figure, pieces, definition, lang) {
  const facts = { indicator: indicator.code, where: indicator.where[lang] };
  if (verdict === "not_applicable") return say(definition, "criteria.why.not_applicable", lang, { ...facts, reason: figure.aside });
  if (verdict === "no_threshold") {
    const key = indicator.set_by === "province" ? "criteria.why.left_to_province" : "criteria.why.no_threshold";
    return say(definition, key, lang, facts);
  }
  if (verdict === "no_figure" && !indicator.rule) return say(definition, "criteria.why.no_figure_no_threshold", lang, facts);
  facts.comparison = pieces.map((one) => comparison(indicator, one, definition, lang)).join("; ") + pieces.map((one) => byCounts(indicator, one, definition, lang)).join("");
  if (verdict === "nearly_met") facts.reason = figure.nearly;
  const said = say(definition, `criteria.why.${verdict}`, lang, facts);
  return verdict === "not_met" ? said + shortOf(indicator, pieces, definition, lang) : said;
}

function comparison(indicator, one, definition, lang) {
  const name = one.part === null ? "" : `${indicator.parts.find(({ key }) => key === one.part).names[lang]} `;
  if (one.leaf === null || one.leaf.node === "is_true") {
    const key = { true: "met", false: "not_met" }[String(one.holds)] ?? "open";
    return say(definition, `criteria.why.requirement_${key}`, lang, { name: indicator.short[lang] });
  }
  if (one.share.value === null) return say(definition, "criteria.why.missing", lang, { name, limit: limitText(indicator, one.leaf, definition, lang) });
  const sign = one.leaf.node === "at_least" ? (one.holds ? "≥" : "<") : one.holds ? "≤" : ">";
  const found = shownValue(one, lang);
  const limit = withUnit(indicator, amount(Big(one.leaf.limit), lang), lang);
  return `${name}${indicator.kind === "percent" ? withUnit(indicator, found, lang) : found} ${sign} ${limit}`;
}

/** A computed share to two decimals, or as many as show on which side of the limit it is. */
function shownValue({ share, leaf }, lang) {
  if (!share.counted) return amount(share.value, lang);
  for (let places = 2; places < 12; places += 1) {
    const shown = share.value.round(places, Big.roundHalfUp);
    if (shown.gte(leaf.limit) === share.value.gte(leaf.limit) && shown.lte(leaf.limit) === share.value.lte(leaf.limit)) return amount(shown, lang);
  }
  return amount(share.value, lang);
}

function byCounts(indicator, one, definition, lang) {
  const { share, leaf, holds } = one;
  if (leaf === null || leaf.node === "is_true" || holds === null || !share.counted || share.written === null) return "";
  const written = leaf.node === "at_least" ? share.written.gte(leaf.limit) : share.written.lte(leaf.limit);
  if (written === holds) return "";
  return say(definition, "criteria.why.by_counts", lang, {
    num: amount(share.num, lang),
    den: amount(share.den, lang),
    share: withUnit(indicator, shownValue(one, lang), lang),
    written: withUnit(indicator, amount(share.written, lang), lang),
  });
}

/** How many households are missing or too many, where the counts are known. */
function shortOf(indicator, pieces, definition, lang) {
  if (!indicator.counted) return "";
  return pieces
    .filter(({ holds, share, leaf }) => holds === false && share.counted && leaf !== null && leaf.node !== "is_true")
    .map(({ share, leaf }) => {
      const exact = Big(leaf.limit).times(share.den).div(100);
      const places = indicator.whole ? 0 : 2;
      const number = leaf.node === "at_least" ? exact.round(places, Big.roundUp).minus(share.num) : share.num.minus(exact.round(places, Big.roundDown));
      return say(definition, leaf.node === "at_least" ? "criteria.why.short" : "criteria.why.over", lang, { number: amount(number, lang), counted: indicator.counted[lang] });
    })
    .join("");
}
