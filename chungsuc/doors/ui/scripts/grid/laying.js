// The table's columns measured once and then fixed, so that the browser need not lay out and paint rows out of sight:
// with two thousand boxes each key and each scrolled line would else cost a tenth of a second.

/**
 * Lay the table out anew, now and whenever its width or the shape of a cell changes.
 * @param {HTMLTableElement} table
 * @returns {() => void} asks for another laying out
 */
export function layOut(table) {
  let asked = 0;
  const lay = () => {
    table.classList.remove("laid");
    const widths = [...table.tHead.rows[0].cells].map((cell) => cell.getBoundingClientRect().width);
    const height = table.tBodies[0].rows[0].getBoundingClientRect().height;
    table.style.setProperty("--columns", widths.map((width) => `${Math.ceil(width)}px`).join(" "));
    table.style.setProperty("--row", `${Math.ceil(height)}px`);
    table.classList.add("laid");
  };
  const again = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(lay);
  };
  name(table);
  lay();
  document.fonts?.ready.then(again);
  addEventListener("resize", again);
  return again;
}

const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

/** What is no longer laid out as a table still is one to who hears it. */
function name(table) {
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tfoot, tr, td")) part.setAttribute("role", ROLES[part.tagName]);
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
}
