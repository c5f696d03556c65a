// The board's one script: a button that prints, seen only where it works.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
