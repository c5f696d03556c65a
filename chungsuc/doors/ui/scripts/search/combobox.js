// Suggestions under the search box: a combobox after the ARIA pattern. Without it the form still searches.

const WAIT = 120;

/** Fetch suggestions for the words; an aborted or failed request gives none. */
async function ask(words, signal) {
  try {
    const answer = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`, { signal, headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).hits : [];
  } catch {
    return [];
  }
}

function option(hit, place) {
  const item = document.createElement("li");
  item.id = `hit-${place}`;
  item.role = "option";
  item.dataset.to = hit.to;
  const name = document.createElement("strong");
  name.textContent = hit.name;
  const more = document.createElement("span");
  more.textContent = hit.more ? `${hit.kind} · ${hit.more}` : hit.kind;
  item.append(name, more);
  return item;
}

/** Give a search form suggestions: arrows move, Enter opens, Escape closes. */
export function suggest(form) {
  const input = form.querySelector("input[type=search]");
  if (!input) return;
  const list = document.createElement("ul");
  list.id = `${input.id || "q"}-hits`;
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", input.getAttribute("aria-label") || form.getAttribute("aria-label") || "");
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off" }))
    input.setAttribute(name, value);
  let chosen = -1;
  let timer = 0;
  let request = new AbortController();

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    const items = [...list.children];
    chosen = (place + items.length) % items.length;
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = async () => {
    request.abort();
    request = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return close();
    const hits = await ask(words, request.signal);
    if (input.value.trim() !== words) return;
    list.replaceChildren(...hits.map(option));
    chosen = -1;
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.to);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[data-to]");
    if (item) location.assign(item.dataset.to);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
