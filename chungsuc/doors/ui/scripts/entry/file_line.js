// One file in the list of a field: its name, how far it is, and what can be done with it.
import { button } from "./form.js";

/** @returns {object} the line: say, at, fail, done, away, and the buttons' handlers `onPause`, `onCancel`. */
export function fileLine(list, name, words) {
  const [item, title, state, bar] = ["li", "span", "span", "progress"].map((tag) => document.createElement(tag));
  const line = { onPause: null, onCancel: null, paused: false };
  const pause = button(words("file.pause"), () => line.onPause?.());
  const cancel = button(words("file.cancel"), () => (line.onCancel ? line.onCancel() : item.remove()));
  title.textContent = name;
  title.className = "file-name";
  state.className = "quiet";
  Object.assign(bar, { max: 100, value: 0 });
  bar.setAttribute("aria-label", name);
  pause.hidden = true;
  item.append(title, state, pause, cancel, bar);
  for (const one of [pause, cancel]) one.setAttribute("aria-label", `${one.textContent}: ${name}`);
  list.append(item);
  return Object.assign(line, {
    say: (text) => state.textContent !== text && (state.textContent = text),
    at: (share) => (bar.value = share),
    going: () => (pause.hidden = false),
    hold(paused) {
      line.paused = paused;
      pause.textContent = words(paused ? "file.resume" : "file.pause");
      pause.setAttribute("aria-label", `${pause.textContent}: ${name}`);
    },
    done(address) {
      const link = Object.assign(document.createElement("a"), { href: address, textContent: name });
      title.replaceChildren(address ? link : name);
      state.textContent = words("file.done");
      for (const one of [pause, cancel, bar]) one.remove();
    },
    fail(text) {
      state.textContent = text;
      state.className = "wrong";
      for (const one of [pause, bar]) one.remove();
      line.onCancel = null;
    },
    away: () => item.remove(),
  });
}
