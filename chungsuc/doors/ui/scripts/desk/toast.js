// A short word at the foot of the page; it says what has happened and goes by itself.

const SHOWN = 6000;

/** Say something. `kind`: done, wrong or note. @param {string} words @param {string} [kind] */
export function toast(words, kind = "done") {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const box = document.createElement("p");
  box.className = `toast ${kind}`;
  box.textContent = words;
  place.append(box);
  // Time to read: longer for longer words, and never while the pointer rests on it.
  const go = () => (box.matches(":hover") ? setTimeout(go, SHOWN) : box.remove());
  setTimeout(go, Math.max(SHOWN, words.length * 90));
}

/** Say it on the page that comes next (kept in this tab only). */
export function toastNext(words) {
  try {
    sessionStorage.setItem("toast", words);
  } catch {
    // storage is closed: the page itself says what has happened
  }
}

/** Say what the page before wanted said. */
export function restore() {
  try {
    const words = sessionStorage.getItem("toast");
    sessionStorage.removeItem("toast");
    if (words) toast(words);
  } catch {
    // storage is closed: nothing to say
  }
}
