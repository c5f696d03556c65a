// The device's unsent figures as a file that a person can carry: written, read back and checked. Pure.

const FORMAT = "chungsuc-entry-1";
const TEXT = (value, most = 2000) => typeof value === "string" && value.length <= most;

/** Drafts, and figures that were to be sent, as one plain document. Photographs are not in it. */
export function packed(who, drafts, waiting, at) {
  const own = drafts.map(({ unit, set, day, code, field, base, at: typed }) => ({ unit, set, day, code, field, base, at: typed }));
  const known = new Set(own.map(keyed));
  const sent = waiting
    .filter(({ route }) => route === "figures")
    .flatMap(({ body, made }) => Object.entries(body.fields).map(([code, field]) => ({ unit: body.unit, set: body.set, day: body.day, code, field: field ?? {}, base: body.seen[code] ?? 0, at: made })))
    .filter((one) => !known.has(keyed(one)));
  return { format: FORMAT, who, saved: at.toISOString(), drafts: [...own, ...sent] };
}

const keyed = ({ unit, set, day, code }) => [unit, set, day, code].join("|");

/**
 * Read such a file.
 * @returns {{drafts: object[]} | {problem: "not_ours" | "of_another"}}
 */
export function unpacked(text, who) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    return { problem: "not_ours" };
  }
  if (told?.format !== FORMAT || !Array.isArray(told.drafts) || !told.drafts.every(isDraft)) return { problem: "not_ours" };
  return told.who === who ? { drafts: told.drafts } : { problem: "of_another" };
}

function isDraft(one) {
  const fields = one && typeof one.field === "object" && one.field !== null && Object.entries(one.field).every(([name, text]) => TEXT(name, 80) && TEXT(text, 500));
  return fields && TEXT(one.unit, 20) && TEXT(one.set, 40) && /^\d{4}-\d{2}-\d{2}$/.test(one.day) && TEXT(one.code, 20) && Number.isInteger(one.base) && Number.isFinite(one.at);
}
