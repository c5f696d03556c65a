// What every page of the desk has: search suggestions, "/" to search, the theme without a reload. All works without it.
import { suggest } from "./search/combobox.js";
import { followTheme } from "./desk/theme.js";
import { restore } from "./desk/toast.js";

document.documentElement.classList.add("scripted");
document.querySelectorAll("form[role=search]").forEach(suggest);
followTheme();
restore();

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("#q-page") ?? document.querySelector("#q");
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
