// One form of entry at work: verdicts while one types, everything kept, the bar says which figure is where.
import * as dom from "./form.js";
import { page } from "./line.js";
import { same, sameForm } from "./store.js";

export class Desk {
  /**
   * @param {HTMLFormElement} form
   * @param {object} parts {saving, keeper, store, words, bar, voice}
   */
  constructor(form, parts) {
    Object.assign(this, parts, { form, about: dom.about(form), blocks: dom.blocks(form), lang: form.dataset.lang });
    this.verdicts = new Map();
    this.receipts = new Map();
    this.held = new Map(); // code -> draft that the server did not take
    this.state = "quiet";
    this.latest = "";
    this.said = "";
    this.onServer = new Set([...this.blocks].filter(([, block]) => dom.seen(block).value !== "0" && Object.keys(this.typed(block)).length).map(([code]) => code));
  }

  typed(block) {
    return dom.typed(block, block.dataset.indicator);
  }

  /** Begin: what the device still has is put back into the form. */
  async start() {
    const drafts = await this.saving.start();
    this.receipts = await this.keeper.receipts(this.about);
    const own = drafts.filter((one) => sameForm(one, this.about) && this.blocks.has(one.code));
    for (const draft of own) this.putBack(draft);
    this.listen();
    if (own.length) this.state = "restored";
    await this.show();
    this.saving.sendLeft();
  }

