// The form in the page: what stands in its fields, and how verdicts, problems and places are shown.

/** What the form is about. */
export const about = (form) => ({ unit: form.dataset.unit, set: form.dataset.set, day: form.dataset.day });

/** Every indicator block by its code. */
export function blocks(form) {
  return new Map([...form.querySelectorAll("[data-indicator]")].map((block) => [block.dataset.indicator, block]));
}

/** The inputs of one block by the name that the server knows: value, num, den, part:…, na. Radios: all of them. */
export function inputs(block, code, stem = "f:") {
  const own = `${stem}${code}`;
  return [...block.querySelectorAll("input[name], select[name]")]
    .filter(({ name }) => name === own || name.startsWith(`${own}:`))
    .map((input) => ({ input, name: input.name.slice(own.length + 1) || "value" }));
}

/** The texts as typed in one block; empty ones are left out. */
export function typed(block, code, stem) {
  const field = {};
  for (const { input, name } of inputs(block, code, stem)) {
    if (input.type === "radio" && !input.checked) continue;
    if (input.value.trim()) field[name] = input.value.trim();
  }
  return field;
}

/** Put texts into a block, as if typed. */
export function fill(block, code, field, stem) {
  for (const { input, name } of inputs(block, code, stem)) {
    if (input.type === "radio") input.checked = input.value === field[name];
    else if (input.value.trim() !== (field[name] ?? "")) input.value = field[name] ?? "";
    if (name === "na" && field.na && input.closest("details")) input.closest("details").open = true;
  }
}

/** The number of the draft row that the page last saw. */
export const seen = (block) => block.querySelector('[name^="seen:"], [name*=":seen:"]');

/** Show a verdict beside the field: shape, and the sentence. */
export function showVerdict(block, verdict, sentence) {
  const mark = block.querySelector("[data-mark]");
  if (mark) mark.className = `mark ${verdict}`;
  const place = block.querySelector("[data-verdict]");
  if (place && place.textContent !== sentence) place.textContent = sentence;
}

/**
 * Say under the field what does not fit.
 * @param {{name?: string, text: string, mend?: string, actions?: [string, () => void][]}[]} problems
 */
export function showProblems(block, code, problems) {
  const place = block.querySelector("[data-problem]");
  const told = JSON.stringify(problems);
  if (place.dataset.told === told) return; // a button under the finger stays the same button
  place.dataset.told = told;
  place.replaceChildren(...problems.map(line));
  const wrong = new Set(problems.map(({ name }) => name ?? "value"));
  const own = inputs(block, code);
  for (const { input, name } of own) mark(input, wrong.has(name));
  if (problems.length && !own.some(({ name }) => wrong.has(name)) && own.length) mark(own[0].input, true);
}

function mark(input, wrong) {
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function line({ text, mend, actions = [] }) {
  const said = document.createElement("div");
  const words = document.createElement("p");
  words.className = "wrong";
  words.textContent = mend ? `${text} ${mend}` : text;
  said.append(words);
  if (actions.length) {
    const choices = document.createElement("p");
    choices.className = "ways";
    choices.append(...actions.map(([label, act]) => button(label, act)));
    said.append(choices);
  }
  return said;
}

/** A plain button that does not send the form. */
export function button(label, act, kind = "button plain") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

/** Say under the field where the figure is: on the device, on its way, at the server with its receipt. */
export function showWhere(block, state, text, receipt) {
  let place = block.querySelector("[data-where]");
  if (!place) {
    place = document.createElement("p");
    place.dataset.where = "";
    place.className = "where";
    block.querySelector("[data-problem]").after(place);
  }
  if (place.dataset.where === state && place.dataset.said === text + (receipt ?? "")) return;
  Object.assign(place.dataset, { where: state, said: text + (receipt ?? "") });
  place.replaceChildren(text);
  if (receipt) {
    const link = document.createElement("a");
    link.href = `/entry/receipts/${receipt}`;
    link.textContent = receipt;
    place.append(" ", link);
  }
}
