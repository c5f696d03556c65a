// Habits of a spreadsheet: blocks from the clipboard, keys, undo, totals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOf, countsOf, formatBlock, parseBlock, placed } from "../../chungsuc/doors/ui/scripts/grid/block.js";
import { moved } from "../../chungsuc/doors/ui/scripts/grid/moves.js";
import { chosenTotals, columnTotals } from "../../chungsuc/doors/ui/scripts/grid/totals.js";
import { makeHistory } from "../../chungsuc/doors/ui/scripts/grid/undo.js";

test("a block from Excel: rows by line, cells by tab, no row for the last line end", () => {
  assert.deepEqual(parseBlock("80\t90,5\r\n70\t\r\n"), [["80", "90,5"], ["70", ""]]);
  assert.deepEqual(parseBlock("80"), [["80"]]);
  assert.deepEqual(parseBlock(""), [[""]]);
  assert.deepEqual(parseBlock("\t"), [["", ""]]);
  assert.deepEqual(parseBlock("a\n\nb\n"), [["a"], [""], ["b"]]);
});

test("cells with quotes, tabs and line ends within", () => {
  assert.deepEqual(parseBlock('"a\tb"\t"say ""x"""\n"two\nlines"\tc'), [["a\tb", 'say "x"'], ["two\nlines", "c"]]);
  assert.deepEqual(parseBlock('5"\t6'), [['5"', "6"]]);
});

test("what is copied is read back as it was", () => {
  for (const block of [[["80", "1.234,5"], ["", "x"]], [['a"b', "c\td"], ["e\nf", ""]], [[""]]]) assert.deepEqual(parseBlock(formatBlock(block)), block);
});

test("a block goes where the selection begins, is repeated over a whole multiple, and ends with the table", () => {
  const size = { rows: 4, columns: 3 };
  const at = (row, column, height = 1, width = 1) => ({ top: row, left: column, bottom: row + height - 1, right: column + width - 1 });
  const told = (found) => found.map(({ row, column, text }) => `${row}${column}${text}`).join(" ");
  assert.equal(told(placed([["a", "b"], ["c", "d"]], at(1, 1), size)), "11a 12b 21c 22d");
  assert.equal(told(placed([["a"]], at(0, 0, 2, 2), size)), "00a 01a 10a 11a");
  assert.equal(told(placed([["a", "b"]], at(0, 0, 2, 3), size)), "00a 01b 10a 11b");
  assert.equal(told(placed([["a", "b", "c"]], at(3, 2), size)), "32a");
  assert.equal(told(placed([["a", "b"], ["c"]], at(0, 0), size)), "00a 01b 10c", "a ragged block leaves what it does not have");
});

test("requirements and counts as people write them", () => {
  assert.deepEqual(["x", "Đạt", "CÓ", "1", "chưa đạt", "Không", "", "tốt"].map(choiceOf), ["yes", "yes", "yes", "yes", "no", "no", "", null]);
  assert.deepEqual(countsOf(" 8 / 10 "), { num: "8", den: "10" });
  assert.deepEqual(["8", "8/", "/10", "1/2/3"].map(countsOf), [null, null, null, null]);
});

test("keys lead as in a spreadsheet", () => {
  const size = { rows: 3, columns: 2 };
  const to = (key, row, column, more = {}) => {
    const found = moved({ key, ...more }, { row, column }, size);
    return found && found !== "out" ? [found.row, found.column, found.extend] : found;
  };
  assert.deepEqual(to("ArrowDown", 0, 0), [1, 0, false]);
  assert.deepEqual(to("ArrowDown", 2, 0), [2, 0, false]);
  assert.deepEqual(to("ArrowRight", 0, 0, { shiftKey: true }), [0, 1, true]);
  assert.deepEqual(to("ArrowDown", 0, 1, { ctrlKey: true }), [2, 1, false]);
  assert.deepEqual(to("Enter", 0, 1), [1, 1, false]);
  assert.deepEqual(to("Enter", 1, 1, { shiftKey: true }), [0, 1, false]);
  assert.deepEqual(to("Tab", 0, 1), [1, 0, false]);
  assert.deepEqual(to("Tab", 1, 0, { shiftKey: true }), [0, 1, false]);
  assert.equal(to("Tab", 2, 1), "out", "never a trap");
  assert.equal(to("Tab", 0, 0, { shiftKey: true }), "out");
  assert.deepEqual(to("End", 0, 0, { ctrlKey: true }), [2, 1, false]);
  assert.equal(to("a", 0, 0), null);
});

test("undo and redo: step by step, nothing for what changed nothing, a new step ends redo", () => {
  const history = makeHistory();
  const step = (before, after, row = 0) => ({ row, column: 0, before, after });
  history.did([step("", "1"), step("", "2", 1)]);
  history.did([step("1", "1")]);
  history.did([step("1", "3")]);
  assert.deepEqual(history.undo(), [{ row: 0, column: 0, text: "1" }]);
  assert.deepEqual(history.undo().map(({ text }) => text), ["", ""]);
  assert.equal(history.undo(), null);
  assert.deepEqual(history.redo().map(({ text }) => text), ["1", "2"]);
  history.did([step("1", "9")]);
  assert.equal(history.redo(), null);
});

test("totals are exact, counts are added as counts", () => {
  const { filled, num, den } = columnTotals(["8/10", "85,5", "", "2/3"]);
  assert.deepEqual([filled, num.toFixed(), den.toFixed()], [3, "10", "13"]);
  assert.deepEqual(chosenTotals(["0,1", "0,2", "", "x"], "vi"), { count: "2", sum: "0,3", mean: "0,15" });
  assert.deepEqual(chosenTotals(["1/4", "75"], "en"), { count: "2", sum: "100", mean: "50" });
  assert.equal(chosenTotals(["80", ""], "vi"), null);
});
