// The bar at the foot: which figures are only on the device, which the server has, with the receipt number.

const MOST = 5;

/**
 * A bar for a page of entry.
 * @param {HTMLElement} place
 * @param {(key: string, facts?: object) => string} words
 * @param {(text: string) => void} voice
 * @returns {(state: {state: string, device: string[], server: string[], receipt: string, lasting: boolean, said?: string}) => void}
 */
export function makeBar(place, words, voice) {
  const said = place.querySelector("[data-saved-words]");
  let before = "";
  return (now) => {
    const parts = told(now, words);
    const text = parts.map((one) => one.text).join(" ");
    if (text === before) return;
    before = text;
    said.replaceChildren(...parts.flatMap((one, nth) => [nth ? " " : "", shown(one)]));
    place.dataset.state = now.state;
    if (!["typing", "sending"].includes(now.state)) voice(text);
  };
}

function told({ state, device, server, receipt, lasting, said }, words) {
  const parts = [];
  if (said || words(`state.${state}`)) parts.push({ text: said || words(`state.${state}`), strong: true });
  if (device.length) parts.push({ text: words("device", { codes: listed(device, words) }) });
  if (server.length) parts.push({ text: words(device.length ? "server_some" : "server", { codes: listed(server, words) }) });
  if (receipt) parts.push({ text: words("receipt", { number: receipt }), href: `/entry/receipts/${receipt}` });
  if (!parts.length) parts.push({ text: words("quiet") });
  if (!lasting) parts.push({ text: words("not_lasting"), strong: true });
  return parts;
}

function listed(codes, words) {
  if (codes.length <= MOST) return codes.join(", ");
  return words("and_more", { codes: codes.slice(0, MOST - 1).join(", "), count: codes.length - MOST + 1 });
}

function shown({ text, strong, href }) {
  if (!strong && !href) return text;
  const element = document.createElement(href ? "a" : "b");
  if (href) element.href = href;
  element.textContent = text;
  return element;
}
