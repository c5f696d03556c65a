// The grid of many communes with script: spreadsheet habits, live verdicts, saved while one types.
import { v7 as newId } from "uuid";
import { makeBar } from "./entry/bar.js";
import { Keeper } from "./entry/keeper.js";
import { makeLine, tokenOf } from "./entry/line.js";
import { manage } from "./entry/manage.js";
import { Queue } from "./entry/queue.js";
import { alone, Saving } from "./entry/saving.js";
import { openStore } from "./entry/store.js";
import { makeVoice } from "./entry/voice.js";
import { wordsOf } from "./entry/words.js";
import { GridDesk } from "./grid/desk.js";

async function begin(form) {
  const who = form.dataset.person;
  const [store, words, voice] = [await openStore(), wordsOf(), makeVoice()];
  const bar = form.querySelector("[data-saved]");
  const queue = new Queue({ store, who, newId, transport: makeLine(tokenOf(form, who)), tell: (what) => saving.happened(what), alone });
  const keeper = new Keeper({ store, queue, who });
  const saving = new Saving({ keeper, who, say: (what) => desk.hear(what) });
  const desk = new GridDesk(form, { saving, keeper, store, words, voice, who, newId, bar: makeBar(bar, words, voice) });
  await desk.start();
  manage(bar, { store, queue, keeper, saving, words, who });
  document.querySelector("[data-grid-hint]")?.removeAttribute("hidden");
  document.documentElement.dataset.entry = "ready";
}

const form = document.querySelector("form[data-grid]");
if (form?.dataset.person && form.querySelector("[data-cell]")) begin(form);
