// A cell explains itself in a panel beside the table; one listener for the whole table, whatever its size.

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

export function explain(table, place) {
  const panel = place.querySelector("[data-panel-place]");
  let asked = null;
  let current = null;

  const cells = (row) => [...row.querySelectorAll("td:not(.count):not(.year)")];
  const visible = () => [...table.querySelectorAll("tbody tr[data-u]:not([hidden])")];
  const first = visible()[0];
  if (first) cells(first)[0].tabIndex = 0;

  async function open(cell) {
    mark(cell);
    const row = cell.parentElement;
    const number = cells(row).indexOf(cell);
    const criterion = table.tHead.querySelectorAll(".turned b")[number].textContent;
    asked?.abort();
    asked = new AbortController();
    const address = new URL(table.dataset.panel, location.href);
    address.searchParams.set("unit", row.dataset.u);
    address.searchParams.set("criterion", criterion);
    try {
      const answer = await fetch(new URL(`${address}&bare=1`), { signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  function show(fragment) {
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "button plain shut";
    shut.textContent = table.dataset.close;
    shut.addEventListener("click", close);
    const parsed = new DOMParser().parseFromString(fragment, "text/html");
    panel.replaceChildren(shut, ...parsed.body.childNodes);
    panel.hidden = false;
    place.classList.add("open");
  }

  function mark(cell) {
    current?.removeAttribute("aria-selected");
    if (current) current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
    cell.setAttribute("aria-selected", "true");
  }

  function close() {
    asked?.abort();
    panel.hidden = true;
    panel.replaceChildren();
    place.classList.remove("open");
    current?.focus();
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody tr[data-u] td:not(.count):not(.year)");
    if (!cell) return;
    open(cell);
    cell.focus({ preventScroll: true });
  });

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody tr[data-u] td");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(cell);
    } else if (event.key in MOVES) {
      event.preventDefault();
      step(cell, MOVES[event.key]);
    }
  });

  function step(cell, [down, right]) {
    const rows = visible();
    const row = rows[rows.indexOf(cell.parentElement) + down];
    const next = row && cells(row)[cells(cell.parentElement).indexOf(cell) + right];
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    if (!panel.hidden) open(next);
  }

  document.addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && close());
}
