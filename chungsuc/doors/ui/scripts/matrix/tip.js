// A pointer that rests on a cell, or a cell reached by keyboard, says at once what it is and soon after why.
import { columnOf, criteriaOf, element, verdictOf } from "./cells.js";

const REST = 160; // milliseconds: crossing the table shows nothing
const GAP = 6;
const target = (cell) => cell.querySelector("a") ?? cell;
const explained = (node) => node.closest?.("tr[data-u] > .v, thead .turned") ?? null;

export class Tip {
  constructor(table, reasons) {
    this.table = table;
    this.reasons = reasons;
    this.criteria = criteriaOf(table);
    this.heads = table.tHead.querySelectorAll(".turned");
    for (const link of table.tHead.querySelectorAll("a[title]")) link.removeAttribute("title"); // the tip says it
    this.box = element("div", "tip");
    this.box.id = "matrix-tip";
    this.box.setAttribute("role", "tooltip");
    this.box.hidden = true;
    document.body.append(this.box);
    this.listen();
  }

  listen() {
    const { table, box } = this;
    table.addEventListener("pointerover", (event) => event.pointerType !== "touch" && this.pass(explained(event.target)));
    table.addEventListener("pointerleave", (event) => {
      this.light(null);
      clearTimeout(this.timer);
      if (event.relatedTarget !== box) this.timer = setTimeout(() => this.hide(), REST);
    });
    box.addEventListener("pointerenter", () => clearTimeout(this.timer)); // the tip itself can be pointed at and read
    box.addEventListener("pointerleave", () => this.hide());
    table.addEventListener("focusin", (event) => {
      const cell = event.target.matches(":focus-visible") && explained(event.target);
      if (cell) this.show(cell);
      else this.hide();
    });
    table.addEventListener("focusout", () => this.hide());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.hide());
    const gone = () => this.at && document.activeElement !== target(this.at) && this.hide();
    addEventListener("scroll", gone, { passive: true, capture: true });
  }

  /** The pointer passes over a cell (or over none). */
  pass(cell) {
    this.light(cell && this.heads[columnOf(cell)]);
    if (cell && cell === this.at) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (cell ? this.show(cell) : this.hide()), REST);
  }

  show(cell) {
    this.hide();
    this.at = cell;
    const one = this.criteria[columnOf(cell)];
    const title = `${one.number}. ${one.name}`;
    if (cell.parentElement.dataset.u) this.tellCell(cell, one, title);
    else this.box.replaceChildren(element("p", "tip-head", title), element("p", "", one.sum));
    this.box.hidden = false;
    target(cell).setAttribute("aria-describedby", this.box.id);
    this.put(cell);
  }

  tellCell(cell, one, title) {
    const row = cell.parentElement;
    const { loading, offline } = this.table.dataset;
    const why = element("p", "tip-why", loading);
    this.box.replaceChildren(
      element("p", "tip-head", row.cells[0].firstChild.textContent),
      element("p", "", title),
      element("p", "tip-verdict", element("span", `mark ${verdictOf(cell)}`), cell.textContent),
      why,
    );
    const fill = (words) => {
      why.textContent = words;
      if (this.at === cell) this.put(cell);
    };
    this.reasons(row.dataset.u).then((found) => fill(found[one.number] ?? ""), () => fill(offline));
  }

  /** Above the cell, below where there is no room; inside the window. */
  put(cell) {
    const here = cell.getBoundingClientRect();
    const size = this.box.getBoundingClientRect();
    const left = Math.min(Math.max(8, here.left + here.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const above = here.top - size.height - GAP;
    this.box.style.left = `${left}px`;
    this.box.style.top = `${above > 8 ? above : here.bottom + GAP}px`;
  }

  hide() {
    clearTimeout(this.timer);
    if (!this.at) return;
    target(this.at).removeAttribute("aria-describedby");
    this.at = null;
    this.box.hidden = true;
  }

  /** The head of the column the pointer is in. */
  light(head) {
    if (this.lit === head) return;
    this.lit?.classList.remove("lit");
    this.lit = head;
    this.lit?.classList.add("lit");
  }
}
