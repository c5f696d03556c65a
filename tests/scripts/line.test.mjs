// What answers is the server or it is nothing; a stale token is renewed for the same person only; documents keep by version.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionAt, unitsOf } from "../../chungsuc/doors/ui/scripts/entry/documents.js";
import { makeLine } from "../../chungsuc/doors/ui/scripts/entry/line.js";
import { makeJudge } from "../../chungsuc/doors/ui/scripts/entry/live.js";
import { fitted } from "../../chungsuc/doors/ui/scripts/entry/photo.js";
import { memory } from "../../chungsuc/doors/ui/scripts/entry/store.js";

const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const html = (status = 200) => new Response("<p>Welcome to the hotel</p>", { status, headers: { "Content-Type": "text/html" } });
const token = (renewed = "new") => {
  let value = "old";
  return { value: () => value, renew: async () => renewed && (value = renewed) };
};

test("a receipt is a receipt only when the server wrote it", async () => {
  const taken = { receipt: "N2026-1", rows: { 16.1: 4 } };
  assert.deepEqual(await makeLine(token(), async () => json(taken))("drafts", {}), { status: 200, body: taken });
  await assert.rejects(makeLine(token(), async () => html())("drafts", {}), "the page of a hotel");
  await assert.rejects(makeLine(token(), async () => json({ hello: 1 }))("drafts", {}), "JSON of somebody else");
  const redirected = { type: "opaqueredirect", status: 0, headers: new Headers() };
  assert.equal((await makeLine(token(), async () => redirected)("drafts", {})).status, 401);
  assert.equal((await makeLine(token(), async () => html(502))("drafts", {})).status, 502);
});

test("a stale token is renewed once, and the same body goes again", async () => {
  const sent = [];
  const fetcher = async (address, { headers, body }) => {
    sent.push([headers["X-CSRFToken"], body]);
    return headers["X-CSRFToken"] === "old" ? json({ problems: [{ code: "page.cannot_be_sent" }] }, 403) : json({ receipt: null, rows: {} });
  };
  assert.equal((await makeLine(token(), fetcher)("drafts", { command: "c" })).status, 200);
  assert.deepEqual(sent, [["old", '{"command":"c"}'], ["new", '{"command":"c"}']]);
  assert.equal((await makeLine(token(null), fetcher)("drafts", {})).status, 401, "somebody else is signed in");
});

test("another 403 is the server's word and stays one", async () => {
  const refused = { problems: [{ code: "accounts.not_allowed", text: "no" }] };
  assert.deepEqual(await makeLine(token(), async () => json(refused, 403))("drafts", {}), { status: 403, body: refused });
});

test("a definition is fetched once; an older version of the same place is let go", async () => {
  const store = memory();
  const address = (version) => `/forms/xa/tdmnpb/2022/-/${version}.json?province=04`;
  const asked = [];
  const fetcher = async (path) => asked.push(path) && json({ version: path });
  const [one, two, other] = [address("0123456789abcdef"), address("fedcba9876543210"), "/forms/xa/dbsh/2022/-/0123456789abcdef.json"];
  for (const path of [one, one, other, two, two]) await definitionAt(path, store, fetcher);
  assert.deepEqual(asked, [one, other, two]);
  assert.deepEqual((await store.keys("documents")).sort(), [other, two].sort());
  await assert.rejects(definitionAt(one, store, async () => json({}, 404)));
});

test("the units of a province are there without a line once they were fetched", async () => {
  const store = memory();
  const line = async () => json({ units: [{ code: "04" }] });
  const broken = async () => Promise.reject(new Error("no line"));
  assert.equal(await unitsOf("04", "2026-06-30", store, { fetcher: broken, now: 0 }), null);
  await unitsOf("04", "2026-06-30", store, { fetcher: line, now: 0 });
  assert.equal((await unitsOf("04", "2026-06-30", store, { fetcher: broken, now: 9e9 })).units[0].code, "04");
});

test("a photograph keeps its shape, its long side is 1600 at most", () => {
  assert.deepEqual(fitted(4000, 3000), { width: 1600, height: 1200, scale: 0.4 });
  assert.deepEqual(fitted(3000, 4000), { width: 1200, height: 1600, scale: 0.4 });
  assert.deepEqual(fitted(800, 600), { width: 800, height: 600, scale: 1 });
  assert.equal(fitted(20000, 3).height, 1);
});

test("what is only missing yet is said when the field is left", () => {
  const indicator = { code: "2.1", kind: "percent", short: { vi: "", en: "" }, unit: null, counted: { vi: "hộ", en: "households" }, parts: [], may_set_aside: true, where: { vi: "", en: "" }, rule: { node: "at_least", limit: "80" } };
  const judge = makeJudge({ criteria: [{ number: 2, indicators: [indicator] }], phrases: {} });
  assert.deepEqual(judge.field("2.1", { num: "8" }, "vi").problems, []);
  assert.equal(judge.field("2.1", { num: "8" }, "vi", { done: true }).problems[0].code, "criteria.counts_incomplete");
  assert.equal(judge.field("2.1", { value: "120" }, "vi").problems[0].code, "criteria.over_100");
  assert.equal(judge.field("2.1", { num: "8", den: "10" }, "vi").verdict, "met");
});
