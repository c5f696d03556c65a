// Entry with script: live verdicts, nothing typed is lost, evidence in pieces. Without it the form works as a form.
import { makeBar } from "./entry/bar.js";
import { startDesk } from "./entry/desk.js";
import { manage } from "./entry/manage.js";
import { openStore } from "./entry/store.js";
import { takeFiles } from "./entry/upload.js";

const form = document.querySelector("[data-entry]");
if (form) {
  const words = JSON.parse(document.querySelector("#entry-words").textContent);
  const store = await openStore();
  const bar = form.querySelector("[data-saved]");
  const desk = startDesk(form, store, words, makeBar(bar, words));
  await desk.ready;
  await takeFiles(form, { store, token: desk.token, words: words.files, facts: desk.about });
  manage(bar, store, desk.queue, words);
  document.documentElement.dataset.entry = "ready";
}
