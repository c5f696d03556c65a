// Live verdicts: the form definition is a document kept by its version; every change of a field is judged at once.
import { isEmpty, read } from "../judge/figure.js";
import { judgeCriterion, judgeIndicator } from "../judge/index.js";
import { say } from "../judge/sentences.js";

/** Fetch the definition once; its address carries its version, so a kept copy never grows old. */
export async function definitionAt(address, store) {
  const kept = await store.get("documents", address);
  if (kept) return kept;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`definition ${answer.status}`);
  const definition = await answer.json();
  await store.put("documents", definition, address);
  return definition;
}

/** A judge for one definition. */
export function makeJudge(definition) {
  const indicators = new Map(definition.criteria.flatMap((line) => line.indicators).map((one) => [one.code, one]));
  return {
    /** One field judged: {verdict, sentence, problems: [{text, mend, code}], empty}. */
    field(code, field, lang) {
      const indicator = indicators.get(code);
      const { figure, problems } = read(indicator, field);
      const judged = judgeIndicator(indicator, figure, definition);
      return {
        verdict: judged.verdict,
        sentence: judged.why(lang),
        empty: isEmpty(figure),
        problems: problems.map((one) => ({ code: one.code, name: one.name, text: say(definition, one.code, lang, one.facts) })),
      };
    },
    /** A criterion from the verdicts of its indicators. */
    criterion(number, verdicts) {
      const line = definition.criteria.find((one) => one.number === number);
      return line ? judgeCriterion(line, verdicts) : null;
    },
  };
}
