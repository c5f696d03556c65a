// The grid at work: each commune a form of its own, judged while one types, saved through the same queue.
import * as dom from "../entry/form.js";
import { page } from "../entry/line.js";
import { makeJudge } from "../entry/live.js";
import { definitionAt } from "../entry/documents.js";
import { keyOf, same, sameForm } from "../entry/store.js";
import { layOut } from "./laying.js";
import { Sheet } from "./sheet.js";
import { Foot } from "./foot.js";
import { Table } from "./table.js";

export class GridDesk {
  /**
   * @param {HTMLFormElement} form
   * @param {object} parts {saving, keeper, store, words, bar, voice, who, newId}
   */
  constructor(form, parts) {
    Object.assign(this, parts, { form, lang: form.dataset.lang, state: "quiet", latest: "", said: "" });
    this.table = new Table(form, () => this.again?.());
    this.judges = new Map(); // address -> judge
    this.held = new Map(); // key -> draft that the server did not take
    this.rows = new Map(this.table.rows.map((row) => [row.dataset.unit, row]));
    this.forms = [...this.rows.keys()].map((unit) => this.about(unit));
    this.onServer = new Set();
    this.foot = new Foot(form, this.table, this.words, this.lang);
    this.again = layOut(form.querySelector("table"));
    this.sheet = new Sheet(form, this.table, { changed: (places, how) => this.changed(places, how), chosen: (area, at) => this.chosen(area, at) });
  }

  about(unit) {
    return { unit, set: this.form.dataset.set, day: this.form.dataset.day };
  }

  stem = (unit) => `u:${unit}:f:`;

  td(unit, code) {
    return this.rows.get(unit)?.querySelector(`td[data-indicator="${CSS.escape(code)}"]`);
  }

  async start() {
    const drafts = await this.saving.start();
    const own = drafts.filter((one) => this.td(one.unit, one.code) && sameForm(one, this.about(one.unit)));
    for (const draft of own) this.putBack(draft);
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    if (own.length) this.state = "restored";
    await this.show();
    this.saving.sendLeft();
    await this.judgeAll();
    this.foot.count();
  }

  /** Fetch what the rows are judged by (few documents for many rows) and judge what the device put back. */
  async judgeAll() {
    const addresses = new Set(this.table.rows.map((row) => row.dataset.formUrl));
    const fetched = [...addresses].map(async (address) => this.judges.set(address, makeJudge(await definitionAt(address, this.store))));
    const found = await Promise.allSettled(fetched);
    if (found.some(({ status }) => status === "rejected")) addEventListener("online", () => this.judgeAll(), { once: true });
    for (const draft of (await this.saving.open(this.forms)).values()) this.look(draft.unit, draft.code);
  }

  putBack(draft) {
    const td = this.td(draft.unit, draft.code);
    this.write(td, draft);
    if (draft.held) this.held.set(draft.key, draft);
    else this.held.delete(draft.key);
    this.look(draft.unit, draft.code);
  }

  /** Put texts into a td; where counts came, its box becomes two. */
  write(td, { unit, code, field }) {
    const row = this.table.cells[this.table.rows.indexOf(this.rows.get(unit))];
    for (const cell of row.filter((one) => one.td === td)) {
      const name = cell.stem.slice(this.stem(unit).length + code.length + 1);
      const [num, den] = ["num", "den"].map((ending) => field[name ? `${name}:${ending}` : ending] ?? "");
      cell.write(num || den ? `${num}/${den}` : (field[name || "value"] ?? ""));
    }
  }

  typed = (unit, code) => dom.typed(this.td(unit, code), code, this.stem(unit));

