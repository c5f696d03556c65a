// The queue of commands: each has an id made and kept before it is sent, and is sent until it is answered.
// Without DOM and without network of its own, so that it is tested with a clock and a line that breaks on purpose.
import { sameForm } from "./store.js";

export const WAITS = [2_000, 5_000, 15_000, 30_000, 60_000];
const NO_LINE = [0, 408, 429, 502, 503, 504];
const SIGNED_OUT = 401;

export class Queue {
  #busy = null;
  #again = false;
  #timer = null;
  #tries = 0;

  /**
   * @param {object} parts
   * @param {object} parts.store as in store.js
   * @param {string} parts.who the person whose commands these are
   * @param {() => string} parts.newId a UUID (version 7)
   * @param {(route: string, body: object) => Promise<{status: number, body: object}>} parts.transport throws where there is no line
   * @param {(happened: object) => Promise<void>} parts.tell {kind: "sending" | "sent" | "refused" | "settled" | "waiting" | "signed_out", item, answer}
   * @param {() => number} [parts.now]
   * @param {(act: () => Promise) => Promise} [parts.alone] runs one at a time over all windows
   * @param {(act: () => void, wait: number) => unknown} [parts.after] a timer
   * @param {(timer: unknown) => void} [parts.stop] ends it
   */
  constructor({ store, who, newId, transport, tell, now = Date.now, alone = (act) => act(), after = setTimeout, stop = clearTimeout }) {
    Object.assign(this, { store, who, newId, transport, tell, now, alone });
    this.after = (act, wait) => after(act, wait);
    this.stop = (timer) => stop(timer);
  }

  /** Keep a command on the device; it is safe when the promise is done. */
  async add(route, body) {
    const command = this.newId();
    const item = { command, who: this.who, route, body: { ...body, command }, made: this.now(), tries: 0, sealed: false };
    await this.store.put("queue", item);
    return item;
  }

  /** Send what waits, oldest first. One run at a time; asked for during a run, another follows. */
  flush() {
    this.#again = this.#busy !== null;
    this.#busy ??= this.alone(() => this.#run()).finally(() => {
      this.#busy = null;
      if (this.#again) return this.flush();
    });
    return this.#busy;
  }

  async #run() {
    this.stop(this.#timer);
    const blocked = [];
    for (let item = await this.#next(blocked); item; item = await this.#next(blocked)) {
      const on = await this.#one(item);
      if (on === "stop") return;
      if (on === "later") blocked.push(item);
    }
    if (blocked.length) this.#retry();
    else this.#tries = 0;
  }

  /** The oldest that may be sent: what comes after a stuck one of the same form waits with it. */
  async #next(blocked) {
    return (await this.waiting()).find((one) => !one.refused && !blocked.some((stuck) => sameForm(stuck.body, one.body)));
  }

  async #one(item) {
    const sealed = { ...item, sealed: true, tries: item.tries + 1 }; // from here on its body never changes
    await this.store.put("queue", sealed);
    await this.tell({ kind: "sending", item: sealed });
    const answer = await this.transport(item.route, item.body).catch(() => ({ status: 0, body: {} }));
    return this.#settle(sealed, answer);
  }

  async #settle(item, { status, body }) {
    if (status === 200) return this.#taken(item, body);
    if (status === SIGNED_OUT) {
      await this.tell({ kind: "signed_out", item, answer: body });
      return "stop";
    }
    if (status >= 400 && status < 500 && !NO_LINE.includes(status)) return this.#refused(item, body);
    const pause = NO_LINE.includes(status) ? this.#retry() : 0;
    await this.tell({ kind: "waiting", item, answer: body, pause });
    return pause ? "stop" : "later";
  }

  async #taken(item, answer) {
    await this.#rebase(item, answer.rows);
    await this.tell({ kind: "sent", item, answer });
    await this.drop(item.command); // after it: a browser that dies in between sends it again, and gets the same answer
    await this.tell({ kind: "settled", item });
    return "next";
  }

  async #refused(item, answer) {
    await this.store.put("queue", { ...item, refused: answer.problems ?? [] });
    await this.tell({ kind: "refused", item, answer });
    await this.tell({ kind: "settled", item });
    return "next";
  }

  /** Commands of the same form that were never sent yet have seen what this one has just written. */
  async #rebase(done, rows) {
    for (const item of await this.waiting()) {
      if (item.sealed || item.command === done.command || !sameForm(item.body, done.body)) continue;
      const seen = { ...item.body.seen };
      for (const [code, row] of Object.entries(rows)) if (seen[code] === done.body.seen[code]) seen[code] = row;
      await this.store.change("queue", item.command, (there) => there && { ...there, body: { ...there.body, seen } });
    }
  }

  #retry() {
    this.stop(this.#timer);
    this.#tries += 1;
    const pause = WAITS[Math.min(this.#tries, WAITS.length) - 1];
    this.#timer = this.after(() => this.flush(), pause);
    return pause;
  }

  /** Everything of this person that is still in the queue, oldest first. */
  async waiting() {
    const all = (await this.store.all("queue")).filter((one) => one.who === this.who);
    return all.sort((a, b) => a.made - b.made || (a.command < b.command ? -1 : 1));
  }

  /** Give one command up (a person decided so, or its drafts go another way). */
  drop(command) {
    return this.store.remove("queue", command);
  }
}
