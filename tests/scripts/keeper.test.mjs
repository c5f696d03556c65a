// Two people in one field, refusals, choices, files that carry drafts: nobody's text is overwritten unseen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { packed, unpacked } from "../../chungsuc/doors/ui/scripts/entry/parcel.js";
import { FORM, device, server } from "./fakes.mjs";

test("typed elsewhere since: both texts stay until the person chooses, the other fields go on", async () => {
  const there = server();
  const here = device(there);
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.keep(FORM, "16.2", { value: "70" }, 0);
  there.elsewhere("16.1", { value: "60" });
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.deepEqual(JSON.parse(there.rows.get("16.1").text), { value: "60" }, "theirs is not overwritten");
  assert.deepEqual(JSON.parse(there.rows.get("16.2").text), { value: "70" }, "the other field is saved");
  const [held] = await here.keeper.drafts();
  assert.deepEqual([held.code, held.held.theirs, held.field], ["16.1", { value: "60" }, { value: "80" }]);
  assert.equal(await here.keeper.push(FORM), null, "it waits for the person");

  await here.keeper.choose(held, "mine");
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.deepEqual(JSON.parse(there.rows.get("16.1").text), { value: "80" });
  const [choice] = await here.store.all("choices");
  assert.deepEqual([choice.which, choice.held.theirs, choice.field], ["mine", { value: "60" }, { value: "80" }]);
});

test("theirs is taken: nothing of mine is left to send", async () => {
  const there = server();
  const here = device(there);
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  there.elsewhere("16.1", { value: "60" });
  await here.keeper.push(FORM);
  await here.queue.flush();
  const [held] = await here.keeper.drafts();
  await here.keeper.choose(held, "theirs");
  assert.deepEqual(await here.keeper.drafts(), []);
  assert.deepEqual(JSON.parse(there.rows.get("16.1").text), { value: "60" });
});

test("typed days ago on this device and changed since elsewhere: noticed, though the page is new", async () => {
  const there = server();
  const first = device(there);
  there.elsewhere("16.1", { value: "50" });
  const row = there.rows.get("16.1").row;
  await first.keeper.keep(FORM, "16.1", { value: "80" }, row); // then the battery died
  there.elsewhere("16.1", { value: "60" });
  const second = device(there, { store: first.store });
  await second.keeper.keep(FORM, "16.1", { value: "81" }, there.rows.get("16.1").row, second.time.now() + 1); // the fresh page knows the newer row
  await second.keeper.push(FORM);
  await second.queue.flush();
  assert.deepEqual(JSON.parse(there.rows.get("16.1").text), { value: "60" });
  assert.equal((await second.keeper.drafts())[0].held.conflict, true);
});

test("what the server refuses is held back with its reason and tried again when it is typed anew", async () => {
  const there = server();
  const here = device(there);
  there.line.problems = [{ code: "draft.field_long", text: "too long", mend: "shorten it", facts: { indicator: "16.1" } }];
  await here.keeper.keep(FORM, "16.1", { na: "x".repeat(600) }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.equal((await here.keeper.drafts())[0].held.text, "too long");
  assert.deepEqual(await here.queue.waiting(), []);
  there.line.problems = null;
  await here.keeper.keep(FORM, "16.1", { na: "x" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.deepEqual(await here.keeper.drafts(), []);
});

test("a refusal that names no field holds all of them, and does not go round in circles", async () => {
  const there = server();
  const here = device(there);
  there.line.problems = [{ code: "unit.unknown", text: "not yours", facts: {} }];
  await here.keeper.keep(FORM, "16.1", { value: "1" }, 0);
  await here.keeper.keep(FORM, "16.2", { value: "2" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  assert.equal(there.line.calls.length, 1);
  assert.equal((await here.keeper.drafts()).filter(({ held }) => held).length, 2);
});

test("figures that are refused stay as drafts", async () => {
  const there = server();
  const here = device(there);
  await here.keeper.keep(FORM, "16.1", { value: "120" }, 0);
  await here.queue.add("figures", { ...FORM, fields: { 16.1: { value: "120" } }, seen: { 16.1: 0 } });
  Object.assign(there.line, { only: "figures", problems: [{ code: "criteria.over_100", text: "over 100", facts: { indicator: "16.1" } }] });
  await here.queue.flush();
  assert.deepEqual(JSON.parse(there.rows.get("16.1").text), { value: "120" });
});

test("what the person gives up is not sent, what stood beside it is", async () => {
  const there = server();
  const here = device(there);
  there.line.broken = true;
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 0);
  await here.keeper.keep(FORM, "16.2", { value: "70" }, 0);
  await here.keeper.push(FORM);
  await here.queue.flush();
  await here.keeper.drop((await here.keeper.drafts()).find(({ code }) => code === "16.1"));
  there.line.broken = false;
  await here.keeper.pushAll();
  await here.queue.flush();
  assert.deepEqual([...there.rows.keys()], ["16.2"]);
});

test("an older text never takes the place of a newer one", async () => {
  const here = device(server());
  await here.keeper.keep(FORM, "16.1", { value: "new" }, 0, 2000);
  await here.keeper.keep(FORM, "16.1", { value: "old" }, 0, 1000);
  assert.deepEqual((await here.keeper.drafts())[0].field, { value: "new" });
});

test("a file carries drafts and unsent figures to another device, and back to the same person only", async () => {
  const there = server();
  const here = device(there);
  await here.keeper.keep(FORM, "16.1", { value: "80" }, 3);
  await here.queue.add("figures", { ...FORM, fields: { 16.1: { value: "79" }, 16.2: { value: "7" } }, seen: { 16.2: 4 } });
  const text = JSON.stringify(packed(here.who, await here.keeper.drafts(), await here.queue.waiting(), new Date(0)));
  const found = unpacked(text, here.who).drafts;
  assert.deepEqual(found.map(({ code, field, base }) => [code, field.value, base]), [["16.1", "80", 3], ["16.2", "7", 4]]);
  assert.deepEqual(unpacked(text, "another"), { problem: "of_another" });
  for (const bad of ["", "[]", "{}", text.replace("2026-06-30", "30/6"), text.replace('"80"', "80"), text.replace('"base":3', '"base":"3"')])
    assert.deepEqual(unpacked(bad, here.who), { problem: "not_ours" });
});
