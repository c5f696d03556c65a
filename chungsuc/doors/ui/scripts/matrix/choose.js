// Filter and sort without a new page; the address follows, so that what is seen can be shared.

const MET = new Set(["met", "not_applicable"]);
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

/** What is known of each row, read once. */
function readRows(table) {
  const alphabet = new Intl.Collator("vi");
  const rows = [...table.querySelectorAll("tbody tr[data-u]")].map((row, place) => ({
    row,
    place,
    body: row.parentElement,
    name: row.querySelector("th a").textContent,
    district: row.dataset.d,
    slipped: "slipped" in row.dataset,
    titled: row.querySelector(".year")?.textContent.trim() !== "",
    met: parseInt(row.querySelector(".count b").textContent, 10),
    holds: [...row.querySelectorAll("td:not(.count):not(.year) .mark")].map((mark) => MET.has(mark.classList[1])),
  }));
  rows.forEach((one) => (one.folded = fold(one.name)));
  return { rows, alphabet };
}

function passes(one, asked, of) {
  if (asked.district && one.district !== asked.district) return false;
  if (asked.q && !one.folded.includes(fold(asked.q))) return false;
  const short = of - one.met;
  if (asked.only === "near") return short >= 1 && short <= 2;
  if (asked.only === "slipped") return one.slipped;
  if (asked.only === "untitled") return !one.titled;
  return asked.only !== "open" || Number.isNaN(one.met);
}

function compare(sort, alphabet) {
  const name = (a, b) => alphabet.compare(a.name, b.name);
  const none = (one) => Number.isNaN(one.met);
  const met = (sign) => (a, b) => none(a) - none(b) || sign * (a.met - b.met) || name(a, b);
  if (sort === "name") return name;
  if (sort === "met") return met(-1);
  if (sort === "short") return met(1);
  const column = Number(sort.slice(1)) - 1;
  return (a, b) => a.holds[column] - b.holds[column] || met(-1)(a, b);
}

/** Let the form and the heads of columns act at once. A page that came sorted stays the server's until something is chosen. */
export function choose(table, form) {
  if (!form) return;
  const { rows, alphabet } = readRows(table);
  if (new FormData(form).get("sort") || rows.length !== Number(form.querySelector("[data-shown]").textContent.match(/\d+(?!.*\d)/)?.[0])) return; // partly shown: the form asks the server
  const of = rows[0]?.holds.length ?? 0;
  const flat = document.createElement("tbody");
  const shown = form.querySelector("[data-shown]");
  const none = document.querySelector("[data-none]");

  function apply() {
    const asked = Object.fromEntries(new FormData(form));
    let count = 0;
    for (const one of rows) {
      const here = passes(one, asked, of);
      count += here;
      one.row.hidden = !here;
    }
    order(asked.sort ?? "");
    for (const group of table.querySelectorAll("tr.group")) {
      const body = group.parentElement;
      body.hidden = Boolean(asked.sort) || !body.querySelector("tr[data-u]:not([hidden])");
    }
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{communes}", rows.length);
    none.hidden = count > 0;
    remember(asked);
  }

  function order(sort) {
    for (const link of table.querySelectorAll("[data-sort]")) link.toggleAttribute("aria-sort", link.dataset.sort === sort);
    if (!sort) {
      flat.remove();
      for (const one of rows) one.body.append(one.row);
      return;
    }
    const by = compare(sort, alphabet);
    flat.append(...[...rows].sort(by).map((one) => one.row));
    table.querySelector("tfoot").before(flat);
  }

  function remember(asked) {
    const address = new URL(location.href);
    for (const name of ["q", "only", "district", "sort"]) {
      if (asked[name]) address.searchParams.set(name, asked[name]);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sort]");
    if (!link) return;
    event.preventDefault();
    const box = form.elements.sort;
    box.value = box.value === link.dataset.sort ? "" : link.dataset.sort;
    apply();
  });
}
