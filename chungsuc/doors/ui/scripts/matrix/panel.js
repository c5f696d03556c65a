// A cell opens in a panel beside the table (on a phone a sheet from below): previous and next commune, Esc closes.
import { columnOf, criteriaOf, element, verdictOf } from "./cells.js";

const SWIPE = 50;
const explained = (node) => node.closest("tbody tr[data-u] > .v");

export class Panel {
  constructor(table, place, grid) {
    this.table = table;
    this.place = place;
    this.grid = grid;
    this.box = place.querySelector("[data-panel-place]");
    this.criteria = criteriaOf(table);
    this.listen();
    this.swipes();
    this.openAsked();
  }

  listen() {
    const { table, grid } = this;
    table.addEventListener("click", (event) => {
      const cell = explained(event.target);
      if (!cell) return;
      grid.take(cell);
      cell.focus({ preventScroll: true });
      this.open(cell);
    });
    table.addEventListener("keydown", (event) => {
      const cell = (event.key === "Enter" || event.key === " ") && explained(event.target);
      if (!cell) return;
      event.preventDefault();
      this.open(cell);
    });
    table.addEventListener("focusin", (event) => {
      const cell = !this.box.hidden && explained(event.target);
      if (cell && cell !== this.chosen) this.open(cell);
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && !this.box.hidden && this.close());
  }

  /** The cell that a shared address names: `?cell=01375.9`. */
  openAsked() {
    const [code, number] = new URL(location.href).searchParams.get("cell")?.split(".") ?? [];
    const row = code && [...this.table.querySelectorAll("tr[data-u]")].find((one) => one.dataset.u === code);
    const column = this.criteria.findIndex((one) => one.number === number);
    if (row && !row.hidden && column >= 0) this.open(row.cells[column + 1]);
  }

  async open(cell) {
    this.choose(cell);
    this.asked?.abort();
    this.asked = new AbortController();
    this.box.setAttribute("aria-busy", "true");
    if (this.box.hidden) this.show(element("p", "", this.table.dataset.loading));
    try {
      const answer = await fetch(this.addressOf(cell), { signal: this.asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") this.show(element("p", "", this.table.dataset.offline));
    }
  }

  addressOf(cell) {
    const address = new URL(this.table.dataset.panel, location.href);
    address.searchParams.set("unit", cell.parentElement.dataset.u);
    address.searchParams.set("criterion", this.criteria[columnOf(cell)].number);
    address.searchParams.set("bare", "1");
    return address;
  }

  show(...content) {
    this.box.replaceChildren(this.bar(), this.strip(), ...content);
    this.box.removeAttribute("aria-busy");
    if (!this.box.hidden) return;
    this.box.hidden = false;
    this.place.classList.add("open");
    this.chosen.scrollIntoView({ block: "nearest" });
  }

  button(words, face, act, off = false) {
    const made = element("button", "button plain small", face);
    made.type = "button";
    made.setAttribute("aria-label", words);
    made.disabled = off;
    made.addEventListener("click", act);
    return made;
  }

  bar() {
    const { previous, next, close } = this.table.dataset;
    return element(
      "div",
      "panel-bar",
      this.button(previous, `‹ ${previous}`, () => this.turn(-1), !this.grid.neighbour(this.chosen, -1)),
      this.button(next, `${next} ›`, () => this.turn(1), !this.grid.neighbour(this.chosen, 1)),
      this.button(close, `${close} ✕`, () => this.close()),
    );
  }

  /** The marks of the commune again, for a phone where the table is hidden behind the sheet. */
  strip() {
    const marks = [...this.chosen.parentElement.querySelectorAll(".v")].map((cell) => {
      const one = this.criteria[columnOf(cell)];
      const mark = element("button", `v ${verdictOf(cell)}`);
      mark.type = "button";
      mark.setAttribute("aria-label", `${one.number}. ${one.name}: ${cell.textContent}`);
      if (cell === this.chosen) mark.setAttribute("aria-current", "true");
      mark.addEventListener("click", () => this.open(cell));
      return mark;
    });
    return element("div", "panel-strip", ...marks);
  }

  /** The next commune (1) or the one before (-1), under the same criterion. */
  async turn(way) {
    const cell = this.grid.neighbour(this.chosen, way);
    if (!cell) return;
    const pressed = document.activeElement?.getAttribute("aria-label");
    cell.scrollIntoView({ block: "center" });
    await this.open(cell);
    [...this.box.querySelectorAll(".panel-bar button")].find((one) => one.getAttribute("aria-label") === pressed)?.focus();
  }

  choose(cell) {
    this.chosen?.removeAttribute("aria-selected");
    this.chosen = cell;
    this.grid.take(cell);
    cell.setAttribute("aria-selected", "true");
    this.remember(`${cell.parentElement.dataset.u}.${this.criteria[columnOf(cell)].number}`);
  }

  remember(name) {
    const address = new URL(location.href);
    if (name) address.searchParams.set("cell", name);
    else address.searchParams.delete("cell");
    history.replaceState(history.state, "", address);
  }

  close() {
    this.asked?.abort();
    this.box.hidden = true;
    this.box.replaceChildren();
    this.place.classList.remove("open");
    this.remember("");
    this.chosen.removeAttribute("aria-selected");
    this.grid.moveTo(this.chosen);
  }

  swipes() {
    let from = null;
    this.box.addEventListener("touchstart", (event) => (from = event.changedTouches[0]), { passive: true });
    this.box.addEventListener("touchend", (event) => {
      const to = event.changedTouches[0];
      const [right, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
      if (Math.abs(right) > SWIPE && Math.abs(right) > 2 * Math.abs(down)) this.turn(right < 0 ? 1 : -1);
    }, { passive: true });
  }
}
