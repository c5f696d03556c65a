// Typing is kept on the device at once and on the server soon; every window of the browser knows what happened.
// The pages (one form, the grid) say what was typed and are told what became of it.
import { formOf, keyOf, sameForm } from "./store.js";

const KEEP_AFTER = 300;
const SEND_AFTER = 1500;
const LAST_WORDS = "chungsuc-entry-last";

export class Saving {
  #typed = new Map(); // key -> what was typed and is not yet kept
  #windows = new BroadcastChannel("chungsuc-entry");
  #keeping = 0;
  #sending = 0;

  /**
   * @param {object} parts {keeper, who, say, surface}: `say` is told {kind: "state", state, about} {kind: "drafts"}
   *   {kind: "taken" | "refused", item, answer} {kind: "typed", draft} (the last one: in another window)
   */
  constructor({ keeper, who, say, surface = globalThis }) {
    Object.assign(this, { keeper, who, say, surface });
  }

  get #queue() {
    return this.keeper.queue;
  }

  /** The queue tells what happened to a command; what was typed meanwhile, and what a refusal did not name, goes next. */
  async happened(what) {
    if (what.kind === "settled") return void (await this.keeper.push(what.item.body));
    if (what.kind === "sent") await this.keeper.taken(what.item, what.answer);
    if (what.kind === "refused") await this.keeper.refused(what.item, what.answer);
    this.#windows.postMessage({ who: this.who, what });
    this.#told(what);
  }

  #told({ kind, item, answer, pause }) {
    if (kind === "sent") return this.say({ kind: "taken", item, answer });
    if (kind === "refused") return this.say({ kind: "refused", item, answer });
    return this.say({ kind: "state", state: kind === "waiting" ? (pause ? "offline" : "trouble") : kind, about: item.body });
  }

  /** Somebody typed: keep soon, send a little later. */
  type(about, code, field, base) {
    this.#typed.set(keyOf(this.who, about, code), { about: formOf(about), code, field, base, at: Date.now() });
    clearTimeout(this.#keeping);
    clearTimeout(this.#sending);
    this.#keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    this.#sending = setTimeout(() => this.send(), SEND_AFTER);
  }

  /** Keep on the device what was typed. */
  async keep() {
    clearTimeout(this.#keeping);
    const now = [...this.#typed.entries()];
    for (const [key, { about, code, field, base, at }] of now) {
      const draft = await this.keeper.keep(about, code, field, base, at);
      if (this.#typed.get(key)?.at === at) this.#typed.delete(key);
      this.#windows.postMessage({ who: this.who, draft });
    }
    if (now.length) this.say({ kind: "drafts" });
  }

  /** Keep, make commands and send. */
  async send() {
    clearTimeout(this.#sending);
    await this.keep();
    await this.keeper.pushAll();
    await this.#queue.flush();
  }

  /** Send figures of one form: what was typed before goes first. */
  async sendFigures(about, fields, seen, why) {
    clearTimeout(this.#sending);
    await this.keep();
    await this.keeper.push(about);
    await this.#queue.add("figures", { ...formOf(about), fields, seen, ...(why ? { why } : {}) });
    this.say({ kind: "drafts" });
    await this.#queue.flush();
  }

  /** The page is leaving: what was typed in the last moments is written where writing does not take time. */
  #leave() {
    if (this.#typed.size) {
      try {
        this.surface.localStorage.setItem(LAST_WORDS, JSON.stringify({ who: this.who, typed: [...this.#typed.values()] }));
      } catch {
        // no site data here: the store in memory says so already
      }
    }
    this.send();
  }

  /** What was written at the very end last time. */
  async #absorb() {
    let last = null;
    try {
      last = JSON.parse(this.surface.localStorage.getItem(LAST_WORDS));
    } catch {
      return;
    }
    if (last?.who !== this.who) return;
    for (const { about, code, field, base, at } of last.typed) await this.keeper.keep(about, code, field, base, at);
    this.surface.localStorage.removeItem(LAST_WORDS);
  }

  /** Begin; resolves to the drafts as they were found on the device. */
  async start() {
    await this.#absorb();
    this.#listen();
    return this.keeper.drafts();
  }

  /** Send what the device still had, whatever form it is of. */
  async sendLeft() {
    if ((await this.keeper.drafts()).length || (await this.#queue.waiting()).length) await this.send();
  }

  #listen() {
    this.#windows.addEventListener("message", ({ data }) => {
      if (data.who !== this.who) return;
      if (data.what) this.#told(data.what);
      else if (!this.#typed.has(data.draft.key)) this.say({ kind: "typed", draft: data.draft });
    });
    const page = this.surface.document;
    this.surface.addEventListener("pagehide", () => this.#leave());
    page.addEventListener("visibilitychange", () => (page.visibilityState === "visible" ? this.send() : this.#leave()));
    this.surface.addEventListener("online", () => this.send());
    this.surface.addEventListener("offline", () => this.say({ kind: "state", state: "offline" }));
  }

  /** What of the named forms is not at the server: drafts kept and texts not yet kept, by key. */
  async open(forms) {
    const here = (one) => forms.some((about) => sameForm(about, one));
    const found = new Map((await this.keeper.drafts()).filter(here).map((one) => [one.key, one]));
    for (const [key, one] of this.#typed) if (here(one.about)) found.set(key, { ...found.get(key), ...one.about, ...one, key });
    return found;
  }
}

/** Runs one at a time over all windows of the browser, where it can. */
export const alone = (act) => (navigator.locks ? navigator.locks.request("chungsuc-entry", act) : act());
