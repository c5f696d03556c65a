// The queue of commands: each has an id made and kept before it is sent, and is sent until it is answered.
// Without DOM and without network of its own, so that it is tested with a clock and a line that breaks on purpose.

export const WAITS = [2_000, 5_000, 15_000, 30_000, 60_000];

/**
 * @param {object} parts
 * @param {object} parts.store as in store.js
 * @param {() => string} parts.newId a UUID (version 7)
 * @param {(route: string, body: object) => Promise<{status: number, body: object}>} parts.transport throws where there is no line
 * @param {(happened: object) => void} parts.tell what happened: {kind: "sent" | "refused" | "waiting" | "signed_out", item, answer}
 * @param {() => number} [parts.now]
 */
export function makeQueue({ store, newId, transport, tell, now = () => Date.now() }) {
  let busy = null;

  /** Keep a command on the device; it is safe when the promise is done. Returns the command id. */
  async function add(route, body) {
    const command = newId();
    await store.put("queue", { command, route, body: { ...body, command }, made: now(), tries: 0 });
    return command;
  }

  /** Send what waits, oldest first; stops at the first one that finds no line. One run at a time. */
  function flush() {
    busy ??= run().finally(() => {
      busy = null;
    });
    return busy;
  }

  async function run() {
    const waiting = (await store.all("queue")).filter((one) => !one.refused).sort((a, b) => a.made - b.made || (a.command < b.command ? -1 : 1));
    for (const item of waiting) {
      let answer;
      try {
        answer = await transport(item.route, item.body);
      } catch {
        answer = { status: 0, body: {} };
      }
      if (!(await settle(item, answer))) return false;
    }
    return true;
  }

  async function settle(item, answer) {
    if (answer.status === 200) {
      await store.remove("queue", item.command);
      tell({ kind: "sent", item, answer: answer.body });
      return true;
    }
    if (answer.status === 401) {
      tell({ kind: "signed_out", item, answer: answer.body });
      return false;
    }
    if ([400, 403, 404, 409, 413].includes(answer.status)) {
      await store.put("queue", { ...item, refused: answer.body.problems ?? [{ code: "unknown" }] });
      tell({ kind: "refused", item, answer: answer.body });
      return true;
    }
    await store.put("queue", { ...item, tries: item.tries + 1 });
    tell({ kind: "waiting", item: { ...item, tries: item.tries + 1 }, answer: answer.body });
    return false;
  }

  /** How long to wait before the next try, after so many. */
  const pause = (tries) => WAITS[Math.min(tries, WAITS.length) - 1] ?? WAITS[0];

  /** Everything that is still on the device only. */
  const waiting = () => store.all("queue");

  /** Give one command up (a person decided so). */
  const drop = (command) => store.remove("queue", command);

  return { add, flush, waiting, drop, pause };
}
