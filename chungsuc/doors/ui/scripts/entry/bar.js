// The bar at the foot: which figures are only on the device, which the server has, with the receipt number.

/** A bar for a form. @returns {(state: object) => void} */
export function makeBar(place, words) {
  const said = place.querySelector("[data-saved-words]");
  return ({ state, device, receipt, lasting, said: reason }) => {
    const parts = [];
    if (device) parts.push(words.device.replace("{count}", String(device)));
    else if (state === "saved" || state === "sent" || receipt) parts.push(words.server);
    else parts.push(words.quiet);
    if (receipt) parts.push(words.receipt.replace("{number}", receipt));
    if (words.states[state]) parts.push(state === "refused" && reason ? reason : words.states[state]);
    if (!lasting) parts.push(words.not_lasting);
    const text = parts.join(" ");
    if (said.textContent !== text) said.textContent = text;
    place.dataset.state = state;
  };
}
