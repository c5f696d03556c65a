// What is typed and where it is: on the device only, on its way, at the server. Drafts become commands here and
// the server's answers are taken in. Without DOM and network.
import { formOf, keyOf, same, sameForm } from "./store.js";

const CONFLICT = "draft.changed_elsewhere";

export class Keeper {
  /** @param {object} parts {store, queue, who, now} */
  constructor({ store, queue, who, now = Date.now }) {
    Object.assign(this, { store, queue, who, now });
  }

  #key = (about, code) => keyOf(this.who, about, code);

  /** Everything of this person that the server has not confirmed; of one form, where it is named. */
  async drafts(about) {
    return (await this.store.all("drafts")).filter((one) => one.who === this.who && (!about || sameForm(one, about)));
  }

  /**
   * Keep what stands in a field. `base`: the server's row that the person had before them (0: none); the first one
   * stays until the server answers, so that a change made elsewhere meanwhile is noticed, even days later.
   */
  keep(about, code, field, base, at = this.now()) {
    const key = this.#key(about, code);
    return this.store.change("drafts", key, (there) => {
      if (there && there.at > at) return there;
      const held = there?.held?.conflict || (there?.held && same(there.field, field)) ? there.held : undefined;
      return { key, who: this.who, ...formOf(about), code, field, base: there ? there.base : base, at, held };
    });
  }

  /** A command for the drafts of a form, unless one is on its way already. Resolves to the command or null. */
  async push(about) {
    const busy = (await this.queue.waiting()).some((one) => one.route === "drafts" && !one.refused && sameForm(one.body, about));
    const open = busy ? [] : (await this.drafts(about)).filter((one) => !one.held);
    if (!open.length) return null;
    const fields = Object.fromEntries(open.map(({ code, field }) => [code, Object.keys(field).length ? field : null]));
    const seen = Object.fromEntries(open.map(({ code, base }) => [code, base]));
    return this.queue.add("drafts", { ...formOf(about), fields, seen });
  }

  /** Commands for the drafts of every form. */
  async pushAll() {
    const forms = new Map((await this.drafts()).map((one) => [this.#key(one, ""), one]));
    for (const one of forms.values()) await this.push(one);
  }

  /** The server took a command in: what still stands as it was sent is no longer the device's alone. */
  async taken(item, answer) {
    for (const [code, field] of Object.entries(item.body.fields)) {
      const key = this.#key(item.body, code);
      const row = answer.rows[code] ?? 0;
      await this.store.change("drafts", key, (there) => {
        if (!there || same(there.field, field)) return undefined;
        return { ...there, base: there.base === item.body.seen[code] ? row : there.base };
      });
      const receipt = { key, who: this.who, ...formOf(item.body), code, row, number: answer.receipt, at: answer.at, sent: answer.sent };
      await this.store.change("receipts", key, (there) => (answer.receipt === null && there ? { ...there, row } : receipt));
    }
  }

  /** The server refused a command: the fields that it names are held back, the others go on without them. */
  async refused(item, answer) {
    await this.queue.drop(item.command);
    const problems = answer.problems ?? [];
    const named = problems.filter((one) => one.facts?.indicator in item.body.fields);
    const all = () => Object.keys(item.body.fields).map((code) => ({ ...problems[0], facts: { indicator: code } }));
    const figures = item.route === "figures"; // refused figures stay drafts; only two texts in one field hold them back
    const told = figures ? named.filter(({ code }) => code === CONFLICT) : named.length ? named : all();
    for (const problem of told) await this.#hold(item, problem);
  }

  async #hold({ body }, { code: word, text = "", mend, facts }) {
    const { indicator: code, theirs, row } = facts;
    const conflict = word === CONFLICT;
    const held = { conflict, code: word, text, mend: conflict ? "" : (mend ?? ""), ...(conflict ? { theirs, row } : {}) };
    const key = this.#key(body, code);
    const own = { key, who: this.who, ...formOf(body), code, field: body.fields[code] ?? {}, base: body.seen[code], at: this.now() };
    await this.store.change("drafts", key, (there) => ({ ...(there ?? own), held }));
  }

  /** Two texts in one field: the person chose. The choice is kept. Resolves to the draft that goes on, or null. */
  async choose(draft, which) {
    await this.store.put("choices", { ...draft, which, chosen: this.now() });
    const to = (there) => (there && which === "mine" ? { ...there, base: draft.held.row, held: undefined } : undefined);
    return (await this.store.change("drafts", draft.key, to)) ?? null;
  }

  /** Give a draft up, and the command that was to carry it; what else that command held makes another. */
  async drop(draft) {
    await this.store.remove("drafts", draft.key);
    for (const { command, route, body } of await this.queue.waiting())
      if (route === "drafts" && sameForm(body, draft) && draft.code in body.fields) await this.queue.drop(command);
  }

  /** Receipts of a form, by indicator. */
  async receipts(about) {
    const own = (await this.store.all("receipts")).filter((one) => one.who === this.who && sameForm(one, about));
    return new Map(own.map((one) => [one.code, one]));
  }
}
