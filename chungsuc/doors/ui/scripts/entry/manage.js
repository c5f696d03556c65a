// What is on the device and not yet on the server, as a list: look at it, save it to a file, give one entry up.

/** Put a small button into the bar that opens the list. */
export function manage(bar, store, queue, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = words.manage.open;
  bar.querySelector("[data-saved-words]").after(button);
  button.addEventListener("click", () => open(store, queue, words.manage));
}

async function open(store, queue, words) {
  const box = document.createElement("dialog");
  const title = document.createElement("h2");
  title.textContent = words.title;
  const list = document.createElement("ul");
  list.className = "hits";
  const drafts = await store.all("drafts");
  const waiting = await queue.waiting();
  const files = await store.all("files");
  const lines = [
    ...drafts.map((one) => [`${one.unit} · ${one.day} · ${one.code}: ${Object.values(one.field).join(" / ")}`, () => store.remove("drafts", one.key)]),
    ...waiting.map((one) => [`${one.body.unit} · ${one.body.day} · ${Object.keys(one.body.fields).join(", ")}`, () => queue.drop(one.command)]),
    ...files.map((one) => [one.name, () => store.remove("files", one.command)]),
  ];
  list.append(...lines.map(([text, drop]) => entry(text, drop, words)));
  const none = document.createElement("p");
  none.textContent = lines.length ? words.hint : words.none;
  box.append(title, none, list, ...buttons(box, { drafts, waiting: waiting.map(({ body }) => body) }, words));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function entry(text, drop, words) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = words.drop;
  button.addEventListener("click", async () => {
    await drop();
    item.remove();
  });
  item.append(`${text} `, button);
  return item;
}

function buttons(box, content, words) {
  const save = document.createElement("a");
  save.className = "button plain";
  save.download = "chungsuc-du-lieu-tren-may.json";
  save.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  save.textContent = words.save;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => box.close());
  return [save, " ", close];
}
