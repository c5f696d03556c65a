// Entry with script: live verdicts, nothing typed is lost, evidence in pieces. Without it the form works as a form.
import { makeBar } from "./entry/bar.js";
import { startDesk } from "./entry/desk.js";
import { manage } from "./entry/manage.js";
import { openStore } from "./entry/store.js";

const form = document.querySelector("[data-entry]");
if (form) {
  const words = JSON.parse(document.querySelector("#entry-words").textContent);
  const store = await openStore();
  const bar = form.querySelector("[data-saved]");
  const desk = startDesk(form, store, words, makeBar(bar, words));
  await desk.ready;
  await filesWhenNeeded(form, { store, token: desk.token, words: words.files, facts: desk.about });
  manage(bar, store, desk.queue, words);
  document.documentElement.dataset.entry = "ready";
}

/** The upload package is fetched when a file box is reached for, or when a file from last time still waits. */
async function filesWhenNeeded(form, parts) {
  const begin = async () => (await import("./entry/upload.js")).takeFiles(form, parts);
  if ((await parts.store.all("files")).length) return begin();
  let begun = null;
  form.addEventListener("change", async (event) => {
    if (!event.target.matches("[data-upload]") || begun) return;
    const files = [...event.target.files];
    const box = event.target;
    begun = begin();
    await begun;
    const again = new DataTransfer(); // the box was read before anybody listened: give it the same files once more
    files.forEach((file) => again.items.add(file));
    box.files = again.files;
    box.dispatchEvent(new Event("change"));
  });
}
