// One form of entry at work: typing is kept on the device at once, on the server soon, and the bar says which is where.
import { v7 as newId } from "uuid";
import * as dom from "./form.js";
import { definitionAt, makeJudge } from "./live.js";
import { makeLine } from "./line.js";
import { makeQueue } from "./queue.js";
import { keyOf } from "./store.js";

const KEEP_AFTER = 300;
const SEND_AFTER = 1500;

/**
 * @param {HTMLFormElement} form
 * @param {object} store
 * @param {object} words of the page
 * @param {(state: object) => void} bar shows {device, sent, receipt, state}
 */
export function startDesk(form, store, words, bar) {
  const about = dom.about(form);
  const blocks = dom.blocks(form);
  const lang = form.dataset.lang;
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const changed = new Map(); // code -> field as typed, not yet answered by the server
  const verdicts = new Map();
  const others = new BroadcastChannel("chungsuc-entry");
  let judge = null;
  let keeping = 0;
  let sending = 0;
  let retry = 0;
  let last = { receipt: "", state: "quiet" };

  const queue = makeQueue({ store, newId, transport: makeLine(token), tell: happened });

  function show(more = {}) {
    last = { ...last, ...more };
    bar({ ...last, device: changed.size, lasting: store.lasting });
  }

  function look(code) {
    const block = blocks.get(code);
    if (!judge) return;
    const found = judge.field(code, dom.typed(block, code), lang);
    dom.showVerdict(block, found.verdict, found.sentence);
    dom.showProblems(block, found.problems);
    verdicts.set(code, found.verdict);
    const whole = judge.criterion(Number(form.dataset.number), verdicts);
    const place = document.querySelector("[data-criterion]");
    if (whole && place && verdicts.size === blocks.size) {
      place.querySelector(".mark").className = `mark ${whole}`;
      place.querySelector(".mark-word").textContent = words.verdicts[whole];
    }
  }

  async function keep() {
    clearTimeout(keeping);
    for (const [code, field] of changed) await store.put("drafts", { key: keyOf(about, code), ...about, code, field, at: Date.now() });
    show();
  }

  async function send(route = "drafts", extra = {}) {
    clearTimeout(sending);
    await keep();
    const fields = extra.fields ?? Object.fromEntries([...changed].map(([code, field]) => [code, Object.keys(field).length ? field : null]));
    if (!Object.keys(fields).length) return;
    const seen = Object.fromEntries(Object.keys(fields).map((code) => [code, Number(dom.seen(blocks.get(code)).value)]));
    await queue.add(route, { ...about, fields, seen, ...(extra.why ? { why: extra.why } : {}) });
    show({ state: "sending" });
    await queue.flush();
  }

  function happened({ kind, item, answer }) {
    const mine = ["unit", "set", "day"].every((name) => item.body[name] === about[name]);
    if (!mine) return;
    if (kind === "sent") return taken(item, answer);
    if (kind === "signed_out") return show({ state: "signed_out" });
    if (kind === "waiting") {
      clearTimeout(retry);
      retry = setTimeout(() => queue.flush(), queue.pause(item.tries));
      return show({ state: "offline" });
    }
    return refused(item, answer);
  }

  async function taken(item, answer) {
    for (const [code, row] of Object.entries(answer.rows)) if (blocks.has(code)) dom.seen(blocks.get(code)).value = row;
    for (const [code, field] of Object.entries(item.body.fields)) {
      if (!dom.same(changed.get(code), field ?? {})) continue; // typed on meanwhile: stays on the device
      changed.delete(code);
      await store.remove("drafts", keyOf(about, code));
    }
    others.postMessage({ about, rows: answer.rows });
    show({ receipt: answer.receipt ?? last.receipt, state: answer.sent ? "sent" : "saved" });
    if (answer.sent) location.assign(`${form.getAttribute("action").split("?")[0]}?set=${about.set}&day=${about.day}&receipt=${answer.receipt ?? "none"}`);
  }

  async function refused(item, answer) {
    await queue.drop(item.command);
    for (const problem of answer.problems ?? []) {
      const code = problem.facts?.indicator;
      const block = blocks.get(code);
      if (!block) continue;
      const conflict = problem.code === "draft.changed_elsewhere";
      dom.showProblems(block, [{ text: problem.text, mend: conflict ? "" : problem.mend, actions: conflict ? choices(code, problem) : [] }]);
      if (problem.code === "figure.reason_missing") form.querySelector("[data-why]").hidden = false;
    }
    if ((answer.problems ?? []).some(({ code }) => code === "figure.reason_missing")) form.querySelector("[data-why]").hidden = false;
    const first = answer.problems?.[0];
    show({ state: "refused", said: first ? first.text : words.refused });
    form.querySelector("[aria-invalid=true]")?.focus();
  }

  /** Two windows typed into one field: both values are shown, the person chooses, and the choice is kept. */
  function choices(code, problem) {
    const { theirs, mine, row } = problem.facts;
    const choose = (which) => async () => {
      await store.put("choices", { ...about, code, theirs, mine, row, which, at: Date.now() });
      dom.seen(blocks.get(code)).value = row;
      if (which === "theirs") {
        dom.fill(blocks.get(code), code, theirs);
        changed.delete(code);
        await store.remove("drafts", keyOf(about, code));
      }
      look(code);
      await send();
      show();
    };
    const told = (field) => Object.values(field).join(" / ") || words.nothing;
    return [[words.mine.replace("{value}", told(mine)), choose("mine")], [words.theirs.replace("{value}", told(theirs)), choose("theirs")]];
  }

  function typing(event) {
    const code = event.target.closest("[data-indicator]")?.dataset.indicator;
    if (!code || event.target.type === "file") return;
    changed.set(code, dom.typed(blocks.get(code), code));
    look(code);
    show({ state: "typing" });
    clearTimeout(keeping);
    clearTimeout(sending);
    keeping = setTimeout(keep, KEEP_AFTER);
    sending = setTimeout(() => send(), SEND_AFTER);
  }

  async function sendAll(event) {
    if (event.submitter?.value === "save") {
      event.preventDefault();
      return send();
    }
    event.preventDefault();
    const fields = Object.fromEntries([...blocks].map(([code, block]) => [code, dom.typed(block, code)]).filter(([, field]) => Object.keys(field).length));
    return send("figures", { fields, why: form.querySelector("#why")?.value.trim() });
  }

  /** What the device has and the server has not: put back into the form, and sent. */
  async function restore() {
    for (const kept of await store.all("drafts")) {
      if (!["unit", "set", "day"].every((name) => kept[name] === about[name]) || !blocks.has(kept.code)) continue;
      dom.fill(blocks.get(kept.code), kept.code, kept.field);
      changed.set(kept.code, kept.field);
    }
    const waiting = (await queue.waiting()).filter((one) => !one.refused);
    if (changed.size || waiting.length) {
      show({ state: "restored" });
      await queue.flush();
      if (changed.size) await send();
    } else show({ state: "quiet" });
  }

  form.addEventListener("input", typing);
  form.addEventListener("submit", sendAll);
  for (const name of ["pagehide", "visibilitychange"]) addEventListener(name, () => document.visibilityState !== "visible" && keep());
  addEventListener("online", () => queue.flush());
  addEventListener("offline", () => show({ state: "offline" }));
  others.addEventListener("message", ({ data }) => data.about.unit === about.unit && data.about.day === about.day && show({ state: "elsewhere" }));

  const ready = definitionAt(form.dataset.formUrl, store)
    .then((definition) => {
      judge = makeJudge(definition);
      for (const code of blocks.keys()) if (Object.keys(dom.typed(blocks.get(code), code)).length) look(code);
    })
    .catch(() => {})
    .then(restore)
    .then(() => blocks.forEach((_, code) => changed.has(code) && look(code)));
  return { ready, queue, token, about };
}
