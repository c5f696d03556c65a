// One quiet voice for people who hear the page: what was last said, once typing pauses; never a word per key.

const PAUSE = 1200;

/** @returns {(text: string) => void} */
export function makeVoice(place = document.body) {
  const region = document.createElement("p");
  region.className = "unseen";
  region.setAttribute("role", "status");
  place.append(region);
  let timer = 0;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (region.textContent !== text) region.textContent = text;
    }, PAUSE);
  };
}
