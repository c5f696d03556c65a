// What is typed and where it is: on the device only, on its way, at the server. Drafts become commands here and
// the server's answers are taken in. Without DOM and network.
import { formOf, keyOf, same, sameForm } from "./store.js";

/**
 * @param {object} parts {store, queue, who, now}
 */
export function makeKeeper({ store, queue, who, now = Date.now }) {
  const of = (about, code) => keyOf(who, about, code);

  /** Everything of this person that the server has not confirmed; of one form, where it is named. */
  async function drafts(about) {
    return (await store.all("drafts")).filter((one) => one.who === who && (!about || sameForm(one, about)));
  }

  /**
   * Keep what stands in a field. `base`: the server's row that the person had before them (0: none); the first one
   * stays until the server answers, so that a change made elsewhere meanwhile is noticed, even days later.
   */
  function keep(about, code, field, base, at = now()) {
    const to = (there) => {
      if (there && there.at > at) return there;
      const held = there?.held?.conflict || (there?.held && same(there.field, field)) ? there.held : undefined;
      return { key: of(about, code), who, ...formOf(about), code, field, base: there ? there.base : base, at, held };
    };
    return store.change("drafts", of(about, code), to);
  }

  /** A command for the drafts of a form, unless one is on its way already. Resolves to the command or null. */
  async function push(about) {
    const busy = (await queue.waiting()).some((one) => one.route === "drafts" && !one.refused && sameForm(one.body, about));
    const open = busy ? [] : (await drafts(about)).filter((one) => !one.held);
    if (!open.length) return null;
    const fields = Object.fromEntries(open.map(({ code, field }) => [code, Object.keys(field).length ? field : null]));
    return queue.add("drafts", { ...formOf(about), fields, seen: Object.fromEntries(open.map(({ code, base }) => [code, base])) });
  }

  /** Commands for the drafts of every form. */
  async function pushAll() {
    const forms = new Map((await drafts()).map((one) => [keyOf(who, one, ""), one]));
    for (const one of forms.values()) await push(one);
  }

  /** The server took a command in: what still stands as it was sent is no longer the device's alone. */
  async function taken(item, answer) {
    for (const [code, field] of Object.entries(item.body.fields)) {
      const key = of(item.body, code);
      const row = answer.rows[code] ?? 0;
      await store.change("drafts", key, (there) => {
        if (!there || same(there.field, field)) return undefined;
        return { ...there, base: there.base === item.body.seen[code] ? row : there.base };
      });
      const receipt = { key, who, ...formOf(item.body), code, row, number: answer.receipt, at: answer.at, sent: answer.sent };
      await store.change("receipts", key, (there) => (answer.receipt === null && there ? { ...there, row } : receipt));
    }
  }

  /** The server refused a command: the fields that it names are held back, the others go on without them. */
  async function refused(item, answer) {
    await queue.drop(item.command);
    const named = (answer.problems ?? []).filter((one) => one.facts?.indicator in item.body.fields);
    const told = named.length ? named : Object.keys(item.body.fields).map((code) => ({ ...answer.problems?.[0], facts: { indicator: code } }));
    if (item.route === "figures" && !named.some(({ code }) => code === "draft.changed_elsewhere")) return;
    for (const problem of told) await hold(item, problem);
  }

  async function hold(item, problem) {
    const code = problem.facts.indicator;
    const conflict = problem.code === "draft.changed_elsewhere";
    if (item.route === "figures" && !conflict) return;
    const held = { conflict, code: problem.code, text: problem.text ?? "", mend: conflict ? "" : (problem.mend ?? ""), ...(conflict ? { theirs: problem.facts.theirs, row: problem.facts.row } : {}) };
    await store.change("drafts", of(item.body, code), (there) => {
      const own = there ?? { key: of(item.body, code), who, ...formOf(item.body), code, field: item.body.fields[code] ?? {}, base: item.body.seen[code], at: now() };
      return { ...own, held };
    });
  }

  /** Two texts in one field: the person chose. The choice is kept. Resolves to the draft that goes on, or null. */
  async function choose(draft, which) {
    await store.put("choices", { ...draft, which, chosen: now() });
    const to = (there) => (there && which === "mine" ? { ...there, base: draft.held.row, held: undefined } : undefined);
    return (await store.change("drafts", draft.key, to)) ?? null;
  }

  /** Give a draft up. */
  const drop = (key) => store.remove("drafts", key);

  /** Receipts of a form, by indicator. */
  async function receipts(about) {
    const own = (await store.all("receipts")).filter((one) => one.who === who && sameForm(one, about));
    return new Map(own.map((one) => [one.code, one]));
  }

  return { drafts, keep, push, pushAll, taken, refused, choose, drop, receipts };
}
