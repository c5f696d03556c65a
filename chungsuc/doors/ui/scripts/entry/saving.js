// Typing is kept on the device at once and on the server soon; every window of the browser knows what happened.
// The pages (one form, the grid) say what was typed and are told what became of it.
import { formOf, keyOf, sameForm } from "./store.js";

const KEEP_AFTER = 300;
const SEND_AFTER = 1500;
const LAST_WORDS = "chungsuc-entry-last";

/**
 * @param {object} parts {store, keeper, queue, who, say: (what: object) => void, surface}
 *   `say` is told: {kind: "state", state, …} {kind: "drafts"} {kind: "taken", item, answer} {kind: "refused", item, answer}
 *   {kind: "typed", draft} (in another window)
 */
export function makeSaving({ store, keeper, who, say, surface = globalThis }) {
  const typed = new Map(); // key -> what was typed and is not yet kept
  const windows = new BroadcastChannel("chungsuc-entry");
  let queue = null;
  let keeping = 0;
  let sending = 0;

  /** The queue tells what happened to a command; what was typed meanwhile, and what a refusal did not name, goes next. */
  async function happened(what) {
    if (what.kind === "settled") return void (await keeper.push(what.item.body));
    if (what.kind === "sent") await keeper.taken(what.item, what.answer);
    if (what.kind === "refused") await keeper.refused(what.item, what.answer);
    windows.postMessage({ who, what });
    told(what);
  }

  function told({ kind, item, answer, pause }) {
    if (kind === "sent") return say({ kind: "taken", item, answer });
    if (kind === "refused") return say({ kind: "refused", item, answer });
    return say({ kind: "state", state: kind === "waiting" ? (pause ? "offline" : "trouble") : kind });
  }

  /** Somebody typed: keep soon, send a little later. */
  function type(about, code, field, base) {
    typed.set(keyOf(who, about, code), { about: formOf(about), code, field, base, at: Date.now() });
    clearTimeout(keeping);
    clearTimeout(sending);
    keeping = setTimeout(keep, KEEP_AFTER);
    sending = setTimeout(send, SEND_AFTER);
  }

  /** Keep on the device what was typed. */
  async function keep() {
    clearTimeout(keeping);
    const now = [...typed.entries()];
    for (const [key, { about, code, field, base, at }] of now) {
      const draft = await keeper.keep(about, code, field, base, at);
      if (typed.get(key)?.at === at) typed.delete(key);
      windows.postMessage({ who, draft });
    }
    if (now.length) say({ kind: "drafts" });
  }

  /** Keep, make commands and send. */
  async function send() {
    clearTimeout(sending);
    await keep();
    await keeper.pushAll();
    await queue.flush();
  }

  /** Send figures of one form: what was typed before goes first. */
  async function sendFigures(about, fields, seen, why) {
    clearTimeout(sending);
    await keep();
    await keeper.push(about);
    const item = await queue.add("figures", { ...formOf(about), fields, seen, ...(why ? { why } : {}) });
    say({ kind: "drafts" });
    await queue.flush();
    return item;
  }

  /** The page is leaving: what was typed in the last moments is written where writing does not take time. */
  function leave() {
    if (typed.size) {
      try {
        surface.localStorage.setItem(LAST_WORDS, JSON.stringify({ who, typed: [...typed.values()] }));
      } catch {
        // no site data here: the store in memory says so already
      }
    }
    send();
  }

  /** What was written at the very end last time. */
  async function absorb() {
    let last = null;
    try {
      last = JSON.parse(surface.localStorage.getItem(LAST_WORDS));
    } catch {
      return;
    }
    if (last?.who !== who) return;
    for (const { about, code, field, base, at } of last.typed) await keeper.keep(about, code, field, base, at);
    surface.localStorage.removeItem(LAST_WORDS);
  }

  /** Begin: what the device still has is sent; resolves to the drafts as they were found. */
  async function start(withQueue) {
    queue = withQueue;
    await absorb();
    listen();
    return keeper.drafts();
  }

  function listen() {
    windows.addEventListener("message", ({ data }) => {
      if (data.who !== who) return;
      if (data.what) told(data.what);
      else if (!typed.has(data.draft.key)) say({ kind: "typed", draft: data.draft });
    });
    surface.addEventListener("pagehide", leave);
    surface.document.addEventListener("visibilitychange", () => (surface.document.visibilityState === "visible" ? send() : leave()));
    surface.addEventListener("online", send);
    surface.addEventListener("offline", () => say({ kind: "state", state: "offline" }));
  }

  /** What of the named forms is not at the server: drafts kept and texts not yet kept, by key. */
  async function open(forms) {
    const here = (one) => forms.some((about) => sameForm(about, one));
    const found = new Map((await keeper.drafts()).filter(here).map((one) => [one.key, one]));
    for (const [key, one] of typed) if (here(one.about)) found.set(key, { ...found.get(key), ...one.about, ...one, key });
    return found;
  }

  return { happened, type, keep, send, sendFigures, start, open };
}

/** Runs one at a time over all windows of the browser, where it can. */
export const alone = (act) => (navigator.locks ? navigator.locks.request("chungsuc-entry", act) : act());
