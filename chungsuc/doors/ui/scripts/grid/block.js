// Blocks of cells as spreadsheets carry them on the clipboard: rows by line, cells by tab, quotes around what holds either. Pure.

/** The cells of a text from a spreadsheet; the empty line that Excel puts at the end is not a row. */
export function parseBlock(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const plain = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (plain[at + 1] === '"') cell += plain[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") [row, cell] = [[...row, cell], ""];
    else if (sign === "\n") [rows[rows.length], row, cell] = [[...row, cell], [], ""];
    else cell += sign;
  }
  if (cell !== "" || row.length || !rows.length) rows.push([...row, cell]);
  return rows.map((cells) => cells.map((one) => one.trim()));
}

/** The text that a spreadsheet takes. */
export function formatBlock(rows) {
  return rows.map((cells) => cells.map(quoted).join("\t")).join("\r\n");
}

const quoted = (cell) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The rectangle between two corners: {top, left, bottom, right}, all within. */
export function between(one, other) {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.column, other.column),
  };
}

/**
 * Where the cells of a block go: from the corner of the selection on; a selection that holds the block several times
 * is filled over and over, as in a spreadsheet. What falls outside the table is left out.
 * @returns {{row: number, column: number, text: string}[]}
 */
export function placed(block, area, size) {
  const height = block.length;
  const width = Math.max(...block.map((cells) => cells.length));
  const over = (have, need) => (have > need && have % need === 0 ? have : need);
  const rows = over(area.bottom - area.top + 1, height);
  const columns = over(area.right - area.left + 1, width);
  const found = [];
  for (let row = 0; row < rows && area.top + row < size.rows; row += 1) {
    for (let column = 0; column < columns && area.left + column < size.columns; column += 1) {
      const text = block[row % height][column % width];
      if (text !== undefined) found.push({ row: area.top + row, column: area.left + column, text });
    }
  }
  return found;
}

const YES = ["yes", "y", "x", "có", "đạt", "true", "1", "✓"];
const NO = ["no", "n", "không", "chưa", "chưa đạt", "không đạt", "not met", "false", "0"];

/** A requirement as people write it: "yes", "no", "" for nothing, null for what is none of them. */
export function choiceOf(text) {
  const said = text.normalize("NFC").trim().toLowerCase();
  if (said === "") return "";
  if (YES.includes(said) || said === "met") return "yes";
  return NO.includes(said) ? "no" : null;
}

/** "8/10": two counts; anything else is one value. */
export function countsOf(text) {
  const [, num, den] = /^\s*([^/]+?)\s*\/\s*([^/]+?)\s*$/.exec(text) ?? [];
  return num === undefined ? null : { num, den };
}
