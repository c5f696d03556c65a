// Evidence: several files at once, each kept on the device until the server has it, going on where the line broke.
import { v7 as newId } from "uuid";
import { fileLine } from "./file_line.js";
import { reduced } from "./photo.js";
import { sameForm } from "./store.js";
import { send } from "./upload.js";

const AT_ONCE = 2;

export class Evidence {
  #turns = [];
  #busy = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {object} parts {store, token, words, who, about}
   */
  constructor(form, parts) {
    Object.assign(this, parts, { form });
  }

  /** Let the file boxes send by themselves, and go on with what was not through. */
  async start() {
    for (const box of this.form.querySelectorAll("[data-upload]")) box.addEventListener("change", () => this.#chosen(box));
    for (const kept of await this.files()) this.#begin(kept, fileLine(this.#listOf(kept.facts), kept.name, this.words));
  }

  /** What is still on the device only. */
  async files() {
    return (await this.store.all("files")).filter((one) => one.who === this.who).sort((a, b) => (a.command < b.command ? -1 : 1));
  }

  async #chosen(box) {
    const facts = { ...this.about, indicator: box.closest("[data-indicator]").dataset.indicator };
    const lines = [...box.files].map((file) => ({ file, line: fileLine(this.#listOf(facts), file.name, this.words) }));
    box.value = ""; // they go their own way: the form must not send them again
    for (const { file, line } of lines) {
      line.say(this.words("file.reducing"));
      await this.#take(file, line, facts); // one after the other: a phone holds one large picture at a time
    }
  }

  async #take(file, line, facts) {
    try {
      const small = await reduced(file);
      const kept = { command: newId(), who: this.who, blob: small, name: small.name, facts };
      await this.store.put("files", kept); // on the device first
      this.#begin(kept, line);
    } catch (error) {
      line.fail(this.words(error.message === "unreadable" ? "file.unreadable" : "file.lost"));
    }
  }

  /** Wait for a turn, and for any other window that sends the same file. */
  #begin(kept, line) {
    line.say(this.words("file.waiting"));
    this.#turns.push(() => single(kept.command, () => send(kept, line, this)));
    this.#next();
  }

  #next() {
    if (this.#busy >= AT_ONCE || !this.#turns.length) return;
    this.#busy += 1;
    this.#turns.shift()().finally(() => {
      this.#busy -= 1;
      this.#next();
    });
  }

  /** The list of a field; files of another form have one above the bar. */
  #listOf(facts) {
    const block = sameForm(facts, this.about) && this.form.querySelector(`[data-indicator="${CSS.escape(facts.indicator)}"] [data-uploads]`);
    return block || this.#others();
  }

  #others() {
    const there = this.form.querySelector("[data-other-uploads]");
    if (there) return there;
    const made = document.createElement("ul");
    made.className = "uploads";
    made.dataset.otherUploads = "";
    made.setAttribute("aria-label", this.words("file.others"));
    this.form.querySelector("[data-saved]").before(made);
    return made;
  }
}

/** One window at a time sends a file. */
const single = (command, act) => (navigator.locks ? navigator.locks.request(`chungsuc-file-${command}`, act) : act());
