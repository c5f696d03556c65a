// The matrix orders and filters in the browser as the server does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, next, passes, sorted, way } from "../../chungsuc/doors/ui/scripts/matrix/rows.js";

const VERDICTS = { "+": "met", "~": "nearly_met", "-": "not_met", o: "not_applicable", ".": "no_figure" };

/** A commune: name, marks of its criteria, year of its title. */
function commune(name, marks, alphabet, more = {}) {
  const cells = [{ className: "" }, ...[...marks].map((mark) => ({ className: `v ${VERDICTS[mark]}` }))];
  const met = [...marks].filter((mark) => "+o".includes(mark)).length;
  return { name, folded: fold(name), row: { cells }, of: marks.length, met, title: null, district: "991", alphabet, ...more };
}

const AO_SEN = commune("Ao Sen", "+++", 0, { title: 2019 });
const DA_BAC = commune("Đá Bạc", "+-~", 1, { district: "992", slipped: true });
const BAI_CAT = commune("Bãi Cát", "...", 2, { met: null });
const DOI_CHE = commune("Đồi Chè", "+o-", 3, { unverified: true });
const ALL = [AO_SEN, DA_BAC, BAI_CAT, DOI_CHE];
const names = (rows) => rows.map((one) => one.name);
const chosen = (asked) => names(ALL.filter((one) => passes(one, asked)));
const order = (sort) => names(sorted(ALL, sort, ["c1", "c2", "c3"]));

test("names are found without their marks", () => {
  assert.equal(fold("Đồi CHÈ"), "doi che");
  assert.deepEqual(chosen({ q: " doi " }), ["Đồi Chè"]);
  assert.deepEqual(chosen({ q: "ĐÁ" }), ["Đá Bạc"]);
});

test("each filter leaves what it says", () => {
  assert.deepEqual(chosen({}), names(ALL));
  assert.deepEqual(chosen({ only: "near" }), ["Đá Bạc", "Đồi Chè"]);
  assert.deepEqual(chosen({ only: "open" }), ["Bãi Cát"]);
  assert.deepEqual(chosen({ only: "untitled" }), ["Đá Bạc", "Bãi Cát", "Đồi Chè"]);
  assert.deepEqual(chosen({ only: "slipped" }), ["Đá Bạc"]);
  assert.deepEqual(chosen({ only: "unverified" }), ["Đồi Chè"]);
  assert.deepEqual(chosen({ district: "992", q: "b" }), ["Đá Bạc"]);
});

test("a column begins with those that need the least and ends with those that meet it", () => {
  assert.deepEqual(order("c3"), ["Đá Bạc", "Đồi Chè", "Bãi Cát", "Ao Sen"]);
  assert.deepEqual(order("-c3"), ["Ao Sen", "Bãi Cát", "Đồi Chè", "Đá Bạc"]);
});

test("counts, names and years; who has none comes last both ways; ties by name", () => {
  assert.deepEqual(order("met"), ["Ao Sen", "Đồi Chè", "Đá Bạc", "Bãi Cát"]);
  assert.deepEqual(order("-met"), ["Đá Bạc", "Đồi Chè", "Ao Sen", "Bãi Cát"]);
  assert.deepEqual(order("title"), ["Ao Sen", "Đá Bạc", "Bãi Cát", "Đồi Chè"]);
  assert.deepEqual(order("-name"), ["Đồi Chè", "Bãi Cát", "Đá Bạc", "Ao Sen"]);
});

test("a head goes round: the order, turned round, by district; and says which way it is", () => {
  assert.deepEqual([next("", "c9"), next("c9", "c9"), next("-c9", "c9"), next("met", "c9")], ["c9", "-c9", "", "c9"]);
  assert.deepEqual([way("c9", "c9"), way("-c9", "c9"), way("met", "met"), way("-met", "met"), way("met", "c9")], ["ascending", "descending", "descending", "ascending", null]);
});
