// Light and dark: the link that sets the cookie works by itself; with script the page changes at once.

const root = document.documentElement;
const YEAR = 31536000;

/** The value of a design token as the page shows it now. */
export function token(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

function changed() {
  const sheet = token("--sheet");
  document.querySelectorAll("meta[name=theme-color]").forEach((meta) => meta.setAttribute("content", sheet));
  document.dispatchEvent(new CustomEvent("themechange"));
}

/** Change the theme in place, remember it, and tell whoever draws (`themechange` on document). */
export function followTheme() {
  for (const link of document.querySelectorAll("[data-theme-to]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const to = link.dataset.themeTo;
      root.dataset.theme = to;
      document.querySelector("meta[name=color-scheme]")?.setAttribute("content", to);
      document.cookie = `theme=${to}; path=/; max-age=${YEAR}; samesite=lax`;
      // The link that was pressed gives way to its twin: the keyboard stays where it was.
      link.parentElement.querySelector(`[data-theme-to=${to === "dark" ? "light" : "dark"}]`)?.focus();
      changed();
    });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
