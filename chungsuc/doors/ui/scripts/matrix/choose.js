// Filter and sort without a new page; the address follows, so that what is seen can be shared.
import { next, passes, readRows, sorted, way } from "./rows.js";

const ASKED = ["q", "only", "district", "sort"];
const TOGETHER = 20; // rows of one body in a sorted list: a body out of sight costs nothing (content-visibility)

/** Let the form and the heads of columns act at once. */
export function choose(table, form) {
  if (form) new Choice(table, form);
}

class Choice {
  constructor(table, form) {
    this.table = table;
    this.form = form;
    this.rows = readRows(table);
    this.heads = [...table.tHead.querySelectorAll("[data-sort]")];
    this.columns = this.heads.map((link) => link.dataset.sort).filter((sort) => /^c\d+$/.test(sort));
    this.shown = form.querySelector("[data-shown]");
    this.clear = form.querySelector("[data-clear]");
    this.none = document.querySelector("[data-none]");
    this.order = new FormData(form).get("sort");
    this.cameFlat = Boolean(this.order); // a page that came sorted has no rows of districts to go back to
    this.flat = this.cameFlat ? [...table.tBodies] : [];
    this.waiting = 0;
    this.listen();
  }

  listen() {
    const { form, table, clear } = this;
    form.addEventListener("input", () => (this.waiting ||= requestAnimationFrame(() => this.apply())));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    table.tHead.addEventListener("click", (event) => {
      const link = event.target.closest("[data-sort]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      form.elements.sort.value = next(form.elements.sort.value, link.dataset.sort);
      this.apply();
    });
    clear.addEventListener("click", (event) => {
      event.preventDefault();
      for (const name of ["q", "only", "district"]) if (form.elements[name]) form.elements[name].value = "";
      this.apply();
      form.elements.q.focus();
    });
  }

  apply() {
    this.waiting = 0;
    const asked = Object.fromEntries(new FormData(this.form));
    this.remember(asked);
    if (this.cameFlat && !asked.sort) return location.reload();
    const count = this.filter(asked);
    if (asked.sort !== this.order) this.arrange(asked.sort);
    this.countGroups();
    const words = count < this.rows.length ? this.shown.dataset.some : this.shown.dataset.all;
    this.shown.textContent = words.replace("{shown}", count).replace("{communes}", this.rows.length);
    this.none.hidden = count > 0;
    this.clear.hidden = !(asked.q || asked.only || asked.district);
  }

  filter(asked) {
    let count = 0;
    for (const one of this.rows) {
      const here = passes(one, asked);
      count += here;
      if (one.row.hidden === here) one.row.hidden = !here;
    }
    return count;
  }

  arrange(sort) {
    this.order = sort;
    for (const link of this.heads) {
      const now = way(sort, link.dataset.sort);
      if (now) link.parentElement.setAttribute("aria-sort", now);
      else link.parentElement.removeAttribute("aria-sort");
    }
    const before = this.flat;
    this.flat = sort ? this.bodies(sorted(this.rows, sort, this.columns)) : [];
    if (!sort) for (const one of this.rows) one.body.append(one.row);
    for (const body of before) body.remove();
    this.table.tFoot.before(...this.flat);
  }

  bodies(rows) {
    const made = [];
    for (let first = 0; first < rows.length; first += TOGETHER) {
      const body = document.createElement("tbody");
      body.append(...rows.slice(first, first + TOGETHER).map((one) => one.row));
      made.push(body);
    }
    return made;
  }

  /** Bodies without a row are hidden; a district says how many of its communes are shown. */
  countGroups() {
    for (const body of this.table.tBodies) {
      const rows = [...body.rows].filter((row) => row.dataset.u);
      const here = rows.filter((row) => !row.hidden).length;
      body.hidden = here === 0;
      const count = body.querySelector("[data-of]");
      if (count) count.textContent = here < Number(count.dataset.of) ? `${here}/${count.dataset.of}` : count.dataset.of;
    }
  }

  remember(asked) {
    const address = new URL(location.href);
    for (const name of ASKED) {
      if (asked[name]) address.searchParams.set(name, asked[name]);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
    for (const link of document.querySelectorAll(".downloads a[href*='/matrix.']")) {
      const table = new URL(link.href);
      for (const name of ASKED) {
        if (asked[name]) table.searchParams.set(name, asked[name]);
        else table.searchParams.delete(name);
      }
      link.href = table;
    }
  }
}
