// The question of a page: its address stays short, and the day that is shown stands in sight.

/** Leave out what was left empty; bring the chosen day of the strip into sight. */
export function tidyQuestions() {
  for (const form of document.querySelectorAll("[data-ask], .filters")) {
    const silence = (off) => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = off;
    };
    form.addEventListener("submit", () => silence(true));
    addEventListener("pageshow", () => silence(false));
  }
  for (const strip of document.querySelectorAll("[data-days]")) {
    const day = strip.querySelector("[aria-current]");
    if (day) strip.scrollLeft = day.offsetLeft - strip.offsetLeft - (strip.clientWidth - day.offsetWidth) / 2;
  }
}
