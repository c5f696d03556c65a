// The words of the page's scripts: they come with the page, from the catalogue.

/** @returns {(key: string, facts?: object) => string} */
export function wordsOf(place = document.querySelector("#entry-words")) {
  const words = JSON.parse(place.textContent);
  return (key, facts = {}) => fill(words[key] ?? "", facts);
}

const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
