// The queue of commands: each has an id made and kept before it is sent, and is sent until it is answered.
// Without DOM and without network of its own, so that it is tested with a clock and a line that breaks on purpose.
import { sameForm } from "./store.js";

export const WAITS = [2_000, 5_000, 15_000, 30_000, 60_000];
const NO_LINE = [0, 408, 429, 502, 503, 504];
const SIGNED_OUT = 401;

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
 */
export function makeQueue({ store, who, newId, transport, tell, now = Date.now, alone = (act) => act(), after = setTimeout, stop = clearTimeout }) {
  let busy = null;
  let again = false;
  let timer = null;
  let tries = 0;

  /** Keep a command on the device; it is safe when the promise is done. */
  async function add(route, body) {
    const command = newId();
    const item = { command, who, route, body: { ...body, command }, made: now(), tries: 0, sealed: false };
    await store.put("queue", item);
    return item;
  }

  /** Send what waits, oldest first. One run at a time; asked for during a run, another follows. */
  function flush() {
    again = busy !== null;
    busy ??= alone(run).finally(() => {
      busy = null;
      if (again) return flush();
    });
    return busy;
  }

  async function run() {
    stop(timer);
    const blocked = [];
    for (let item = await next(blocked); item; item = await next(blocked)) {
      const on = await one(item);
      if (on === "stop") return;
      if (on === "later") blocked.push(item);
    }
    if (blocked.length) retry();
    else tries = 0;
  }

  /** The oldest that may be sent: what comes after a stuck one of the same form waits with it. */
  async function next(blocked) {
    return (await waiting()).find((one) => !one.refused && !blocked.some((stuck) => sameForm(stuck.body, one.body)));
  }

  async function one(item) {
    const sealed = { ...item, sealed: true, tries: item.tries + 1 }; // from here on its body never changes
    await store.put("queue", sealed);
    await tell({ kind: "sending", item: sealed });
    const answer = await transport(item.route, item.body).catch(() => ({ status: 0, body: {} }));
    return settle(sealed, answer);
  }

  async function settle(item, answer) {
    if (answer.status === 200) {
      await rebase(item, answer.body.rows);
      await tell({ kind: "sent", item, answer: answer.body });
      await store.remove("queue", item.command); // after it: a browser that dies in between sends it again, and gets the same answer
      await tell({ kind: "settled", item });
      return "next";
    }
    if (answer.status === SIGNED_OUT) {
      await tell({ kind: "signed_out", item, answer: answer.body });
      return "stop";
    }
    if (answer.status >= 400 && answer.status < 500 && !NO_LINE.includes(answer.status)) {
      await store.put("queue", { ...item, refused: answer.body.problems ?? [] });
      await tell({ kind: "refused", item, answer: answer.body });
      await tell({ kind: "settled", item });
      return "next";
    }
    const pause = NO_LINE.includes(answer.status) ? retry() : 0;
    await tell({ kind: "waiting", item, answer: answer.body, pause });
    return pause ? "stop" : "later";
  }

  /** Commands of the same form that were never sent yet have seen what this one has just written. */
  async function rebase(done, rows) {
    for (const item of await waiting()) {
      if (item.sealed || item.command === done.command || !sameForm(item.body, done.body)) continue;
      const seen = { ...item.body.seen };
      for (const [code, row] of Object.entries(rows)) if (seen[code] === done.body.seen[code]) seen[code] = row;
      await store.change("queue", item.command, (there) => there && { ...there, body: { ...there.body, seen } });
    }
  }

  function retry() {
    stop(timer);
    tries += 1;
    const pause = WAITS[Math.min(tries, WAITS.length) - 1];
    timer = after(flush, pause);
    return pause;
  }

  /** Everything of this person that is still in the queue, oldest first. */
  async function waiting() {
    const all = (await store.all("queue")).filter((one) => one.who === who);
    return all.sort((a, b) => a.made - b.made || (a.command < b.command ? -1 : 1));
  }

  /** Give one command up (a person decided so, or its drafts go another way). */
  const drop = (command) => store.remove("queue", command);

  return { add, flush, waiting, drop };
}
