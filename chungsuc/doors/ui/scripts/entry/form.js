// The form in the page: what stands in its fields, and how verdicts and problems are shown.

/** What the form is about. */
export const about = (form) => ({ unit: form.dataset.unit, set: form.dataset.set, day: form.dataset.day });

/** Every indicator block by its code. */
export function blocks(form) {
  return new Map([...form.querySelectorAll("[data-indicator]")].map((block) => [block.dataset.indicator, block]));
}

/** The texts as typed in one block: {value, num, den, part:…, na}; empty ones are left out. */
export function typed(block, code, stem = "f:") {
  const field = {};
  for (const input of block.querySelectorAll(`[name^="${CSS.escape(stem)}"]`)) {
    if (!input.name.startsWith(`${stem}${code}`) || (input.type === "radio" && !input.checked)) continue;
    const name = input.name.slice(stem.length + code.length).replace(/^:/, "") || "value";
    if (input.value.trim()) field[name] = input.value.trim();
  }
  return field;
}

/** Put texts into a block, as if typed. */
export function fill(block, code, field, stem = "f:") {
  for (const input of block.querySelectorAll(`[name^="${CSS.escape(stem)}"]`)) {
    if (!input.name.startsWith(`${stem}${code}`)) continue;
    const name = input.name.slice(stem.length + code.length).replace(/^:/, "") || "value";
    if (input.type === "radio") input.checked = input.value === field[name];
    else input.value = field[name] ?? "";
    if (name === "na" && field.na) input.closest("details").open = true;
  }
}

/** The number of the draft row that the page last saw. */
export const seen = (block) => block.querySelector('[name^="seen:"]');

/** Show a verdict beside the field: shape, and the sentence. */
export function showVerdict(block, verdict, sentence) {
  const mark = block.querySelector("[data-mark]");
  if (mark) mark.className = `mark ${verdict}`;
  const place = block.querySelector("[data-verdict]");
  if (place && place.textContent !== sentence) place.textContent = sentence;
}

/** Say under the field what does not fit: [{text, mend, actions: [[label, act]]}]. */
export function showProblems(block, problems) {
  const place = block.querySelector("[data-problem]");
  if (!place) return;
  place.replaceChildren(...problems.map(({ text, mend, actions = [] }) => {
    const line = document.createElement("p");
    line.className = "wrong";
    line.textContent = mend ? `${text} ${mend}` : text;
    for (const [label, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button plain";
      button.textContent = label;
      button.addEventListener("click", act);
      line.append(" ", button);
    }
    return line;
  }));
  for (const input of block.querySelectorAll("input:not([type=hidden]):not([type=file])")) input.toggleAttribute("aria-invalid", false);
  if (problems.length) block.querySelector("input:not([type=hidden])")?.setAttribute("aria-invalid", "true");
}

/** Two fields say the same. */
export const same = (one, other) => JSON.stringify(Object.entries(one ?? {}).sort()) === JSON.stringify(Object.entries(other ?? {}).sort());
