// What every page of the desk has: search suggestions, "/" to search, menu, dialogs, the theme without a reload.
// All of it works without script too.
import { suggest } from "./search/combobox.js";
import { tidyQuestions } from "./desk/ask.js";
import { followDialogs } from "./desk/dialog.js";
import { followMenu } from "./desk/menu.js";
import { restScrolls } from "./desk/scroll.js";
import { followTheme } from "./desk/theme.js";
import { restore } from "./desk/toast.js";

document.documentElement.classList.add("scripted");
document.querySelectorAll("form[role=search]").forEach(suggest);
followTheme();
followMenu();
followDialogs();
tidyQuestions();
restScrolls();
restore();
document.querySelector("#problems")?.focus({ preventScroll: true });

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
