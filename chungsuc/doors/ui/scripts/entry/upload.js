// Evidence: several files at once, each kept on the device until the server has it, going on where the line broke.
import { Upload } from "tus-js-client";
import { v7 as newId } from "uuid";
import { reduced } from "./photo.js";

const PIECE = 256 * 1024;
const RETRIES = [1000, 3000, 8000, 20000, 60000];

function line(list, name, words) {
  const item = document.createElement("li");
  const title = document.createElement("span");
  const state = document.createElement("span");
  const cancel = document.createElement("button");
  const bar = document.createElement("progress");
  title.textContent = name;
  state.className = "quiet";
  cancel.type = "button";
  cancel.className = "button plain";
  cancel.textContent = words.cancel;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  item.append(title, state, cancel, bar);
  list.append(item);
  return {
    say: (text) => (state.textContent = text),
    at: (share) => (bar.value = share),
    cancel,
    done(address) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      title.replaceChildren(link);
      cancel.remove();
      bar.remove();
    },
    failed(text) {
      state.textContent = text;
      state.className = "wrong";
      bar.remove();
    },
    gone: () => item.remove(),
  };
}

/**
 * Let the file boxes of a form send by themselves.
 * @param {HTMLFormElement} form
 * @param {object} parts {store, token, words, facts: {unit, set, day}}
 */
export async function takeFiles(form, parts) {
  for (const box of form.querySelectorAll("[data-upload]")) {
    const code = box.closest("[data-indicator]").dataset.indicator;
    box.addEventListener("change", async () => {
      const files = [...box.files];
      box.value = ""; // they go their own way; the form must not send them again
      await Promise.all(files.map((file) => take(form, code, file, parts)));
    });
  }
  for (const kept of await parts.store.all("files")) {
    const here = ["unit", "set", "day"].every((name) => kept.facts[name] === parts.facts[name]);
    if (here && form.querySelector(`[data-indicator="${CSS.escape(kept.facts.indicator)}"]`)) send(form, kept, parts);
  }
}

async function take(form, code, file, parts) {
  let small;
  try {
    small = await reduced(file);
  } catch {
    line(listOf(form, code), file.name, parts.words).failed(parts.words.unreadable);
    return;
  }
  const kept = { command: newId(), blob: small, name: small.name, facts: { ...parts.facts, indicator: code } };
  await parts.store.put("files", kept); // on the device first
  send(form, kept, parts);
}

const listOf = (form, code) => form.querySelector(`[data-indicator="${CSS.escape(code)}"] [data-uploads]`);

function send(form, kept, { store, token, words }) {
  const shown = line(listOf(form, kept.facts.indicator), kept.name, words);
  shown.say(words.waiting);
  const upload = new Upload(kept.blob, {
    endpoint: "/entry/uploads",
    chunkSize: PIECE,
    retryDelays: RETRIES,
    storeFingerprintForResuming: false,
    uploadUrl: kept.address ?? null,
    headers: { "X-CSRFToken": token() },
    metadata: { ...kept.facts, filename: kept.name, filetype: kept.blob.type, command: kept.command },
    onUploadUrlAvailable: () => store.put("files", { ...kept, address: new URL(upload.url, location.href).pathname }),
    onProgress: (sent, all) => {
      shown.at(all ? (100 * sent) / all : 0);
      shown.say(words.progress.replace("{share}", String(all ? Math.round((100 * sent) / all) : 0)));
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      if (!navigator.onLine) shown.say(words.offline);
      return status === 0 || status >= 500 || status === 409 || status === 423;
    },
    onSuccess: async ({ lastResponse } = {}) => {
      await store.remove("files", kept.command);
      const number = lastResponse?.getHeader("Evidence");
      shown.say(words.done);
      shown.done(number ? `/evidence/${number}` : "#");
    },
    onError: async (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      if (status === 0 || status >= 500 || status === 401) {
        shown.say(status === 401 ? words.signed_out : words.offline);
        addEventListener("online", () => upload.start(), { once: true });
        return;
      }
      await store.remove("files", kept.command);
      shown.failed(reasonOf(error) ?? words.refused);
    },
  });
  shown.cancel.addEventListener("click", async () => {
    await upload.abort(true).catch(() => {});
    await store.remove("files", kept.command);
    shown.gone();
  });
  upload.start();
}

function reasonOf(error) {
  try {
    const { problems } = JSON.parse(error.originalResponse.getBody());
    return problems.map(({ text, mend }) => (mend ? `${text} ${mend}` : text)).join(" ");
  } catch {
    return null;
  }
}
