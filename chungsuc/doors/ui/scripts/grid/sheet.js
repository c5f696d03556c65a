// Spreadsheet habits on the table: keys, a selection, copy and paste of blocks, fill down, undo.
import { between, countsOf, formatBlock, parseBlock, placed } from "./block.js";
import { moved } from "./moves.js";
import { makeHistory } from "./undo.js";

export class Sheet {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./table.js").Table} table
   * @param {object} tell {changed(cells), chosen(area)}
   */
  constructor(form, table, tell) {
    Object.assign(this, { form, table, tell, history: makeHistory(), anchor: null, at: null, before: null, editing: false, dragging: false, painted: [] });
    const on = (name, act) => form.addEventListener(name, act);
    on("keydown", (event) => this.onKey(event));
    on("focusin", (event) => this.onFocus(event));
    on("focusout", () => this.commit());
    on("input", (event) => this.onInput(event));
    on("copy", (event) => this.onCopy(event));
    on("cut", (event) => this.onCopy(event) && this.clear());
    on("paste", (event) => this.onPaste(event));
    on("pointerdown", (event) => this.onPointer(event));
    on("pointerover", (event) => this.onDrag(event));
    on("dblclick", () => (this.editing = true));
    addEventListener("pointerup", () => (this.dragging = false));
  }

  get area() {
    return this.at && between(this.anchor ?? this.at, this.at);
  }

  get many() {
    const { top, left, bottom, right } = this.area;
    return top !== bottom || left !== right;
  }

  onFocus({ target }) {
    const place = this.table.place(target);
    if (!place) return;
    const same = this.at && place.row === this.at.row && place.column === this.at.column;
    if (!this.extending) this.anchor = place;
    this.at = place;
    if (!same || this.before === null) this.before = this.table.at(place).text();
    if (target.select && !this.editing) target.select();
    this.paint();
  }

  onPointer(event) {
    const place = this.table.place(event.target);
    if (!place) return;
    this.editing = event.target === document.activeElement;
    this.dragging = event.pointerType === "mouse";
    if (event.shiftKey && this.at) {
      event.preventDefault();
      this.go({ ...place, extend: true });
    }
  }

  onDrag({ target, buttons }) {
    const place = this.dragging && buttons === 1 && this.table.place(target);
    if (!place || (place.row === this.at?.row && place.column === this.at?.column)) return;
    this.go({ ...place, extend: true });
  }

  onInput({ target }) {
    const place = this.table.place(target);
    if (!place) return;
    if (target.matches("select")) return this.commit();
    this.tell.changed([place], { typing: true });
  }

  onKey(event) {
    const place = this.table.place(event.target);
    if (!place || event.isComposing) return;
    if (this.commanded(event)) return event.preventDefault();
    if (event.key === "F2") return this.edit(event.target);
    if (event.key === "Escape") return this.giveUp();
    if ((event.key === "Delete" || event.key === "Backspace") && this.many) return event.preventDefault(), this.clear();
    if (this.stays(event)) return;
    const to = moved(event, place, this.table.size);
    if (to === null || to === "out") return;
    event.preventDefault();
    if (event.key === "Tab" && this.within(event)) return;
    this.editing = false;
    this.go(to);
  }

  /** F2: into the text of the cell, at its end; again: out. */
  edit(input) {
    this.editing = !this.editing;
    const end = this.editing ? input.value.length : 0;
    input.setSelectionRange?.(end, input.value.length);
  }

