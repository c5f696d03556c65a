// Live verdicts: every change of a field is judged at once, by the law as a document.
import { whyNot } from "../judge/checks.js";
import { isEmpty, read } from "../judge/figure.js";
import { judgeCriterion, judgeIndicator } from "../judge/index.js";
import { mend, say } from "../judge/sentences.js";

// What is only missing yet is said when the person has left the field, not while they type.
const UNFINISHED = new Set(["criteria.counts_incomplete", "criteria.part_missing", "criteria.parts_expected", "criteria.value_missing", "criteria.counts_missing"]);

/** A judge for one definition. */
export function makeJudge(definition) {
  const indicators = new Map(definition.criteria.flatMap((line) => line.indicators).map((one) => [one.code, one]));
  return {
    /**
     * One field judged.
     * @returns {{verdict: string, sentence: string, empty: boolean, problems: object[], unfinished: boolean}}
     *   `problems`: [{name, code, text, mend, facts}]; with problems the verdict is that of no figure
     */
    field(code, field, lang, { done = false } = {}) {
      const indicator = indicators.get(code);
      const { figure, problems: unread } = read(indicator, field);
      const empty = !unread.length && isEmpty(figure);
      const found = unread.length || empty ? unread : whyNot(indicator, figure);
      const told = found.filter((one) => done || !UNFINISHED.has(one.code));
      const judged = judgeIndicator(indicator, found.length ? read(indicator, {}).figure : figure, definition);
      return {
        verdict: judged.verdict,
        sentence: judged.why(lang),
        empty,
        unfinished: found.length > 0,
        problems: told.map(({ name, code: word, facts }) => ({
          name,
          code: word,
          facts,
          text: say(definition, word, lang, facts),
          mend: mend(definition, word, lang, facts),
        })),
      };
    },
    /** A criterion from the verdicts of its indicators. */
    criterion(number, verdicts) {
      const line = definition.criteria.find((one) => one.number === number);
      return line ? judgeCriterion(line, verdicts) : null;
    },
  };
}
