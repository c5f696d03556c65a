// Evidence: several files at once, each kept on the device until the server has it, going on where the line broke.
import { v7 as newId } from "uuid";
import { fileLine } from "./file_line.js";
import { reduced } from "./photo.js";
import { send } from "./upload.js";

const AT_ONCE = 2;

/**
 * @param {HTMLFormElement} form
 * @param {object} parts {store, token, words, who, about}
 */
export function makeEvidence(form, { store, token, words, who, about }) {
  const turns = [];
  let busy = 0;

  /** Let the file boxes send by themselves, and go on with what was not through. */
  async function start() {
    for (const box of form.querySelectorAll("[data-upload]")) box.addEventListener("change", () => chosen(box));
    for (const kept of await files()) begin(kept, fileLine(listOf(kept.facts), kept.name, words));
  }

  /** What is still on the device only. */
  const files = async () => (await store.all("files")).filter((one) => one.who === who).sort((a, b) => (a.command < b.command ? -1 : 1));

  async function chosen(box) {
    const code = box.closest("[data-indicator]").dataset.indicator;
    const facts = { ...about, indicator: code };
    const lines = [...box.files].map((file) => ({ file, line: fileLine(listOf(facts), file.name, words) }));
    box.value = ""; // they go their own way: the form must not send them again
    for (const { file, line } of lines) {
      line.say(words("file.reducing"));
      await take(file, line, facts); // one after the other: a phone holds one large picture at a time
    }
  }

  async function take(file, line, facts) {
    try {
      const small = await reduced(file);
      const kept = { command: newId(), who, blob: small, name: small.name, facts };
      await store.put("files", kept); // on the device first
      begin(kept, line);
    } catch (error) {
      line.fail(words(error.message === "unreadable" ? "file.unreadable" : "file.lost"));
    }
  }

  /** Wait for a turn, and for any other window that sends the same file. */
  function begin(kept, line) {
    line.say(words("file.waiting"));
    turns.push(() => single(kept.command, () => send(kept, line, { store, token, words })));
    next();
  }

  function next() {
    if (busy >= AT_ONCE || !turns.length) return;
    busy += 1;
    turns.shift()().finally(() => {
      busy -= 1;
      next();
    });
  }

  /** The list of a field; files of another form have one above the bar. */
  function listOf(facts) {
    const here = facts.unit === about.unit && facts.set === about.set && facts.day === about.day;
    const block = here && form.querySelector(`[data-indicator="${CSS.escape(facts.indicator)}"] [data-uploads]`);
    return block || others();
  }

  function others() {
    const there = form.querySelector("[data-other-uploads]");
    if (there) return there;
    const made = document.createElement("ul");
    made.className = "uploads";
    made.dataset.otherUploads = "";
    made.setAttribute("aria-label", words("file.others"));
    form.querySelector("[data-saved]").before(made);
    return made;
  }

  return { start, files };
}

/** One window at a time sends a file. */
const single = (command, act) => (navigator.locks ? navigator.locks.request(`chungsuc-file-${command}`, act) : act());
