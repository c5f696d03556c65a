// What is kept on the device: drafts as typed, commands not yet answered, files not yet taken in, choices made.
import { openDB } from "idb";

const NAME = "chungsuc-entry";

/** Open the store; where the browser refuses (private mode), keep in memory and say so. */
export async function openStore() {
  try {
    const db = await openDB(NAME, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("drafts", { keyPath: "key" });
        fresh.createObjectStore("queue", { keyPath: "command" });
        fresh.createObjectStore("files", { keyPath: "command" });
        fresh.createObjectStore("choices", { autoIncrement: true });
        fresh.createObjectStore("documents");
      },
    });
    await navigator.storage?.persist?.();
    return database(db);
  } catch {
    return memory();
  }
}

function database(db) {
  return {
    lasting: true,
    put: (place, value, key) => db.put(place, value, key),
    get: (place, key) => db.get(place, key),
    all: (place) => db.getAll(place),
    remove: (place, key) => db.delete(place, key),
  };
}

/** The same shape in memory, for tests and for browsers that keep nothing. */
export function memory() {
  const places = new Map();
  const of = (place) => places.get(place) ?? places.set(place, new Map()).get(place);
  let next = 1;
  return {
    lasting: false,
    put: async (place, value, key) => void of(place).set(key ?? value.key ?? value.command ?? next++, structuredClone(value)),
    get: async (place, key) => structuredClone(of(place).get(key)),
    all: async (place) => [...of(place).values()].map((one) => structuredClone(one)),
    remove: async (place, key) => void of(place).delete(key),
  };
}

/** The key of one field of one form. */
export const keyOf = ({ unit, set, day }, code) => [unit, set, day, code].join("|");
