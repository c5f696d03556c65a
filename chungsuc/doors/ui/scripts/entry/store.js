// What is kept on the device: drafts as typed, commands not yet answered, files not yet taken in, choices made,
// receipts, documents of the law. Writes ask the browser to reach the disk before they are done.
import { openDB } from "idb";

const NAME = "chungsuc-entry";
const KEYS = { drafts: "key", queue: "command", files: "command", receipts: "key" };
const TO_THE_DISK = { durability: "strict" };

/** Open the store; where the browser refuses (private mode, full disk), keep in memory and say so. */
export async function openStore() {
  try {
    const db = await openDB(NAME, 1, {
      upgrade(fresh) {
        for (const [place, keyPath] of Object.entries(KEYS)) fresh.createObjectStore(place, { keyPath });
        fresh.createObjectStore("choices", { autoIncrement: true });
        fresh.createObjectStore("documents");
      },
      blocking: (_old, _new, event) => event.target.close(),
    });
    navigator.storage?.persist?.().catch(() => {}); // asked, not waited for: some browsers ask the person
    return resilient(database(db), memory());
  } catch {
    return memory();
  }
}

function database(db) {
  const writing = (place, act) => {
    const change = db.transaction(place, "readwrite", TO_THE_DISK);
    return Promise.all([act(change.store), change.done]).then(([found]) => found);
  };
  return {
    put: (place, value, key) => writing(place, (store) => store.put(value, key)),
    remove: (place, key) => writing(place, (store) => store.delete(key)),
    get: (place, key) => db.get(place, key),
    all: (place) => db.getAll(place),
    keys: (place) => db.getAllKeys(place),
    change: (place, key, to) =>
      writing(place, async (store) => {
        const next = to(await store.get(key));
        await (next === undefined ? store.delete(key) : store.put(next));
        return next;
      }),
  };
}

/** Goes on in memory when the device refuses a write (disk full, site data forbidden); `lasting` says so. */
function resilient(first, second) {
  const store = { lasting: true };
  for (const name of Object.keys(first)) {
    store[name] = async (...given) => {
      if (!store.lasting) return second[name](...given);
      try {
        return await first[name](...given);
      } catch (error) {
        if (error?.name === "DataCloneError") throw error; // a fault of ours
        await moved(first, second);
        store.lasting = false;
        return second[name](...given);
      }
    };
  }
  return store;
}

async function moved(from, to) {
  for (const place of Object.keys(KEYS)) {
    for (const one of await from.all(place).catch(() => [])) await to.put(place, one);
  }
}

/** The same shape in memory, for tests and for browsers that keep nothing. */
export function memory() {
  const places = new Map();
  const of = (place) => places.get(place) ?? places.set(place, new Map()).get(place);
  let next = 1;
  const own = (place, value, key) => key ?? value[KEYS[place]] ?? next++;
  return {
    lasting: false,
    put: async (place, value, key) => void of(place).set(own(place, value, key), structuredClone(value)),
    get: async (place, key) => structuredClone(of(place).get(key)),
    all: async (place) => [...of(place).values()].map((one) => structuredClone(one)),
    keys: async (place) => [...of(place).keys()],
    remove: async (place, key) => void of(place).delete(key),
    change: async (place, key, to) => {
      const value = to(structuredClone(of(place).get(key)));
      if (value === undefined) of(place).delete(key);
      else of(place).set(key, structuredClone(value));
      return value;
    },
  };
}

/** The key of one field of one form of one person. */
export const keyOf = (who, { unit, set, day }, code) => [who, unit, set, day, code].join("|");

/** Whether two things are about the same form. */
export const sameForm = (one, other) => one.unit === other.unit && one.set === other.set && one.day === other.day;

/** What a form is about, and nothing more. */
export const formOf = ({ unit, set, day }) => ({ unit, set, day });

/** Two fields say the same. */
export const same = (one, other) => plain(one) === plain(other);
const plain = (field) => JSON.stringify(Object.entries(field ?? {}).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text).sort());
