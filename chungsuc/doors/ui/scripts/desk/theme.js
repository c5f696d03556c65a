// Light and dark: the link that sets the cookie works by itself; with script the page changes at once.

const root = document.documentElement;

/** The value of a design token as the page shows it now. */
export function token(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

/** Change the theme in place, remember it, and tell whoever draws (`themechange` on document). */
export function followTheme() {
  document.querySelector("[data-theme-to]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const link = event.currentTarget;
    const to = link.dataset.themeTo;
    root.dataset.theme = to;
    document.cookie = `theme=${to}; path=/; max-age=31536000; samesite=lax`;
    const other = to === "dark" ? "light" : "dark";
    link.dataset.themeTo = other;
    link.querySelector("use").setAttribute("href", link.querySelector("use").getAttribute("href").replace(/#.*/, other === "dark" ? "#moon" : "#sun"));
    document.dispatchEvent(new CustomEvent("themechange"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("themechange")));
}
