// The browser package in a real browser: the shared tests, the scenarios, traps, twins that stay, the example page,
// a bundle of Vite.
//
//   node bindings-wasm/test/browser.mjs [FOLDER_OF_TARBALLS]
//
// CHROMIUM names the browser, `/usr/bin/chromium` otherwise.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run, target } from "../../bindings-node/packaging/platforms.mjs";
import { serve } from "./serve.mjs";

const tools = createRequire(join(root, "bindings-node/package.json"));
const { chromium } = tools("playwright-core");
const SAYS = "you slept 7.5 h, 80 mg caffeine, heart rate 61";
const tarballs = resolve(process.argv[2] ?? join(target, "npm"));
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags.split(" ") });
const { server, url } = await serve(root);
let failed = 0;

async function test(name, body) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen = { requests: [], errors: [], lines: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => seen.lines.push(message.text()));
  try {
    await body(page, seen);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.message).replaceAll("\n", "\n     ")}`);
  }
  await context.close();
}

const json = async (path) => JSON.parse(await readFile(join(root, path), "utf8"));
const lists = { errors: (await json("schemas/errors.json")).errors, verbs: (await json("schemas/verbs.json")).verbs };
const blank = `${url}/bindings-wasm/test/page.html`;

await test("shared tests", async (page) => {
  await page.goto(blank);
  const bad = await page.evaluate(async (lists) => {
    const [h, { suite }] = [await import("humantwin-wasm"), await import("/bindings-wasm/test/suite.mjs")];
    await h.init();
    const bad = [];
    for (const [name, run] of Object.entries(suite)) await run(h, lists).catch((error) => bad.push(`${name}: ${error.message}`));
    if (Object.keys(suite).length < 10) bad.push("tests are missing");
    return bad;
  }, lists);
  assert.deepEqual(bad, []);
});

for (const name of (await readdir(join(root, "conformance/scenarios"))).filter((n) => n.endsWith(".json"))) {
  await test(`scenario ${name}`, async (page) => {
    await page.goto(blank);
    const steps = await page.evaluate(async (name) => {
      const [h, { replay }] = [await import("humantwin-wasm"), await import("/bindings-wasm/test/scenarios.mjs")];
      await h.init();
      const get = (path) => fetch(`/conformance/scenarios/${path}`);
      const bytes = async (path) => new Uint8Array(await (await get(path)).arrayBuffer());
      return replay(h, await (await get(name)).json(), bytes, true);
    }, name);
    assert.ok(steps > 0);
  });
}

await test("before `init` and with bytes that are none", async (page) => {
  await page.goto(blank);
  const codes = await page.evaluate(async () => {
    const { init, Twin } = await import("humantwin-wasm");
    const code = (run) => run().then(() => "fine", (error) => error.code);
    const seen = [await code(() => Twin.open()), await code(() => init(new Uint8Array([1, 2, 3]))), await code(() => init("/nowhere.wasm"))];
    const bytes = await (await fetch("/bindings-wasm/build/humantwin_wasm_bg.wasm")).arrayBuffer();
    return [...seen, await code(() => init(bytes)), await code(() => Twin.open()), await code(() => Twin.open({ path: "a.twin" }))];
  });
  assert.deepEqual(codes, ["not_found", "not_found", "not_found", "fine", "fine", "unsupported"]);
});

await test("after a trap all twins are closed, and new ones work", async (page, { errors }) => {
  await page.goto(blank);
  const seen = await page.evaluate(async () => {
    const { init, InternalError, NotFoundError, Twin } = await import("humantwin-wasm");
    await init();
    const now = "2026-03-01T12:00:00Z";
    const [twin, other] = [await Twin.open({ now }), await Twin.open({ now })];
    await twin.record({ events: [{ source: "d", type: "health.caffeine_consumed", time: now, data: { amount_mg: 80 } }] });
    const packed = await twin.pack();
    const said = [];
    for (let round = 0; round < 3; round++) {
      const again = await Twin.open({ now });
      said.push((await again.drill().catch((error) => error)) instanceof InternalError && again.closed);
    }
    for (const gone of [twin, other]) said.push(gone.closed, (await gone.state().catch((error) => error)) instanceof NotFoundError);
    await twin.close();
    const again = await Twin.open({ now });
    await again.merge({}, packed);
    const { importSafely } = await import("/examples/browser/recover.mjs");
    const file = new File([await again.export()], "export.jsonl");
    said.push((await importSafely(again, file, { now })) === again);
    const broken = { import: () => again.drill(), pack: () => again.pack() };
    const next = await importSafely(broken, file, { now });
    said.push(again.closed, (await next.state()).day.caffeine_mg);
    return [...said, (await next.verify()).ok];
  });
  assert.deepEqual(seen, [true, true, true, true, true, true, true, true, true, 80, true]);
  assert.deepEqual(errors, []);
});

await test("an exception of a callback is the page's error; the write stays", async (page, { errors }) => {
  await page.goto(blank);
  const mg = await page.evaluate(async () => {
    const { init, Twin } = await import("humantwin-wasm");
    await init();
    const twin = await Twin.open({ now: "2026-03-01T12:00:00Z" });
    await twin.watch({ type: "days", last: 1 }, () => { throw new Error("of the host"); });
    await twin.record({ events: [{ source: "d", type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: 80 } }] });
    await new Promise((done) => setTimeout(done, 50));
    return (await twin.state()).day.caffeine_mg;
  });
  assert.deepEqual([mg, errors], [80, ["of the host"]]);
});

await test("the clock is the page's", async (page) => {
  await page.goto(blank);
  const [before, at, after] = await page.evaluate(async () => {
    const { init, Twin } = await import("humantwin-wasm");
    await init();
    const before = Date.now();
    const { at } = await (await Twin.open()).state();
    return [before, Date.parse(at), Date.now()];
  });
  assert.ok(before <= at && at <= after, `${before} ${at} ${after}`);
});

for (const kind of ["opfs", "indexeddb"]) {
  await test(`a twin stays: ${kind}`, async (page) => {
    await page.goto(blank);
    await page.evaluate(async (kind) => {
      const [{ init }, { openKept, keep }] = [await import("humantwin-wasm"), await import(`/examples/browser/${kind}.mjs`)];
      await init();
      const twin = await openKept("me", { now: "2026-03-01T12:00:00Z" });
      await twin.record({ events: [{ source: "d", type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: 80 } }] });
      await keep(twin, "me");
    }, kind);
    await page.reload();
    const mg = await page.evaluate(async (kind) => {
      const [{ init }, { openKept }] = [await import("humantwin-wasm"), await import(`/examples/browser/${kind}.mjs`)];
      await init();
      return (await (await openKept("me", { now: "2026-03-01T12:00:00Z" })).state()).day.caffeine_mg;
    }, kind);
    assert.equal(mg, 80);
  });
}

await test("the example page reads a file, and nothing leaves", async (page, { requests, errors }) => {
  await page.goto(`${url}/examples/browser/index.html`);
  await page.waitForFunction(() => document.getElementById("said").textContent === "Ready.");
  const loaded = requests.length;
  assert.ok(requests.every((request) => request.startsWith(url)), requests.join("\n"));
  await page.setInputFiles("#files", [join(root, "conformance/scenarios/files/calendar.ics"), join(root, "conformance/scenarios/files/nothing.csv")]);
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("calendar.ics"));
  const said = await page.textContent("#said");
  assert.match(said, /^calendar\.ics: \d+ facts, 0 samples; nothing\.csv: .*empty/);
  const frame = await (await page.waitForSelector("#report:not([hidden])")).contentFrame();
  await frame.waitForSelector("h1, h2");
  await page.waitForTimeout(300);
  assert.deepEqual(requests.slice(loaded).filter((request) => !request.startsWith("blob:")), [], "no request after loading");
  const refused = await page.evaluate(() => new Promise((done) => {
    addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
    fetch("https://example.invalid/").catch(() => setTimeout(() => done("nothing"), 500));
  }));
  assert.equal(refused, "connect-src", "and the page's policy lets none be sent elsewhere");
  assert.deepEqual(errors, []);
});

for (const name of ["predict", "work"]) {
  await test(`the example ${name} prints what every language prints`, async (page, { lines }) => {
    await page.goto(blank);
    await page.evaluate((name) => import(`/examples/browser/${name}.mjs`).then(() => undefined), name);
    const told = await readFile(join(root, `examples/${name}.txt`), "utf8");
    assert.deepEqual(lines, told.trim().split("\n"));
  });
}

await test("Vite, from the tarball: a bundle, and its development server", async (page, { lines, errors }) => {
  const folder = await mkdtemp(join(tmpdir(), "humantwin-vite-"));
  try {
    const tarball = (await readdir(tarballs)).find((name) => /^humantwin-wasm-\d.*\.tgz$/.test(name));
    assert.ok(tarball, `no tarball in ${tarballs}: run packaging/pack.mjs`);
    await writeFile(join(folder, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
    const how = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--offline", join(tarballs, tarball)];
    run("npm", how, { cwd: folder, shell: process.platform === "win32" });
    await copyFile(join(root, "examples/browser/quickstart.mjs"), join(folder, "quickstart.mjs"));
    await writeFile(join(folder, "index.html"), '<!doctype html><title>t</title><link rel="icon" href="data:,"><script type="module" src="/quickstart.mjs"></script>\n');
    await writeFile(join(folder, "vite.config.mjs"), 'export default { base: "./", build: { target: "es2022" }, logLevel: "error" };\n');
    run(process.execPath, [join(root, "bindings-node/node_modules/vite/bin/vite.js"), "build"], { cwd: folder });
    const built = await serve(join(folder, "dist"));
    try {
      await page.goto(`${built.url}/`);
      for (let wait = 0; wait < 100 && lines.length === 0 && errors.length === 0; wait++) await page.waitForTimeout(100);
      assert.deepEqual([lines, errors], [[SAYS], []]);
    } finally {
      built.server.close();
    }
    const { createServer } = await import(pathToFileURL(join(root, "bindings-node/node_modules/vite/dist/node/index.js")).href);
    const server = { host: "127.0.0.1", port: 0, hmr: false };
    const dev = await createServer({ root: folder, configFile: false, logLevel: "error", server, optimizeDeps: { exclude: ["humantwin-wasm"] } });
    try {
      await dev.listen();
      lines.length = 0;
      await page.goto(`http://127.0.0.1:${dev.httpServer.address().port}/`);
      for (let wait = 0; wait < 100 && !lines.includes(SAYS) && errors.length === 0; wait++) await page.waitForTimeout(100);
      assert.deepEqual([lines.includes(SAYS), errors], [true, []], lines.join("\n"));
    } finally {
      await dev.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

await browser.close();
server.close();
if (failed) throw new Error(`${failed} tests failed`);
console.log("browser: as it should be");
