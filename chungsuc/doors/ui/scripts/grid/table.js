// The HTML table as cells by row and column. A cell is one box, a choice, or two counts written "8/10".
import { choiceOf, countsOf } from "./block.js";

/** @param {HTMLFormElement} form with the table of communes × indicators */
export class Table {
  /** @param {() => void} reshaped told when a cell becomes two boxes, or one again */
  constructor(form, reshaped = () => {}) {
    this.rows = [...form.querySelectorAll("tbody tr[data-unit]")];
    this.cells = this.rows.map((row) => cellsOf(row, reshaped));
    this.size = { rows: this.rows.length, columns: this.cells[0]?.length ?? 0 };
  }

  at({ row, column }) {
    return this.cells[row]?.[column];
  }

  /** Where an input stands; null outside. */
  place(input) {
    const tr = input.closest?.("tr[data-unit]");
    const row = tr ? this.rows.indexOf(tr) : -1;
    const column = row < 0 ? -1 : this.cells[row].findIndex((cell) => cell.inputs().includes(input));
    return column < 0 ? null : { row, column };
  }

  texts({ top, left, bottom, right }) {
    return this.cells.slice(top, bottom + 1).map((row) => row.slice(left, right + 1).map((cell) => cell.text()));
  }
}

/** The cells of one row: each value box or pair of counts of each indicator. */
function cellsOf(row, reshaped) {
  return [...row.querySelectorAll("td[data-indicator]")].flatMap((td) => {
    const select = td.querySelector("select[data-cell]");
    if (select) return [new Cell(td, select, reshaped)];
    const boxes = [...td.querySelectorAll("input[data-cell]")].filter((one) => !one.closest(".pair-cell"));
    const pairs = [...td.querySelectorAll(".pair-cell")];
    return [...boxes, ...pairs].sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)).map((one) => new Cell(td, one, reshaped));
  });
}

class Cell {
  constructor(td, element, reshaped) {
    Object.assign(this, { td, element, reshaped, code: td.dataset.indicator });
    const [first] = this.inputs();
    this.stem = first.name.replace(/:(num|den)$/, "");
    this.label = first.getAttribute("aria-label");
  }

  inputs() {
    return this.element.matches("span") ? [...this.element.querySelectorAll("input")] : [this.element];
  }

  text() {
    const texts = this.inputs().map((one) => one.value.trim());
    return texts.some(Boolean) ? texts.join("/") : "";
  }

  /** What other programs should get: words for a choice. */
  shown() {
    return this.element.matches("select") ? this.element.selectedOptions[0].textContent.trim() : this.text();
  }

  /** Write a text as it would be typed; `false` where it says nothing that the cell may hold. */
  write(text) {
    if (this.element.matches("select")) {
      const choice = choiceOf(text);
      if (choice !== null) this.element.value = choice;
      return choice !== null;
    }
    const counts = countsOf(text);
    if (counts && this.mayCount) this.become(counts.num, counts.den);
    else this.become(text);
    return true;
  }

  /** Whether two counts may stand here: requirements have none. */
  get mayCount() {
    return !this.element.matches("select");
  }

  become(first, second) {
    const pair = this.element.matches("span");
    if (pair === (second !== undefined)) return this.inputs().forEach((one, nth) => (one.value = [first, second][nth]));
    const boxes = second === undefined ? [[this.own, first]] : [[this.counted("num"), first], [this.counted("den"), second]];
    const made = boxes.map(([name, value]) => this.box(name, value));
    const focused = this.element.contains(document.activeElement);
    const next = second === undefined ? made[0] : spanOf(made);
    this.element.replaceWith(next);
    this.element = next;
    this.reshaped();
    if (focused) made[0].focus();
  }

  get own() {
    return this.stem;
  }

  counted(name) {
    return `${this.stem}:${name}`;
  }

  box(name, value) {
    const box = document.createElement("input");
    Object.assign(box, { name, value, inputMode: "decimal", autocomplete: "off", maxLength: 40 });
    box.dataset.cell = "";
    box.setAttribute("aria-label", this.label);
    return box;
  }
}

function spanOf([num, den]) {
  const span = document.createElement("span");
  span.className = "pair-cell";
  const slash = Object.assign(document.createElement("span"), { textContent: "/" });
  slash.setAttribute("aria-hidden", "true");
  span.append(num, slash, den);
  return span;
}
