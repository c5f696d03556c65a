// Entry with script: live verdicts, nothing typed is lost, evidence in pieces. Without it the form works as a form.
import { v7 as newId } from "uuid";
import { makeBar } from "./entry/bar.js";
import { Desk } from "./entry/desk.js";
import { definitionAt, unitsOf } from "./entry/documents.js";
import { Evidence } from "./entry/evidence.js";
import { Keeper } from "./entry/keeper.js";
import { makeLine, tokenOf } from "./entry/line.js";
import { makeJudge } from "./entry/live.js";
import { manage } from "./entry/manage.js";
import { Queue } from "./entry/queue.js";
import { alone, Saving } from "./entry/saving.js";
import { openStore } from "./entry/store.js";
import { makeVoice } from "./entry/voice.js";
import { wordsOf } from "./entry/words.js";

async function begin(form) {
  const who = form.dataset.person;
  const [store, words, voice] = [await openStore(), wordsOf(), makeVoice()];
  const bar = form.querySelector("[data-saved]");
  bar.removeAttribute("aria-live"); // the voice speaks, less often
  const token = tokenOf(form, who);
  const queue = new Queue({ store, who, newId, transport: makeLine(token), tell: (what) => saving.happened(what), alone });
  const keeper = new Keeper({ store, queue, who });
  const saving = new Saving({ keeper, who, say: (what) => desk.hear(what) });
  const desk = new Desk(form, { saving, keeper, store, words, voice, bar: makeBar(bar, words, voice) });
  const judging = judge(form, desk, store);
  await desk.start();
  const evidence = new Evidence(form, { store, token, words, who, about: desk.about });
  await evidence.start();
  manage(bar, { store, queue, keeper, saving, evidence, words, who });
  await judging;
  document.documentElement.dataset.entry = "ready";
  afterwards(form, desk, store);
}

async function judge(form, desk, store) {
  try {
    desk.judgeBy(makeJudge(await definitionAt(form.dataset.formUrl, store)));
  } catch {
    addEventListener("online", () => judge(form, desk, store), { once: true });
  }
}

/** The units of the province, for work without a line later; not where the person saves data. */
function afterwards(form, desk, store) {
  const province = new URL(form.dataset.formUrl, location.href).searchParams.get("province");
  if (!province || navigator.connection?.saveData) return;
  (globalThis.requestIdleCallback ?? setTimeout)(() => unitsOf(province, desk.about.day, store));
}

const form = document.querySelector("form[data-entry]");
if (form?.dataset.person) begin(form);
