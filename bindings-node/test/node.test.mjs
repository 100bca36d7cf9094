// What only Node has: files, processes, threads, warnings, a missing binary.
import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { ConflictError, InternalError, NotFoundError, Twin } from "../index.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const now = "2026-03-01T12:00:00Z";
const coffee = (id, mg = 80) => ({ events: [{ source: "diary", id, type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: mg } }] });

async function folder(t) {
  const path = await mkdtemp(join(tmpdir(), "humantwin-"));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

function program(text, cwd = here) {
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", text], { cwd, encoding: "utf8" });
  return { status: done.status, out: done.stdout.trim(), err: done.stderr };
}

test("a file has one writer, in this process and another; readers stand beside", async (t) => {
  const path = join(await folder(t), "me.twin");
  const twin = await Twin.open({ path, now });
  await twin.record(coffee("1"));
  await assert.rejects(Twin.open({ path, now }), ConflictError);
  const text = (how) => `import { Twin } from "./index.mjs";
    try { const t = await Twin.open(${JSON.stringify({ path, now, ...how })}); console.log((await t.state()).day.caffeine_mg); }
    catch (error) { console.log(error.code); }`;
  assert.equal(program(text({})).out, "conflict");
  assert.equal(program(text({ readOnly: true })).out, "80");
  await twin.close();
  assert.equal(program(text({})).out, "80");
  await assert.rejects(Twin.open({ path: join(path, "none"), now }), (e) => ["not_found", "storage"].includes(e.code));
  await assert.rejects(Twin.open({ path: join(path, "..", "no.twin"), readOnly: true, now }), NotFoundError);
});

test("a failed opening lets go of the file", async (t) => {
  const path = join(await folder(t), "me.twin");
  await assert.rejects(Twin.open({ path, now, person: "" }), (e) => e.code === "invalid_value");
  await (await Twin.open({ path, now })).close();
});

test("a panic arrives as `internal`, and the twin lives on", async () => {
  const twin = await Twin.open({ now });
  await twin.record(coffee("1"));
  await assert.rejects(twin.drill(), InternalError);
  assert.equal((await twin.state()).day.caffeine_mg, 80);
  await twin.close();
});

test("the main thread goes on while a verb works", async () => {
  const twin = await Twin.open({ now });
  const count = 400_000;
  const first = 1_740_000_000_000_000n;
  const starts = BigInt64Array.from({ length: count }, (_, i) => first + BigInt(i) * 1_000_000n);
  const values = Float64Array.from({ length: count }, (_, i) => 60 + (i % 40));
  let turns = 0;
  const clock = setInterval(() => (turns += 1), 1);
  await twin.recordSeries("strap", "heart_rate", "/min", starts, values);
  await twin.verify();
  clearInterval(clock);
  assert.ok(turns > 0, "timers ran meanwhile");
  await twin.close();
});

test("columns may be used again at once", async () => {
  const twin = await Twin.open({ now });
  const [starts, values] = [BigInt64Array.of(1_772_355_600_000_000n), Float64Array.of(60)];
  const done = twin.recordSeries("strap", "heart_rate", "/min", starts, values);
  starts.fill(0n);
  values.fill(0);
  await done;
  assert.deepEqual([...(await twin.series({ metric: "heart_rate" })).values], [60]);
  await twin.close();
});

test("worker threads have twins of their own", async () => {
  const text = `const { parentPort } = require("node:worker_threads");
    const { Twin } = require(${JSON.stringify(join(here, "index.cjs"))});
    (async () => {
      const twin = await Twin.open({ now: "${now}" });
      await twin.watch({ type: "days", last: 1 }, () => {});
      for (let i = 0; i < 20; i++) await twin.record({ events: [{ source: "d", id: "c" + i, type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: 1 } }] });
      parentPort.postMessage((await twin.state()).day.caffeine_mg);
      await twin.close();
    })();`;
  const runs = Array.from({ length: 4 }, () => new Promise((done, fail) => {
    const worker = new Worker(text, { eval: true });
    let said;
    worker.on("message", (message) => (said = message));
    worker.on("error", fail);
    worker.on("exit", (code) => done([said, code]));
  }));
  assert.deepEqual(await Promise.all(runs), Array(4).fill([20, 0]));
});

test("an exception of a callback is a warning; the process and the write live on", () => {
  const { status, out, err } = program(`import { Twin } from "./index.mjs";
    process.on("warning", (w) => console.log(w.code, w.message.split("\\n")[0]));
    const twin = await Twin.open({ now: "${now}" });
    await twin.watch({ type: "days", figure: "caffeine_mg", last: 1 }, () => { throw new Error("of the host"); });
    await twin.record(${JSON.stringify(coffee("1"))});
    await new Promise((done) => setTimeout(done, 100));
    console.log((await twin.state()).day.caffeine_mg);
    await twin.close();`);
  assert.equal(status, 0, err);
  assert.deepEqual(out.split("\n"), ["HUMANTWIN_CALLBACK a callback of `watch` failed: Error: of the host", "80"]);
});

test("a watch and an open twin do not keep the process alive", () => {
  const { status, out } = program(`import { Twin } from "./index.mjs";
    const twin = await Twin.open();
    await twin.watch({ type: "days", last: 1 }, () => {});
    console.log("end");`);
  assert.deepEqual([status, out], [0, "end"]);
});

test("a missing binary is named, with what to install", async (t) => {
  const path = await folder(t);
  for (const name of await readdir(here)) if (/\.[cm]js$/.test(name)) await cp(join(here, name), join(path, name));
  const text = `import { Twin } from "./index.mjs";
    try { await Twin.open(); } catch (error) { console.log(error.code, error.message); }`;
  const { out } = program(text, path);
  const expected = process.platform === "linux" ? `@humantwin/${process.platform}-${process.arch}-gnu` : "@humantwin/";
  assert.ok(out.startsWith(`unsupported there is no binary of humantwin for \`${process.platform}-${process.arch}\``), out);
  assert.ok(out.includes(expected) && out.includes("humantwin-wasm"), out);
});

test("the tutorial prints what it says", async (t) => {
  const page = await readFile(join(here, "../docs/tutorials/node.md"), "utf8");
  const blocks = (kind) => [...page.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, "gs"))].map((found) => found[1]);
  const path = await folder(t);
  const script = join(path, "tutorial.mjs");
  const index = JSON.stringify(pathToFileURL(join(here, "index.mjs")).href);
  await writeFile(script, blocks("js").join("\n").replaceAll('"humantwin"', index));
  const done = spawnSync(process.execPath, [script], { cwd: path, encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  assert.equal(done.stdout, blocks("text").join(""));
});
