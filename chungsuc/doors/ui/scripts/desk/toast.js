// A short word at the foot of the page; it says what has happened and goes by itself.

const SHOWN = 6000;

/** Say something. @param {string} words */
export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const box = document.createElement("p");
  box.className = "toast";
  box.textContent = words;
  place.append(box);
  setTimeout(() => box.remove(), SHOWN);
}

/** Say what the page before wanted said (kept in this tab only). */
export function restore() {
  try {
    const words = sessionStorage.getItem("toast");
    sessionStorage.removeItem("toast");
    if (words) toast(words);
  } catch {
    // storage is closed: nothing to say
  }
}
