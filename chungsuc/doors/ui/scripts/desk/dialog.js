// Native dialogs: a link to their address opens them (`data-opens`), a link inside closes them (`data-shuts`).

/** Open as modal, so that focus stays inside and Escape closes. */
export function followDialogs() {
  document.addEventListener("click", (event) => {
    const opens = event.target.closest?.("[data-opens]");
    const dialog = opens && document.getElementById(new URL(opens.href).hash.slice(1));
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    const shuts = event.target.closest?.("[data-shuts]");
    if (shuts) {
      event.preventDefault();
      shuts.closest("dialog")?.close();
    }
  });
}
