// Nothing typed is lost and nothing takes effect twice, whatever the line does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAITS } from "../../chungsuc/doors/ui/scripts/entry/queue.js";
import { FORM, clock, device, server } from "./fakes.mjs";

const texts = (there) => Object.fromEntries([...there.rows].map(([code, { text }]) => [code, JSON.parse(text)]));

test("a command is on the device, with its id, before it is sent", async () => {
  const there = server();
  const here = device(there);
  const inStore = [];
  const { transport } = there;
  const watching = device({ ...there, transport: async (route, body) => {
    inStore.push((await watching.store.get("queue", body.command))?.body.command);
    return transport(route, body);
  } });
  await watching.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  const item = await watching.keeper.push(FORM);
  await watching.queue.flush();
  assert.deepEqual(inStore, [item.command]);
  assert.deepEqual(await watching.queue.waiting(), []);
  assert.deepEqual(await here.queue.waiting(), []);
});

test("without a line it waits, longer each time, and goes by itself", async () => {
  const there = server();
  const here = device(there);
  there.line.broken = true;
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  for (const pause of [...WAITS.slice(0, 4), WAITS[4], WAITS[4]]) {
    assert.deepEqual(here.time.waiting(), [pause]);
    await here.time.pass(pause);
  }
  there.line.broken = false;
  await here.time.pass(WAITS[4]);
  assert.deepEqual(texts(there), { 16.1: { value: "80" } });
  assert.deepEqual(await here.keeper.drafts(), []);
  const bodies = new Set(there.line.calls.map(({ body }) => JSON.stringify(body)));
  assert.equal(bodies.size, 1, "the same id with the same body every time");
});

test("an answer that is lost: the second sending gives the same receipt, one effect", async () => {
  const there = server();
  const here = device(there);
  there.line.deaf = true;
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  there.line.deaf = false;
  await here.keeper.keep(FORM, "16.1", { value: "85" }, 0); // typed on meanwhile
  await here.queue.flush();
  assert.equal(there.commands.size, 2);
  assert.deepEqual(texts(there), { 16.1: { value: "85" } });
  assert.equal(here.heard.filter(({ kind }) => kind === "refused").length, 0, "no conflict with oneself");
});

test("typed on while a command is away: the newer text goes after it", async () => {
  const there = server();
  const here = device(there);
  await here.keeper.keep(FORM, "16.1", { value: "8" }, 0);
  await here.keeper.push(FORM);
  const flushed = here.queue.flush();
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  assert.equal(await here.keeper.push(FORM), null, "one at a time");
  await flushed;
  assert.deepEqual(texts(there), { 16.1: { value: "80" } });
  assert.deepEqual(await here.keeper.drafts(), []);
});

test("drafts and then figures, all without a line: both go, in order, without a conflict", async () => {
  const there = server();
  const here = device(there);
  there.line.broken = true;
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.push(FORM);
  await here.queue.add("figures", { ...FORM, fields: { 16.1: { value: "80" } }, seen: { 16.1: 0 } });
  await here.queue.flush();
  there.line.broken = false;
  await here.time.pass(WAITS[0]);
  assert.deepEqual(here.heard.filter(({ kind }) => kind === "sent").map(({ answer }) => answer.sent), [false, true]);
  assert.equal((await here.keeper.receipts(FORM)).get("16.1").number, "2026-2");
});

test("signed out: everything stays, and goes on after signing in", async () => {
  const there = server();
  const here = device(there);
  there.line.status = 401;
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.equal(here.heard.at(-1).kind, "signed_out");
  assert.equal((await here.keeper.drafts()).length, 1);
  there.line.status = 0;
  await here.queue.flush();
  assert.deepEqual(texts(there), { 16.1: { value: "80" } });
});

test("a fault of the server holds up its form and no other", async () => {
  const there = server();
  const other = { ...FORM, unit: "99006" };
  const { transport } = there;
  const here = device({ ...there, transport: (route, body) => (body.unit === FORM.unit ? Promise.resolve({ status: 500, body: {} }) : transport(route, body)) });
  await here.keeper.keep(FORM, "16.1", { value: "1" }, 0);
  await here.keeper.keep(other, "16.2", { value: "2" }, 0);
  await here.keeper.pushAll();
  await here.queue.flush();
  assert.deepEqual(texts(there), { 16.2: { value: "2" } });
  assert.deepEqual((await here.keeper.drafts()).map(({ unit }) => unit), [FORM.unit]);
  assert.equal(here.time.waiting().length, 1, "it is tried again");
});

test("a window that is closed in the middle: the next one sends what it finds", async () => {
  const there = server();
  const first = device(there);
  there.line.broken = true;
  await first.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await first.keeper.push(FORM);
  await first.queue.flush();
  const second = device(there, { store: first.store });
  there.line.broken = false;
  await second.queue.flush();
  assert.deepEqual(texts(there), { 16.1: { value: "80" } });
});

test("another person at the same computer neither sees nor sends it", async () => {
  const there = server();
  const mine = device(there);
  await mine.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await mine.keeper.push(FORM);
  const hers = device(there, { store: mine.store, who: "another" });
  assert.deepEqual(await hers.keeper.drafts(), []);
  await hers.keeper.pushAll();
  await hers.queue.flush();
  assert.equal(there.line.calls.length, 0);
});

test("a thousand histories with a line that breaks anywhere: what was typed last stands, each command once", async () => {
  let random = 7;
  const chance = (of) => (random = (random * 1103515245 + 12345) % 2147483648) % of;
  for (let history = 0; history < 1000; history += 1) {
    const there = server();
    const time = clock();
    let here = device(there, { time });
    const last = {};
    for (let step = 0; step < 12; step += 1) {
      there.line.broken = chance(3) === 0;
      there.line.deaf = chance(4) === 0;
      const code = `16.${1 + chance(3)}`;
      last[code] = { value: String(step) };
      await here.keeper.keep(FORM, code, last[code], 0, time.now() + step);
      if (chance(2)) await here.keeper.push(FORM);
      if (chance(2)) await here.queue.flush();
      if (chance(5) === 0) here = device(there, { store: here.store, time }); // closed and opened
    }
    Object.assign(there.line, { broken: false, deaf: false });
    await here.keeper.pushAll();
    await here.queue.flush();
    await here.keeper.pushAll();
    await here.queue.flush();
    assert.deepEqual(texts(there), last);
    assert.deepEqual(await here.keeper.drafts(), []);
    assert.deepEqual(await here.queue.waiting(), []);
    assert.equal(here.heard.some(({ kind }) => kind === "refused"), false);
  }
});
