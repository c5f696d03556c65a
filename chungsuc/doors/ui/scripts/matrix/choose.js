// Filter and sort without a new page; the address follows, so that what is seen can be shared.
import { next, passes, readRows, sorted, way } from "./rows.js";

const ASKED = ["q", "only", "district", "sort"];

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
    this.flat = this.cameFlat ? table.tBodies[0] : document.createElement("tbody");
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
    this.countGroups(Boolean(asked.sort));
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
    if (sort) {
      this.flat.append(...sorted(this.rows, sort, this.columns).map((one) => one.row));
      this.table.tFoot.before(this.flat);
    } else {
      for (const one of this.rows) one.body.append(one.row);
      this.flat.remove();
    }
  }

  countGroups(hidden) {
    for (const row of this.table.querySelectorAll("tr.group")) {
      const count = row.querySelector("[data-of]");
      const here = row.parentElement.querySelectorAll("tr[data-u]:not([hidden])").length;
      row.parentElement.hidden = hidden || here === 0;
      count.textContent = here < Number(count.dataset.of) ? `${here}/${count.dataset.of}` : count.dataset.of;
    }
  }

  remember(asked) {
    const address = new URL(location.href);
    for (const name of ASKED) {
      if (asked[name]) address.searchParams.set(name, asked[name]);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  }
}
