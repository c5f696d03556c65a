// The browser judges as the server does: every case that Python exported (tests/scripts/cases.py) is judged anew.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { whyNot } from "../../chungsuc/doors/ui/scripts/judge/checks.js";
import { isEmpty, read } from "../../chungsuc/doors/ui/scripts/judge/figure.js";
import { judgeIndicator, judgeSet } from "../../chungsuc/doors/ui/scripts/judge/index.js";
import { numberOf } from "../../chungsuc/doors/ui/scripts/judge/number.js";
import { mend, say } from "../../chungsuc/doors/ui/scripts/judge/sentences.js";

for (const one of JSON.parse(readFileSync(new URL("./numbers.json", import.meta.url)))) {
  test(`typed ${JSON.stringify(one.typed)}`, () => {
    const found = numberOf(one.typed);
    if (one.code) assert.equal(found.problem.code, one.code);
    else assert.equal(found === null ? null : found.value.toFixed(), one.is);
  });
}

const path = process.env.JUDGE_CASES;
const skip = path && existsSync(path) ? false : "no cases exported";
const told = skip ? { definitions: {}, cases: [], units: [] } : JSON.parse(readFileSync(path));
const indicators = Object.fromEntries(
  Object.entries(told.definitions).map(([key, definition]) => [key, new Map(definition.criteria.flatMap((line) => line.indicators).map((one) => [one.code, one]))]),
);

function figureOf(indicator, field, nearly) {
  const { figure, problems } = read(indicator, field);
  assert.deepEqual(problems, []);
  return { ...figure, nearly: nearly ?? null };
}

function margins(pieces) {
  const found = pieces.map(({ margin }) => (margin === null ? null : margin.round(12, 2).toFixed().replace(/^-0$/, "0")));
  return found.every((one) => one === null) ? [null] : found;
}

function judged({ definition: key, code, field, nearly }) {
  const [definition, indicator] = [told.definitions[key], indicators[key].get(code)];
  const figure = figureOf(indicator, field, nearly);
  const { verdict, why, pieces } = judgeIndicator(indicator, figure, definition);
  const problems = isEmpty(figure) ? [] : whyNot(indicator, figure);
  return {
    verdict,
    vi: why("vi"),
    en: why("en"),
    margins: margins(pieces),
    problems: problems.map(({ code: word, facts }) => [word, ...["vi", "en"].map((lang) => say(definition, word, lang, facts)), ...["vi", "en"].map((lang) => mend(definition, word, lang, facts))]),
  };
}

test("every exported field is judged the same, word by word, with the same margin and the same problems", { skip }, () => {
  const different = [];
  for (const { verdict, vi, en, margins, problems, ...asked } of told.cases) {
    const found = judged(asked);
    const wanted = { verdict, vi, en, margins, problems };
    if (JSON.stringify(found) !== JSON.stringify(wanted)) different.push({ ...asked, found, wanted });
  }
  assert.deepEqual(different.slice(0, 4), [], `${different.length} of ${told.cases.length} differ`);
  assert.ok(told.cases.length > 5000, `only ${told.cases.length} cases`);
  assert.equal(new Set(told.cases.map((one) => one.verdict)).size, 6, "every verdict is among the cases");
});

test("every exported unit gets the same count and the same verdict on each criterion", { skip }, () => {
  for (const { definition: key, fields, nearly, met, criteria } of told.units) {
    const figures = new Map(Object.entries(fields).map(([code, field]) => [code, figureOf(indicators[key].get(code), field, nearly[code])]));
    const found = judgeSet(told.definitions[key], figures);
    assert.deepEqual({ met: found.met, criteria: found.criteria }, { met, criteria });
    assert.equal(found.of, criteria.length);
  }
  assert.ok(told.units.length > 100, `only ${told.units.length} units`);
});
