// The days and the form change the map in place: each question is a document that the browser keeps. The address
// follows, so that a copied one shows the same; what cannot be answered is left to the server's own page.

const PAUSE = 1500;

/** @param {Element} place @param {(data: object) => void} draw */
export function play(place, draw) {
  const form = document.querySelector("[data-map-form]");
  const days = [...place.querySelectorAll("[data-day]")];
  const note = place.querySelector("[data-map-note]");
  const kept = new Map();
  let question = place.dataset.question;
  let at = place.dataset.at;
  let asked = 0;
  let timer = 0;

  async function ask(query) {
    const address = `${place.dataset.url}?${query}`;
    if (!kept.has(address)) kept.set(address, fetch(address, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : null), () => null));
    const data = await kept.get(address);
    if (!data) kept.delete(address);
    return data;
  }

  /** Show what a question answers; false where there is no answer. A later question overtakes this one. */
  async function show(query, remember) {
    const turn = ++asked;
    place.setAttribute("aria-busy", "true");
    const data = await ask(query);
    if (turn !== asked) return true;
    place.removeAttribute("aria-busy");
    if (!data) return false;
    ({ at, question } = data);
    draw(data);
    retell(data);
    const here = new URL(location.href);
    here.search = address(data, here.searchParams.get("lang"));
    history[remember ? "pushState" : "replaceState"](null, "", here);
    return true;
  }

  const address = (data, lang) => new URLSearchParams([["at", data.at], ...new URLSearchParams(data.question), ...(lang ? [["lang", lang]] : [])]).toString();

  function retell(data) {
    document.querySelector("[data-map-seen]").textContent = data.seen;
    for (const one of document.querySelectorAll("[data-map-what]")) one.textContent = data.what;
    note.textContent = data.note;
    place.querySelector("[data-map-credits]").replaceChildren(...data.credits.map((said) => cell("li", said)));
    for (const one of days) {
      one.toggleAttribute("aria-current", false);
      if (one.dataset.day === data.at) {
        one.setAttribute("aria-current", "date");
        intoSight(one);
      }
      carry(one, data, { at: one.dataset.day });
    }
    for (const one of place.querySelectorAll(".views a")) carry(one, data, { view: new URL(one.href).searchParams.get("view") });
    for (const one of document.querySelectorAll(".downloads a")) carry(one, data);
    form.elements.at.value = data.at.split("-").reverse().join("/");
    form.elements.since.value = data.since ? data.since.split("-").reverse().join("/") : "";
    const embed = document.querySelector("[data-embed]");
    embed.value = embed.value.replace(/src="[^"]*"/, `src="${location.origin}/embed/map?${address(data).replaceAll("&", "&amp;")}"`);
    document.querySelector("[data-map-lines]").replaceChildren(...data.lines.map(line));
  }

  /** The same question in another link, with what only that link asks. */
  function carry(link, data, own = {}) {
    const to = new URL(link.href);
    for (const name of ["show", "since"]) to.searchParams.delete(name);
    for (const [name, value] of [["at", data.at], ...new URLSearchParams(data.table), ...Object.entries(own)]) to.searchParams.set(name, value);
    link.href = to;
  }

  const on = (day) => `${question}&at=${day}`;

  async function step(by) {
    const order = days.map((one) => one.dataset.day);
    const before = order.filter((day) => day <= at).length - 1;
    const target = order[(before + by + order.length) % order.length];
    await show(on(target), false);
    if (timer) ask(on(order[(order.indexOf(target) + 1) % order.length]));
  }

  const current = days.find((one) => one.hasAttribute("aria-current"));
  if (current) intoSight(current);
  const button = place.querySelector("[data-play]");
  function stop() {
    clearInterval(timer);
    timer = 0;
    if (button) label(button.dataset.playWord, "player-play");
  }
  function label(word, icon) {
    button.querySelector("span").textContent = word;
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
  }

  for (const one of days)
    one.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      stop();
      if (!(await show(on(one.dataset.day), false))) location.assign(one.href);
    });
  if (button) {
    button.addEventListener("click", () => {
      if (timer) return stop();
      label(button.dataset.pauseWord, "player-pause");
      timer = setInterval(() => step(1), PAUSE);
      return step(1);
    });
    place.querySelector("[data-back]").addEventListener("click", () => { stop(); step(-1); });
    place.querySelector("[data-on]").addEventListener("click", () => { stop(); step(1); });
    place.querySelector("[data-steps]").hidden = false;
  }

  const set = form.elements.set.value;
  const apply = async (event) => {
    stop();
    if (form.elements.set.value !== set) return; // other days belong to another set: a page of its own
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (form.elements.show.value !== "change") query.delete("since");
    if (!query.get("set")) query.set("set", new URLSearchParams(question).get("set"));
    if (!(await show(query.toString(), true))) form.submit();
  };
  form.addEventListener("submit", apply);
  form.elements.show.addEventListener("change", (event) => {
    form.querySelector("[data-since]").hidden = form.elements.show.value !== "change";
    apply(event);
  });
  addEventListener("popstate", () => location.reload());
  addEventListener("pagehide", stop);
  const embed = document.querySelector("[data-embed]");
  embed.value = embed.value.replace('src="/', `src="${location.origin}/`);
  embed.addEventListener("focus", () => embed.select());
}

/** In the line of days, without moving the page. */
function intoSight(day) {
  const line = day.closest(".days");
  line.scrollLeft = day.parentElement.offsetLeft - line.offsetLeft - (line.clientWidth - day.offsetWidth) / 2;
}

function cell(name, said, ...children) {
  const made = document.createElement(name);
  made.append(...(children.length ? children : [said]));
  return made;
}

function line([name, parent, said, to]) {
  const row = document.createElement("tr");
  const link = document.createElement("a");
  link.href = to;
  link.textContent = name;
  const head = cell("th", "", link);
  head.scope = "row";
  row.append(head, cell("td", parent), cell("td", said));
  return row;
}
