// What stands behind a cell: names from the table itself, the reasons of a row fetched once.

/** The criteria as the heads of columns name them, in their order; `sum` says how many communes meet it. */
export function criteriaOf(table) {
  const sums = table.tFoot.rows[0];
  const words = sums.cells[0].textContent;
  return [...table.tHead.querySelectorAll(".turned a")].map((link, place) => ({
    number: link.querySelector("b").textContent,
    name: link.querySelector("span").textContent,
    sum: `${words}: ${sums.cells[place + 1].textContent.trim()}`,
  }));
}

/** Which criterion a cell stands under, counted from 0. */
export const columnOf = (cell) => cell.cellIndex - 1;

/** The mark of a cell as a class name: met, not_met, … */
export const verdictOf = (cell) => cell.className.split(" ")[1];

/** A new element with its class and content. */
export function element(tag, name, ...content) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...content);
  return made;
}

/** Fetch the sentences of a row, once for each commune; the promise gives {number: sentence}. */
export function reasonsOf(table) {
  const kept = new Map();
  return (code) => {
    if (!kept.has(code)) {
      const address = new URL(table.dataset.why, location.href);
      address.searchParams.set("unit", code);
      const asked = fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json().then((found) => found.why);
      });
      asked.catch(() => kept.delete(code)); // the next time may go well
      kept.set(code, asked);
    }
    return kept.get(code);
  };
}