  changed(places, { typing = false } = {}) {
    const touched = new Map(places.map(({ row, column }) => {
      const cell = this.table.cells[row][column];
      return [`${row} ${cell.code}`, { unit: this.table.rows[row].dataset.unit, code: cell.code }];
    }));
    for (const { unit, code } of touched.values()) {
      const key = keyOf(this.who, this.about(unit), code);
      this.saving.type(this.about(unit), code, this.typed(unit, code), Number(dom.seen(this.td(unit, code)).value));
      if (!this.held.get(key)?.held.conflict) this.held.delete(key);
      this.look(unit, code, { typing });
    }
    if (this.tried) this.form.elements.command.value = this.newId(); // what is sent next is another command
    this.tried = false;
    this.said = "";
    this.state = "typing";
    this.foot.count();
    this.show();
  }

  /** Judge a cell and its row. */
  look(unit, code, { typing = false } = {}) {
    const [td, judge] = [this.td(unit, code), this.judges.get(this.rows.get(unit).dataset.formUrl)];
    const held = this.held.get(keyOf(this.who, this.about(unit), code))?.held;
    if (!judge) return this.mark(td, "no_figure", this.words("later"));
    const found = judge.field(code, this.typed(unit, code), this.lang, { done: !typing });
    const wrong = held ? held.text || this.words("refused") : found.problems.map(({ text, mend }) => `${text} ${mend}`.trim()).join(" ");
    this.mark(td, found.verdict, wrong || found.sentence);
    const names = new Set(found.problems.map(({ name }) => name));
    for (const { input, name } of dom.inputs(td, code, this.stem(unit))) {
      if (input.type === "hidden") continue;
      if (wrong && (held || names.has(name))) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    td.classList.toggle("wrong-cell", Boolean(wrong));
    this.wholeRow(unit, judge);
    this.tell();
  }

  mark(td, verdict, said) {
    const mark = td.querySelector("[data-mark]");
    mark.className = `mark ${verdict}`;
    mark.title = said;
    mark.querySelector(".unseen").textContent = this.words(`verdict.${verdict}`);
  }

  wholeRow(unit, judge) {
    const row = this.rows.get(unit);
    const verdicts = new Map([...row.querySelectorAll("td[data-indicator]")].map((td) => [td.dataset.indicator, td.querySelector("[data-mark]").className.replace("mark ", "")]));
    const whole = judge.criterion(Number(this.form.dataset.number), verdicts);
    const place = row.querySelector("[data-criterion]");
    if (!whole || !place) return;
    place.querySelector("[data-mark]").className = `mark ${whole}`;
    place.querySelector("[data-word]").textContent = this.words(`verdict.${whole}`);
  }

  chosen(area, at) {
    this.here = at;
    this.foot.chosen(area);
    this.tell();
  }

  /** What is to be said of the cell under the cursor: its verdict, what does not fit, two texts to choose from. */
  tell() {
    const cell = this.here && this.table.at(this.here);
    if (!cell) return;
    const row = this.table.rows[this.here.row];
    const draft = this.held.get(keyOf(this.who, this.about(row.dataset.unit), cell.code));
    const said = cell.td.querySelector("[data-mark]").title;
    this.foot.say(`${cell.label}: ${said}`, draft?.held.conflict ? this.choices(draft) : [], cell.td.classList.contains("wrong-cell"));
  }

  choices(draft) {
    const told = (field) => Object.values(field ?? {}).map((text) => (["yes", "no"].includes(text) ? this.words(text) : text)).join("/") || this.words("nothing");
    return [
      [this.words("mine", { value: told(this.typed(draft.unit, draft.code)) }), () => this.choose(draft, "mine")],
      [this.words("theirs", { value: told(draft.held.theirs) }), () => this.choose(draft, "theirs")],
    ];
  }

  async choose(draft, which) {
    await this.saving.keep();
    this.held.delete(draft.key);
    dom.seen(this.td(draft.unit, draft.code)).value = String(draft.held.row);
    await this.keeper.choose(draft, which);
    if (which === "theirs") this.write(this.td(draft.unit, draft.code), { ...draft, field: (await this.standing(draft)) ?? draft.held.theirs });
    this.look(draft.unit, draft.code);
    this.state = which === "theirs" ? "saved" : "sending";
    this.said = "";
    await this.show();
    await this.saving.send();
  }

  async standing({ unit, code }) {
    const there = await page(location.href).catch(() => null);
    const td = there?.querySelector(`tr[data-unit="${CSS.escape(unit)}"] td[data-indicator="${CSS.escape(code)}"]`);
    return td ? dom.typed(td, code, this.stem(unit)) : null;
  }

  /** Drafts go by the queue; figures of all communes go at once or not at all, as the form without script. */
  async onSubmit(event) {
    if (this.native) return;
    event.preventDefault();
    this.sheet.commit();
    await this.saving.send();
    if (event.submitter?.value !== "send") return;
    if ((await this.saving.open(this.forms)).size || this.form.querySelector(".wrong-cell")) return this.cannotBeSent();
    this.state = "sending";
    this.tried = true;
    this.show();
    const content = new FormData(this.form, event.submitter);
    const answer = await fetch(this.form.action, { method: "POST", body: new URLSearchParams(content) }).catch(() => null);
    if (answer === null) this.state = "offline";
    else if (new URL(answer.url).pathname === "/sign-in") this.state = "signed_out";
    else if (answer.redirected) return location.assign(answer.url);
    else return this.again(event.submitter);
    return this.show();
  }

  cannotBeSent() {
    if (!["offline", "trouble", "signed_out"].includes(this.state)) this.state = "refused";
    const wrong = this.form.querySelector("[aria-invalid=true]");
    wrong?.focus();
    wrong?.closest("td").scrollIntoView({ block: "center", inline: "nearest" });
    return this.show();
  }

  /** The same form once more the plain way: the browser shows the page that says what is wrong. */
  again(submitter) {
    this.native = true;
    this.form.requestSubmit(submitter);
  }

  async hear(what) {
    const others = what.about && !this.forms.some((about) => sameForm(about, what.about));
    if (what.kind === "state" && !(others && what.state === "sending")) this.state = what.state;
    if (what.kind === "typed" && this.td(what.draft.unit, what.draft.code) && sameForm(what.draft, this.about(what.draft.unit))) this.mirrored(what.draft);
    const mine = what.item && this.rows.has(what.item.body.unit) && sameForm(what.item.body, this.about(what.item.body.unit));
    if (mine) await (what.kind === "taken" ? this.taken(what) : this.refused(what));
    await this.show();
  }

  mirrored(draft) {
    if (same(this.typed(draft.unit, draft.code), draft.field)) return;
    this.putBack(draft);
    this.state = "elsewhere";
  }

  taken({ item, answer }) {
    for (const [code, row] of Object.entries(answer.rows)) {
      const td = this.td(item.body.unit, code);
      if (td) dom.seen(td).value = row;
    }
    this.onServer.add(item.body.unit);
    if (answer.receipt) this.latest = answer.receipt;
    this.said = "";
    this.state = "saved";
  }

  async refused({ item, answer }) {
    const held = (await this.keeper.drafts(item.body)).filter((one) => one.held && this.td(one.unit, one.code));
    for (const draft of held) this.putBack(draft);
    this.said = answer.problems?.[0]?.text ?? this.words("refused");
    this.state = "refused";
  }

  name = (unit) => this.rows.get(unit).querySelector("th").textContent.trim();

  async show() {
    const open = await this.saving.open(this.forms);
    const device = new Map();
    for (const { unit, code } of open.values()) device.set(unit, [...(device.get(unit) ?? []), code]);
    for (const [unit, row] of this.rows) row.classList.toggle("on-device", device.has(unit));
    const server = [...this.onServer].filter((unit) => !device.has(unit)).map(this.name);
    this.bar({ state: this.state, device: [...device.keys()].map(this.name), server, receipt: this.latest, lasting: this.store.lasting, said: this.said });
  }
}
