// The matrix with script: choose and sort at once, a cell explains itself, arrows move, Esc closes.
import { reasonsOf } from "./matrix/cells.js";
import { choose } from "./matrix/choose.js";
import { Grid } from "./matrix/grid.js";
import { Panel } from "./matrix/panel.js";
import { Tip } from "./matrix/tip.js";

const table = document.querySelector("[data-matrix]");
if (table) {
  choose(table, document.querySelector("[data-choose]"));
  new Panel(table, document.querySelector("[data-beside]"), new Grid(table));
  new Tip(table, reasonsOf(table));
}
