// A device, a clock and a line that breaks on purpose: what the tests of the queue stand on.
import { Keeper } from "../../chungsuc/doors/ui/scripts/entry/keeper.js";
import { Queue } from "../../chungsuc/doors/ui/scripts/entry/queue.js";
import { memory } from "../../chungsuc/doors/ui/scripts/entry/store.js";

export const FORM = { unit: "99005", set: "xa-ntm-2021-2025", day: "2026-06-30" };

/** Timers that fire when the test says so. */
export function clock() {
  let time = 1_000_000;
  let timers = [];
  return {
    now: () => time,
    after: (act, wait) => {
      const timer = { at: time + wait, act };
      timers.push(timer);
      return timer;
    },
    stop: (timer) => (timers = timers.filter((one) => one !== timer)),
    async pass(ms) {
      time += ms;
      const due = timers.filter((one) => one.at <= time);
      timers = timers.filter((one) => one.at > time);
      for (const one of due) await one.act();
    },
    waiting: () => timers.map((one) => one.at - time),
  };
}

/**
 * A server as ours: one row per change, a command takes effect once, a row that has grown since is a conflict.
 * `line.broken`: nothing arrives; `line.deaf`: it arrives and the answer is lost; `line.status`: every answer;
 * `line.problems`: what is refused (on the route `line.only`, where it is named).
 */
export function server() {
  const rows = new Map(); // code -> {row, text}
  const commands = new Map();
  const line = { broken: false, deaf: false, status: 0, problems: null, only: null, calls: [] };
  let row = 0;

  function act(route, body) {
    const text = JSON.stringify(body);
    const before = commands.get(body.command);
    if (before) return before.text === text ? before.answer : { status: 409, body: { problems: [{ code: "command.conflict", text: "?", facts: {} }] } };
    if (line.problems && (!line.only || line.only === route)) return { status: 400, body: { problems: line.problems } };
    const conflicts = Object.keys(body.fields).filter((code) => code in body.seen && rows.has(code) && rows.get(code).row !== body.seen[code] && rows.get(code).text !== JSON.stringify(body.fields[code]));
    if (conflicts.length) return { status: 409, body: { problems: conflicts.map((code) => ({ code: "draft.changed_elsewhere", text: "elsewhere", facts: { indicator: code, theirs: JSON.parse(rows.get(code).text), mine: body.fields[code], row: rows.get(code).row } })) } };
    for (const [code, field] of Object.entries(body.fields)) rows.set(code, { row: ++row, text: JSON.stringify(field) });
    const answer = { status: 200, body: { receipt: `${route === "figures" ? "" : "N"}2026-${row}`, at: "2026-06-30T00:00:00Z", rows: Object.fromEntries(Object.keys(body.fields).map((code) => [code, rows.get(code).row])), sent: route === "figures" } };
    commands.set(body.command, { text, answer });
    return answer;
  }

  async function transport(route, body) {
    line.calls.push({ route, body: structuredClone(body) });
    if (line.broken) throw new Error("no line");
    if (line.status) return { status: line.status, body: {} };
    const answer = act(route, body);
    if (line.deaf) throw new Error("the answer was lost");
    return structuredClone(answer);
  }

  /** Somebody else types. */
  const elsewhere = (code, field) => rows.set(code, { row: ++row, text: JSON.stringify(field) });
  return { rows, commands, line, transport, elsewhere };
}

/** One device: a store that outlives its windows. */
export function device(there, { who = "officer", store = memory(), time = clock() } = {}) {
  const heard = [];
  let nth = 0;
  const tell = async (what) => {
    if (what.kind === "settled") return void (await keeper.push(what.item.body));
    heard.push(what);
    if (what.kind === "sent") await keeper.taken(what.item, what.answer);
    if (what.kind === "refused") await keeper.refused(what.item, what.answer);
  };
  const newId = () => `0190-${String(time.now()).padStart(12, "0")}-${String((nth += 1)).padStart(4, "0")}-${Math.random()}`;
  const queue = new Queue({ store, who, newId, transport: there.transport, tell, now: time.now, after: time.after, stop: time.stop });
  const keeper = new Keeper({ store, queue, who, now: time.now });
  return { store, queue, keeper, time, heard, who };
}
