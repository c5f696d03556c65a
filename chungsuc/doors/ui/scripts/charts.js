// Small lines through time. Each figure draws one column of the table beside it, which works without script too.
import { drawAll } from "./charts/draw.js";

drawAll(document.querySelectorAll("[data-plot]"));
