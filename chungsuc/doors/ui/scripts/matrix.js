// The matrix with script: choose and sort at once, a cell explains itself beside the table, arrows move, Esc closes.
import { choose } from "./matrix/choose.js";
import { explain } from "./matrix/explain.js";

const table = document.querySelector("[data-matrix]");
if (table) {
  choose(table, document.querySelector("[data-choose]"));
  explain(table, document.querySelector("[data-beside]"));
}
