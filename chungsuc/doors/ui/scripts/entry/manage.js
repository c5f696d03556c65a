// What is on the device and not yet on the server, as a list: look at it, save it to a file, take one back in, give up.
import { button } from "./form.js";
import { packed, unpacked } from "./parcel.js";

/** Put a small button into the bar that opens the list. */
export function manage(bar, parts) {
  const { words } = parts;
  const opener = button(words("manage.open"), () => open(parts), "button plain small");
  opener.setAttribute("aria-haspopup", "dialog");
  bar.querySelector("[data-saved-words]").after(opener);
}

async function open(parts) {
  const { words } = parts;
  const box = document.createElement("dialog");
  const state = { changed: false };
  box.setAttribute("aria-labelledby", "manage-title");
  const title = Object.assign(document.createElement("h2"), { id: "manage-title", textContent: words("manage.title") });
  const lines = await everything(parts);
  const list = document.createElement("ul");
  list.className = "device-list";
  list.append(...lines.map((one) => entry(one, words, state)));
  const hint = Object.assign(document.createElement("p"), { className: "quiet", textContent: words(lines.length ? "manage.hint" : "manage.none") });
  const said = Object.assign(document.createElement("p"), { className: "wrong" });
  said.setAttribute("role", "status");
  box.append(title, hint, list, said, await buttons(box, parts, said, state));
  box.addEventListener("close", () => {
    box.remove();
    if (state.changed) location.reload();
  });
  document.body.append(box);
  box.showModal();
}

/** Everything of this person: what it is, and how to give it up. */
async function everything({ keeper, queue, evidence, store, words }) {
  const [drafts, waiting, files] = await Promise.all([keeper.drafts(), queue.waiting(), evidence ? evidence.files() : []]);
  const sent = waiting.filter(({ route }) => route === "figures");
  const day = (iso) => iso.split("-").reverse().join("/");
  return [
    ...drafts.map((one) => ({ what: `${one.code}: ${Object.values(one.field).join(" / ") || words("nothing")}`, where: `${one.unit} · ${day(one.day)}`, why: one.held?.text, drop: () => keeper.drop(one) })),
    ...sent.map((one) => ({ what: words("manage.figures", { codes: Object.keys(one.body.fields).join(", ") }), where: `${one.body.unit} · ${day(one.body.day)}`, drop: () => queue.drop(one.command) })),
    ...files.map((one) => ({ what: one.name, where: `${one.facts.indicator} · ${one.facts.unit}`, drop: () => store.remove("files", one.command) })),
  ];
}

function entry({ what, where, why, drop }, words, state) {
  const item = document.createElement("li");
  const text = Object.assign(document.createElement("span"), { textContent: what });
  const place = Object.assign(document.createElement("span"), { className: "quiet", textContent: where });
  let sure = false;
  const giveUp = button(words("manage.drop"), async () => {
    if (!sure) {
      sure = true;
      giveUp.textContent = words("manage.sure");
      return;
    }
    await drop();
    state.changed = true;
    item.remove();
  }, "button plain small");
  item.append(text, place, giveUp);
  if (why) item.append(Object.assign(document.createElement("span"), { className: "wrong", textContent: why }));
  return item;
}

async function buttons(box, { keeper, queue, saving, words, who }, said, state) {
  const row = document.createElement("p");
  row.className = "entry-buttons";
  const content = packed(who, await keeper.drafts(), await queue.waiting(), new Date());
  const save = Object.assign(document.createElement("a"), { className: "button plain", download: `chungsuc-${content.saved.slice(0, 10)}.json`, textContent: words("manage.save") });
  save.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  const picker = Object.assign(document.createElement("input"), { type: "file", accept: "application/json,.json", className: "unseen", tabIndex: -1 });
  picker.setAttribute("aria-hidden", "true");
  picker.addEventListener("change", async () => {
    const found = unpacked(await picker.files[0].text(), who);
    if (found.problem) return void (said.textContent = words(`manage.${found.problem}`));
    for (const { unit, set, day, code, field, base, at } of found.drafts) await keeper.keep({ unit, set, day }, code, field, base, at);
    state.changed = true;
    await saving.send();
    box.close();
  });
  row.append(save, button(words("manage.load"), () => picker.click()), picker, button(words("manage.close"), () => box.close(), "button"));
  return row;
}
