// One tab stop for the whole table. Arrows, Home, End, PageUp and PageDown move over everything that is shown.

const STEPS = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  PageDown: [10, 0],
  PageUp: [-10, 0],
};

/** The link of a cell where it has one, else the cell itself. */
const target = (cell) => cell.querySelector("a") ?? cell;
const inSight = (cell) => cell.offsetWidth > 1 && cell.offsetHeight > 0;

/** A table that the keyboard walks through cell by cell. */
export class Grid {
  constructor(table) {
    this.table = table;
    table.setAttribute("role", "grid");
    for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
    const first = table.querySelector("tbody tr[data-u]:not([hidden]) td");
    if (first) this.take(first);
    table.addEventListener("focusin", (event) => {
      const cell = event.target.closest("th, td");
      if (cell) this.take(cell);
    });
    table.addEventListener("keydown", (event) => this.press(event));
  }

  /** Make a cell the one tab stop. */
  take(cell) {
    if (this.current && this.current !== cell) target(this.current).tabIndex = -1;
    this.current = cell;
    target(cell).tabIndex = 0;
  }

  moveTo(cell) {
    this.take(cell);
    target(cell).focus();
  }

  press(event) {
    const cell = event.target.closest("th, td");
    if (!cell || event.altKey || event.metaKey) return;
    let next;
    if (event.key in STEPS && !event.ctrlKey) next = this.step(cell, ...STEPS[event.key]);
    else if (event.key === "Home" || event.key === "End") next = this.edge(cell, event.key, event.ctrlKey);
    else return;
    event.preventDefault();
    if (next && next !== cell) this.moveTo(next);
  }

  /** Rows that can be reached: the heads of columns only where they are in sight. */
  rows() {
    const heads = this.table.tHead.offsetHeight > 1;
    return [...this.table.rows].filter((row) => {
      const body = row.parentElement;
      return !row.hidden && !body.hidden && (heads || body !== this.table.tHead);
    });
  }

  step(cell, down, right) {
    const rows = this.rows();
    const place = rows.indexOf(cell.parentElement) + down;
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    let column = cell.cellIndex + right;
    while (row.cells[column] && !inSight(row.cells[column])) column += right || -1;
    return row.cells[column];
  }

  edge(cell, key, far) {
    const rows = this.rows();
    const row = far ? rows.at(key === "Home" ? 0 : -1) : cell.parentElement;
    return [...row.cells].filter(inSight).at(key === "Home" ? 0 : -1);
  }

  /** The same column one commune further on (1) or back (-1), past the rows of districts. */
  neighbour(cell, way) {
    const rows = this.rows().filter((row) => row.dataset.u);
    return rows[rows.indexOf(cell.parentElement) + way]?.cells[cell.cellIndex] ?? null;
  }
}
