// Plays through the days with figures; each day is a document that the browser keeps. Nobody is moved who asked for no motion.

const PAUSE = 1400;

/** Show the player and let it draw. @param {(data: object) => void} draw */
export function play(place, draw) {
  const days = place.dataset.days.split(" ").filter(Boolean);
  const player = place.querySelector("[data-player]");
  const button = player.querySelector("[data-play]");
  const said = player.querySelector("[data-day]");
  const kept = new Map();
  let at = place.dataset.at;
  let timer = 0;

  async function fetchDay(day) {
    if (kept.has(day)) return kept.get(day);
    const address = new URL(place.dataset.url, location.href);
    address.searchParams.set("at", day);
    const answer = await fetch(address);
    if (!answer.ok) return null; // the set was not in force that day: the map stays as it is
    const data = await answer.json();
    kept.set(day, data);
    return data;
  }

  async function show(day) {
    const data = await fetchDay(day);
    if (!data) return false;
    at = day;
    await draw(data);
    said.textContent = data.day;
    const here = new URL(location.href);
    here.searchParams.set("at", day);
    history.replaceState(null, "", here);
    return true;
  }

  async function step(by) {
    const place = days.indexOf(at);
    const next = days[(place < 0 ? 0 : place + by + days.length) % days.length];
    if (next) await show(next);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    button.textContent = button.dataset.playWord;
  }

  button.addEventListener("click", () => {
    if (timer) return stop();
    button.textContent = button.dataset.pauseWord;
    timer = setInterval(() => step(1), PAUSE);
    return step(1);
  });
  player.querySelector("[data-back]").addEventListener("click", () => { stop(); step(-1); });
  player.querySelector("[data-on]").addEventListener("click", () => { stop(); step(1); });
  const zoom = place.querySelector("[data-zoom]");
  zoom.addEventListener("click", async () => {
    zoom.hidden = true;
    await show(at);
  });
  player.hidden = false;
  for (const one of player.querySelectorAll("[data-play], [data-back], [data-on]")) one.hidden = days.length < 2;
}
