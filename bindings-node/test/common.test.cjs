"use strict";
// `require` gives the same classes as `import`.
const test = require("node:test");
const assert = require("node:assert/strict");
const humantwin = require("../index.cjs");

test("one class for both module systems", async () => {
  const module = await import("../index.mjs");
  for (const [name, value] of Object.entries(humantwin)) assert.equal(module[name], value, name);
  assert.deepEqual(Object.keys(humantwin).sort(), Object.keys(module).filter((n) => n !== "default").sort());
  const twin = await module.Twin.open({ now: "2026-03-01T12:00:00Z" });
  assert.ok(twin instanceof humantwin.Twin);
  await assert.rejects(twin.state({ at: "x" }), (error) => error instanceof humantwin.InvalidValueError);
  await twin.close();
});
