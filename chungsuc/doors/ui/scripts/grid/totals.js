// Totals below the columns and of the cells chosen. Exact. Pure.
import { Big, amount, numberOf } from "../judge/number.js";
import { countsOf } from "./block.js";

/** The number in a cell: a value, or the share of two counts; null where there is none. */
export function numberIn(text) {
  const counts = countsOf(text);
  if (!counts) return numberOf(text)?.value ?? null;
  const [num, den] = [numberOf(counts.num)?.value, numberOf(counts.den)?.value];
  return num && den?.gt(0) ? num.times(100).div(den) : null;
}

/**
 * Of the texts of one column: how many are filled, and the sums of the counts where counts are given.
 * @returns {{filled: number, num: Big, den: Big}}
 */
export function columnTotals(texts) {
  const found = { filled: 0, num: Big(0), den: Big(0) };
  for (const text of texts) {
    if (text.trim()) found.filled += 1;
    const counts = countsOf(text);
    const [num, den] = counts ? [numberOf(counts.num)?.value, numberOf(counts.den)?.value] : [];
    if (num && den) Object.assign(found, { num: found.num.plus(num), den: found.den.plus(den) });
  }
  return found;
}

/** Of the chosen cells, as a spreadsheet's foot says it: {count, sum, mean}; null for fewer than two numbers. */
export function chosenTotals(texts, lang) {
  const numbers = texts.map(numberIn).filter((one) => one !== null);
  if (numbers.length < 2) return null;
  const sum = numbers.reduce((all, one) => all.plus(one), Big(0));
  return { count: String(numbers.length), sum: amount(sum, lang, 2), mean: amount(sum.div(numbers.length), lang, 2) };
}