  listen() {
    this.form.addEventListener("input", (event) => this.onTyping(event));
    this.form.addEventListener("change", (event) => this.onLeft(event)); // autofill and pickers that tell no input
    this.form.addEventListener("focusout", (event) => this.onLeft(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /** The law has come: judge what stands there. */
  judgeBy(judge) {
    this.judge = judge;
    for (const [code, block] of this.blocks) if (Object.keys(this.typed(block)).length) this.look(code, { done: true, quiet: true });
  }

  putBack(draft) {
    const block = this.blocks.get(draft.code);
    dom.fill(block, draft.code, draft.field);
    if (draft.held) this.held.set(draft.code, draft);
    else this.held.delete(draft.code);
    this.look(draft.code, { done: true });
  }

  onTyping({ target }) {
    const block = target.closest("[data-indicator]");
    if (!block || target.type === "file" || target.type === "hidden") return;
    const code = block.dataset.indicator;
    this.saving.type(this.about, code, this.typed(block), Number(dom.seen(block).value));
    if (!this.held.get(code)?.held.conflict) this.held.delete(code);
    this.said = "";
    this.state = "typing";
    this.look(code, { aloud: true });
    this.show();
  }

  onLeft({ target }) {
    const block = target.closest?.("[data-indicator]");
    if (block && target.type !== "file" && Object.keys(this.typed(block)).length) this.look(block.dataset.indicator, { done: true });
  }

  /** Judge a field and say so beside it. */
  look(code, { done = false, aloud = false, quiet = false } = {}) {
    const block = this.blocks.get(code);
    const conflict = this.held.get(code);
    if (!this.judge) {
      if (!quiet) dom.showVerdict(block, "no_figure", this.words("later"));
      return conflict && this.showHeld(block, code, conflict);
    }
    const found = this.judge.field(code, this.typed(block), this.lang, { done });
    dom.showVerdict(block, found.verdict, found.unfinished ? this.words("not_judged") : found.sentence);
    if (aloud) this.voice(found.problems[0]?.text ?? found.sentence);
    if (conflict) this.showHeld(block, code, conflict);
    else if (!quiet || found.problems.length) dom.showProblems(block, code, found.problems.map((one) => ({ ...one, actions: this.ways(code, one) })));
    this.verdicts.set(code, found.verdict);
    this.lookAtAll();
  }

  /** "1.234": the two numbers it may mean, each a button. */
  ways(code, { code: word, name, facts }) {
    if (word !== "number.ambiguous") return [];
    return [facts.whole, facts.part].map((text) => [
      text,
      () => {
        const { input } = dom.inputs(this.blocks.get(code), code).find((one) => one.name === name);
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      },
    ]);
  }

  lookAtAll() {
    const place = document.querySelector("[data-criterion]");
    for (const [code, block] of this.blocks) if (!this.verdicts.has(code)) this.verdicts.set(code, block.querySelector("[data-mark]").className.replace("mark ", ""));
    const whole = this.judge.criterion(Number(this.form.dataset.number), this.verdicts);
    if (!whole || !place) return;
    place.querySelector(".mark").className = `mark ${whole}`;
    place.querySelector(".mark-word").textContent = this.words(`verdict.${whole}`);
  }

  /** What the server did not take: two texts to choose from, or its reason. */
  showHeld(block, code, { held }) {
    dom.showProblems(block, code, [{ text: held.text || this.words("refused"), mend: held.mend, actions: held.conflict ? this.choices(code) : [] }]);
  }

  choices(code) {
    const draft = this.held.get(code);
    const told = (field) => Object.values(field ?? {}).map((text) => (["yes", "no"].includes(text) ? this.words(text) : text)).join(" / ") || this.words("nothing");
    const mine = this.typed(this.blocks.get(code));
    return [
      [this.words("mine", { value: told(mine) }), () => this.choose(draft, "mine")],
      [this.words("theirs", { value: told(draft.held.theirs) }), () => this.choose(draft, "theirs")],
    ];
  }

  async choose(draft, which) {
    const block = this.blocks.get(draft.code);
    await this.saving.keep();
    this.held.delete(draft.code);
    dom.seen(block).value = String(draft.held.row);
    await this.keeper.choose(draft, which);
    if (which === "theirs") dom.fill(block, draft.code, (await this.standing(draft.code)) ?? draft.held.theirs);
    this.look(draft.code, { done: true });
    this.state = which === "theirs" ? "saved" : "sending";
    this.said = "";
    await this.show();
    await this.saving.send();
    dom.inputs(block, draft.code)[0]?.input.focus();
  }

  /** What stands at the server in a field: a draft, or what was sent. Null without a line. */
  async standing(code) {
    const there = await page(location.href).catch(() => null);
    const block = there?.querySelector(`[data-indicator="${CSS.escape(code)}"]`);
    return block ? dom.typed(block, code) : null;
  }

  async onSubmit(event) {
    event.preventDefault();
    if (event.submitter?.value !== "send") return this.saving.send();
    const fields = Object.fromEntries([...this.blocks].map(([code, block]) => [code, this.typed(block)]).filter(([, field]) => Object.keys(field).length));
    if (!this.mayBeSent(fields)) return this.show();
    const seen = Object.fromEntries(Object.keys(fields).map((code) => [code, Number(dom.seen(this.blocks.get(code)).value)]));
    this.state = "sending";
    this.show();
    await this.saving.sendFigures(this.about, fields, seen, this.form.querySelector("#why")?.value.trim());
  }

  /** Nothing unread, nothing in two texts: else the first such field is shown. */
  mayBeSent(fields) {
    const wrong = Object.entries(fields).filter(([code, field]) => this.held.get(code)?.held.conflict || this.judge?.field(code, field, this.lang, { done: true }).unfinished);
    for (const [code] of wrong) this.look(code, { done: true });
    const none = !Object.keys(fields).length;
    if (!wrong.length && !none) return true;
    this.state = none ? "nothing_to_send" : "refused";
    if (wrong.length) this.blocks.get(wrong[0][0]).querySelector("[aria-invalid=true]")?.focus();
    return false;
  }

  /** What became of something: from the queue of this window or of another. */
  async hear(what) {
    const others = what.about && !sameForm(what.about, this.about);
    if (what.kind === "state" && !(others && what.state === "sending")) this.state = what.state;
    if (what.kind === "typed" && sameForm(what.draft, this.about) && this.blocks.has(what.draft.code)) this.mirrored(what.draft);
    if (what.item && sameForm(what.item.body, this.about)) await (what.kind === "taken" ? this.taken(what) : this.refused(what));
    await this.show();
  }

  /** Typed in another window of this browser: this one follows. */
  mirrored(draft) {
    if (same(this.typed(this.blocks.get(draft.code)), draft.field)) return;
    this.putBack(draft);
    this.state = "elsewhere";
  }

  async taken({ answer }) {
    for (const [code, row] of Object.entries(answer.rows)) {
      const block = this.blocks.get(code);
      if (!block) continue;
      dom.seen(block).value = row;
      this.onServer.add(code);
    }
    this.receipts = await this.keeper.receipts(this.about);
    if (answer.receipt) this.latest = answer.receipt;
    this.said = "";
    this.state = answer.sent ? "sent" : "saved";
    if (answer.sent && document.visibilityState === "visible") this.leaveWith(answer.receipt);
  }

  /** As the form without script: the page that says what was sent, with its receipt. */
  leaveWith(receipt) {
    const to = new URL(this.form.action);
    to.search = new URLSearchParams({ set: this.about.set, day: this.about.day, receipt: receipt ?? "none" });
    location.assign(to);
  }

  async refused({ item, answer }) {
    const problems = answer.problems ?? [];
    for (const draft of await this.keeper.drafts(this.about)) if (draft.held && this.blocks.has(draft.code)) this.putBack(draft);
    if (item.route === "figures") {
      for (const one of problems.filter(({ facts }) => this.blocks.has(facts?.indicator) && !this.held.has(facts.indicator)))
        dom.showProblems(this.blocks.get(one.facts.indicator), one.facts.indicator, [{ name: one.facts.field, text: one.text, mend: one.mend }]);
      this.askWhy(problems);
    }
    this.said = problems[0]?.text ?? this.words("refused");
    this.state = "refused";
    this.form.querySelector("[aria-invalid=true]")?.focus();
  }

  askWhy(problems) {
    if (!problems.some(({ code }) => code.startsWith("figure.reason"))) return;
    const place = this.form.querySelector("[data-why]");
    place.hidden = false;
    place.querySelector("input").focus();
  }

  /** The bar, and the place of every figure. */
  async show() {
    const open = await this.saving.open([this.about]);
    const device = new Set([...open.values()].map(({ code }) => code));
    const server = [...this.blocks.keys()].filter((code) => !device.has(code) && (this.receipts.has(code) || this.onServer.has(code)));
    for (const [code, block] of this.blocks) this.showPlace(code, block, device);
    this.bar({ state: this.state, device: [...device].filter((code) => this.blocks.has(code)), server, receipt: this.latest, lasting: this.store.lasting, said: this.said });
  }

  showPlace(code, block, device) {
    const receipt = this.receipts.get(code);
    if (device.has(code)) dom.showWhere(block, "device", this.words(this.held.has(code) ? "where.held" : this.state === "sending" ? "where.sending" : "where.device"));
    else if (receipt?.number) dom.showWhere(block, receipt.sent ? "sent" : "server", this.words(receipt.sent ? "where.sent" : "where.server"), receipt.number);
    else if (receipt || this.onServer.has(code)) dom.showWhere(block, "server", this.words("where.server_before"));
  }
}