  /** Keys that belong to the text being edited, and to the list of a choice. */
  stays(event) {
    const sideways = ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key);
    if (event.altKey) return true;
    return sideways && this.editing && !event.target.matches("select");
  }

  /** Tab from the first count to the second. */
  within({ target, shiftKey }) {
    const inputs = this.table.at(this.at).inputs();
    const next = inputs[inputs.indexOf(target) + (shiftKey ? -1 : 1)];
    next?.focus();
    return Boolean(next);
  }

  commanded({ key, ctrlKey, metaKey, shiftKey }) {
    if (!ctrlKey && !metaKey) return false;
    const word = key.toLowerCase();
    if (word === "z" && !shiftKey) return this.back(), true;
    if (word === "y" || word === "z") return this.write(this.history.redo()), true;
    if (word === "d") return this.fillDown(), true;
    if (key === "Enter") return this.fill(), true;
    return false;
  }

  go({ row, column, extend }) {
    this.extending = extend;
    const [first] = this.table.at({ row, column }).inputs();
    first.focus({ preventScroll: true });
    this.at = { row, column };
    this.paint();
    this.extending = false;
    first.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** What was typed into the cell becomes one step that can be undone; "8/10" becomes two counts. */
  commit() {
    if (!this.at || this.before === null) return;
    const cell = this.table.at(this.at);
    const after = cell.text();
    if (after === this.before) return;
    if (countsOf(after)) cell.write(after);
    this.history.did([{ ...this.at, before: this.before, after }]);
    this.before = after;
    this.tell.changed([this.at]);
  }

  giveUp() {
    const cell = this.table.at(this.at);
    this.editing = false;
    if (this.before === null || cell.text() === this.before) return;
    cell.write(this.before);
    this.tell.changed([this.at]);
    cell.inputs()[0].select?.();
  }

  /** Undo: first what is being typed, then step by step. */
  back() {
    if (this.table.at(this.at).text() !== this.before) return this.giveUp();
    this.write(this.history.undo());
  }

  /** Write texts into cells; with `step`, as one step that can be undone. */
  write(texts, { step = false } = {}) {
    if (!texts?.length) return;
    const done = texts.map(({ row, column, text }) => {
      const cell = this.table.at({ row, column });
      const before = cell.text();
      return { row, column, before, after: cell.write(text) ? cell.text() : before };
    });
    if (step) this.history.did(done);
    this.before = this.table.at(this.at).text();
    this.tell.changed(done.map(({ row, column }) => ({ row, column })));
    this.paint();
  }

  clear() {
    const { top, left, bottom, right } = this.area;
    this.write(placed([[""]], { top, left, bottom, right }, this.table.size), { step: true });
  }

  /** Ctrl+D: the top row of the selection, or the cell above, into all below. */
  fillDown() {
    this.commit();
    const area = this.area;
    const from = area.top === area.bottom ? { ...area, top: area.top - 1, bottom: area.top - 1 } : { ...area, bottom: area.top };
    if (from.top < 0) return;
    const block = this.table.texts(from);
    this.write(placed(block, area.top === area.bottom ? area : { ...area, top: area.top + 1 }, this.table.size).filter(({ row }) => row <= area.bottom), { step: true });
  }

  /** Ctrl+Enter: what was typed into every chosen cell. */
  fill() {
    const text = this.table.at(this.at).text();
    this.write(placed([[text]], this.area, this.table.size), { step: true });
  }

  onCopy(event) {
    if (!this.at || !this.table.place(event.target) || (!this.many && this.editing)) return false;
    const { top, left, bottom, right } = this.area;
    const rows = this.table.cells.slice(top, bottom + 1).map((row) => row.slice(left, right + 1).map((cell) => cell.shown()));
    event.clipboardData.setData("text/plain", formatBlock(rows));
    event.preventDefault();
    return true;
  }

  onPaste(event) {
    if (!this.at || !this.table.place(event.target)) return;
    const block = parseBlock(event.clipboardData.getData("text/plain"));
    const one = block.length === 1 && block[0].length === 1;
    if (one && this.editing && !this.many) return; // into the text, as anywhere
    event.preventDefault();
    this.commit();
    this.write(placed(block, this.area, this.table.size), { step: true });
  }

  paint() {
    for (const cell of this.painted) cell.td.classList.remove("chosen");
    const { top, left, bottom, right } = this.area;
    this.painted = this.many ? this.table.cells.slice(top, bottom + 1).flatMap((row) => row.slice(left, right + 1)) : [];
    for (const cell of this.painted) cell.td.classList.add("chosen");
    this.tell.chosen(this.area, this.at);
  }
}
