// Below the table: totals of each column; above the bar: what is to be said of the chosen cells.
import { button } from "../entry/form.js";
import { amount } from "../judge/number.js";
import { chosenTotals, columnTotals } from "./totals.js";

export class Foot {
  constructor(form, table, words, lang) {
    Object.assign(this, { table, words, lang, asked: 0 });
    const foot = form.querySelector("table").createTFoot();
    this.rows = ["filled", "met"].map((name) => this.line(foot, name, form));
    this.says = document.createElement("div");
    this.says.className = "cell-says";
    this.text = document.createElement("p");
    this.ways = document.createElement("p");
    this.sums = document.createElement("p");
    this.ways.className = "ways";
    this.sums.className = "quiet num";
    this.says.append(this.text, this.ways, this.sums);
    form.querySelector("[data-saved]").prepend(this.says);
  }

  line(foot, name, form) {
    const row = foot.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = this.words(`grid.${name}`);
    row.append(head);
    this.codes = [...form.querySelectorAll("tbody tr[data-unit]:first-child td[data-indicator]")].map((td) => td.dataset.indicator);
    for (const _ of [...this.codes, "whole"]) row.insertCell();
    return row;
  }

  /** Count again, once per frame however much changed. */
  count() {
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => this.counted());
  }

  counted() {
    const all = this.table.size.rows;
    this.codes.forEach((code, nth) => {
      const cells = this.table.cells.map((row) => row.filter((cell) => cell.code === code));
      const filled = cells.filter((row) => row.every((cell) => cell.text())).length;
      const met = cells.filter(([first]) => first?.td.querySelector("[data-mark]").classList.contains("met")).length;
      this.write(0, nth, `${filled}/${all}${this.sumOf(cells.flat())}`);
      this.write(1, nth, String(met));
    });
    const whole = this.table.rows.filter((row) => row.querySelector("[data-criterion] .mark")?.classList.contains("met")).length;
    this.write(1, this.codes.length, String(whole));
  }

  write(row, column, text) {
    const cell = this.rows[row].cells[column + 1];
    if (cell.textContent !== text) cell.textContent = text;
  }

  /** Where counts were given: all that meet it of all, and their share. */
  sumOf(cells) {
    const { num, den } = columnTotals(cells.map((cell) => cell.text()));
    if (den.eq(0)) return "";
    return ` · ${amount(num, this.lang)}/${amount(den, this.lang)} = ${amount(num.times(100).div(den), this.lang, 2)}%`;
  }

  chosen({ top, left, bottom, right }) {
    const many = top !== bottom || left !== right;
    const found = many ? chosenTotals(this.table.texts({ top, left, bottom, right }).flat(), this.lang) : null;
    this.sums.textContent = found ? this.words("grid.chosen", found) : "";
  }

  say(text, actions, wrong) {
    if (this.text.textContent !== text) this.text.textContent = text;
    this.text.classList.toggle("wrong", wrong);
    this.ways.replaceChildren(...actions.map(([label, act]) => button(label, act)));
  }
}
