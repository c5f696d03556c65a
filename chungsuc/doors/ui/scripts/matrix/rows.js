// What is known of each row of the matrix, and how rows are chosen and ordered: the same as on the server.

// In a column those that need the least come first, those that meet it last.
const LACKING = ["nearly_met", "not_met", "no_figure", "no_threshold", "met", "not_applicable"];
const NEAR = 2;
const number = (text) => (text.trim() && !Number.isNaN(Number(text)) ? Number(text) : null);

/** Letters without marks, as the server folds them for a search. */
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

/** Read every row once; `alphabet` is its place in the order of names, without the word for the kind of unit. */
export function readRows(table) {
  const rows = [...table.querySelectorAll("tbody tr[data-u]")].map((row) => {
    const name = row.cells[0].firstChild.textContent;
    return {
      row,
      body: row.parentElement,
      name: name.replace(/^\S+ /, ""),
      folded: fold(name),
      district: row.dataset.d,
      slipped: "slipped" in row.dataset,
      unverified: "unverified" in row.dataset,
      title: number(row.cells[row.cells.length - 1].textContent),
      met: number(row.cells[row.cells.length - 2].textContent),
      of: row.cells.length - 3,
    };
  });
  const alphabet = new Intl.Collator("vi");
  [...rows].sort((a, b) => alphabet.compare(a.name, b.name)).forEach((one, place) => (one.alphabet = place));
  return rows;
}

/** Whether a row passes the filters {q, only, district}. */
export function passes(one, asked) {
  if (asked.district && one.district !== asked.district) return false;
  if (asked.q && !one.folded.includes(fold(asked.q.trim()))) return false;
  const short = one.of - one.met;
  if (asked.only === "near") return one.met !== null && short >= 1 && short <= NEAR;
  if (asked.only === "slipped" || asked.only === "unverified") return one[asked.only];
  if (asked.only === "untitled") return one.title === null;
  return asked.only !== "open" || one.met === null;
}

/** The value a row is sorted by; null comes last whichever way. */
function valueOf(sort, columns) {
  if (sort === "name") return (one) => one.alphabet;
  if (sort === "met") return (one) => (one.met === null ? null : -one.met);
  if (sort === "title") return (one) => one.title;
  const column = columns.indexOf(sort) + 1;
  return (one) => LACKING.indexOf(one.row.cells[column].className.split(" ")[1]) * 1000 - (one.met ?? 0);
}

/** The rows in the order asked for ("met", "-met", "c9", …); `columns` are the criteria as the heads name them. */
export function sorted(rows, sort, columns) {
  const back = sort.startsWith("-") ? -1 : 1;
  const value = valueOf(sort.replace("-", ""), columns);
  return rows
    .map((one) => [value(one), one])
    .sort(([a, one], [b, other]) => (a === null) - (b === null) || back * (a - b) || one.alphabet - other.alphabet)
    .map(([, one]) => one);
}

/** What a press on the head of a column asks for: the order, turned round, by district again. */
export const next = (now, sort) => (now === sort ? `-${sort}` : now === `-${sort}` ? "" : sort);

/** `aria-sort` of the head of a column; null where it is not sorted. */
export function way(now, sort) {
  if (now.replace("-", "") !== sort) return null;
  return (sort === "met") !== now.startsWith("-") ? "descending" : "ascending";
}
