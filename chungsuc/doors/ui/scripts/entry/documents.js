// Documents of the law and of the land, kept on the device by their version: what offline work will stand on.

/** The form definition: its address carries its version, so a kept copy never grows old. */
export async function definitionAt(address, store, fetcher = (...given) => fetch(...given)) {
  const kept = await store.get("documents", address);
  if (kept) return kept;
  const definition = await json(address, fetcher);
  await replace(store, address, definition, stem(address));
  return definition;
}

/** The units of a province on a day, renewed at most once a day; null where neither the device nor the line has them. */
export async function unitsOf(province, day, store, { fetcher = (...given) => fetch(...given), now = Date.now() } = {}) {
  const address = `/forms/units/${province}/${day}.json`;
  const kept = await store.get("documents", address);
  if (kept && now - kept.asked < 24 * 3600 * 1000) return kept.tree;
  try {
    const tree = await json(address, fetcher);
    await store.put("documents", { tree, asked: now }, address);
    return tree;
  } catch {
    return kept?.tree ?? null;
  }
}

async function json(address, fetcher) {
  const answer = await fetcher(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address} ${answer.status}`);
  return answer.json();
}

/** `/forms/SET/REGION/YEAR/CLASSES/VERSION.json?province=04` without the version. */
const stem = (address) => address.replace(/[0-9a-f]{16}\.json/, "*.json");

/** Keep one version and let older ones of the same place go. */
async function replace(store, address, document, place) {
  await store.put("documents", document, address);
  for (const key of await store.keys("documents")) if (key !== address && stem(key) === place) await store.remove("documents", key);
}
