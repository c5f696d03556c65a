// The browser judges as the server does: every case that Python exported (tests/scripts/test_scripts.py) is judged anew.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isEmpty, read } from "../../chungsuc/doors/ui/scripts/judge/figure.js";
import { countMet, judgeCriterion, judgeIndicator } from "../../chungsuc/doors/ui/scripts/judge/index.js";
import { numberOf } from "../../chungsuc/doors/ui/scripts/judge/number.js";

for (const one of JSON.parse(readFileSync(new URL("./numbers.json", import.meta.url)))) {
  test(`typed ${JSON.stringify(one.typed)}`, () => {
    const found = numberOf(one.typed);
    if (one.code) assert.equal(found.problem.code, one.code);
    else assert.equal(found === null ? null : found.value.toFixed(), one.is);
  });
}

const exported = process.env.JUDGE_CASES;
test("the exported cases are judged the same, word by word", { skip: exported && existsSync(exported) ? false : "no cases exported" }, () => {
  const { definitions, cases, sets } = JSON.parse(readFileSync(exported));
  const different = [];
  for (const one of cases) {
    const definition = definitions[one.definition];
    const indicator = definition.criteria.flatMap(({ indicators }) => indicators).find(({ code }) => code === one.code);
    const { figure, problems } = read(indicator, one.field);
    const judged = judgeIndicator(indicator, figure, definition);
    const said = { verdict: judged.verdict, vi: judged.why("vi"), en: judged.why("en"), problems: problems.length };
    const wanted = { verdict: one.verdict, vi: one.vi, en: one.en, problems: 0 };
    if (JSON.stringify(said) !== JSON.stringify(wanted)) different.push({ code: one.code, field: one.field, said, wanted });
  }
  assert.deepEqual(different.slice(0, 5), []);
  assert.ok(cases.length > 500, `only ${cases.length} cases`);
  for (const one of sets) {
    const definition = definitions[one.definition];
    const verdicts = new Map();
    for (const indicator of definition.criteria.flatMap(({ indicators }) => indicators)) {
      const { figure } = read(indicator, one.fields[indicator.code] ?? {});
      assert.equal(isEmpty(figure), !(indicator.code in one.fields));
      verdicts.set(indicator.code, judgeIndicator(indicator, figure, definition).verdict);
    }
    assert.equal(countMet(definition, verdicts), one.met);
    assert.deepEqual(definition.criteria.map((line) => judgeCriterion(line, verdicts)), one.criteria);
  }
});
