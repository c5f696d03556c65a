// Where a key leads in the table, as in a spreadsheet. Pure.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 10;

/**
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, shiftKey?: boolean}} event
 * @param {{row: number, column: number}} at
 * @param {{rows: number, columns: number}} size
 * @returns {{row: number, column: number, extend: boolean} | "out" | null} null: not a key that moves; "out": past the end by Tab
 */
export function moved(event, at, size) {
  const far = event.ctrlKey || event.metaKey;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row, column, extend = event.shiftKey ?? false) => ({ row: clamp(row, last.row), column: clamp(column, last.column), extend });
  if (event.key in STEPS) {
    const [down, right] = STEPS[event.key];
    return far ? to(down ? (down > 0 ? last.row : 0) : at.row, right ? (right > 0 ? last.column : 0) : at.column) : to(at.row + down, at.column + right);
  }
  if (event.key === "Enter") return to(at.row + (event.shiftKey ? -1 : 1), at.column, false);
  if (event.key === "Tab") return tabbed(at, size, event.shiftKey ? -1 : 1);
  if (event.key === "PageDown") return to(at.row + PAGE, at.column);
  if (event.key === "PageUp") return to(at.row - PAGE, at.column);
  if (event.key === "Home") return far ? to(0, 0) : to(at.row, 0);
  if (event.key === "End") return far ? to(last.row, last.column) : to(at.row, last.column);
  return null;
}

/** The next cell, then the next row; past the last one the browser leads on. */
function tabbed(at, { rows, columns }, step) {
  const next = at.row * columns + at.column + step;
  if (next < 0 || next >= rows * columns) return "out";
  return { row: Math.floor(next / columns), column: next % columns, extend: false };
}

const clamp = (value, most) => Math.max(0, Math.min(most, value));
