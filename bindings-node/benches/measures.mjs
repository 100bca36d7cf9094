// The border's own cost: measures.mjs [--profile ci]. Prints a JSON list of name, value, unit, ratio, floor, ok.
//
// `ratio` is against Rust's own time of the same work in the same build (`floor.rs`), or the size against its limit.
// Every time is the shortest of some rounds. Build first: packaging/build.mjs, and for sizes of the browser package
// bindings-wasm/packaging/build.mjs.
import { readFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { Twin } from "../index.mjs";
import { here, root, run, target } from "../packaging/platforms.mjs";

const { values: words } = parseArgs({ options: { profile: { type: "string", default: "ci" } } });
const { profile } = words;
run("cargo", ["build", "--quiet", "--profile", profile, "-p", "humantwin-node", "--example", "floor"], { stdio: ["ignore", 2, 2] });
const rust = JSON.parse(spawnSync(join(target, profile, "examples/floor"), { encoding: "utf8" }).stdout);

const list = [];
const put = (name, value, unit, ratio, floor, ok) => list.push({ name, value: round(value), unit, ratio: round(ratio), floor, ok, build: profile });
const round = (number) => (number == null ? null : Number(number.toPrecision(4)));
const nanos = () => Number(process.hrtime.bigint());
const open = () => Twin.open({ now: "2026-03-01T12:00:00Z" });

async function best(rounds, act) {
  let least = Infinity;
  for (let i = 0; i < rounds; i++) {
    const began = nanos();
    const said = await act(i);
    least = Math.min(least, typeof said === "number" ? said : nanos() - began);
  }
  return least;
}

const twin = await open();
const calls = 200_000;
let closed = 0;
const empty = await best(20, () => {
  const began = nanos();
  for (let i = 0; i < calls; i++) if (twin.closed) closed += 1;
  return (nanos() - began) / calls;
});
put("node_empty_call", empty / 1000, "µs", empty / 1000, 1, empty <= 1000);

const event = (id) => ({ events: [{ source: "diary", id: `c${id}`, type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: 1 } }] });
const record = await best(200, (i) => twin.record(event(i)));
put("node_one_event_in", record / 1000, "µs", record / rust.record, null, true);
const state = await best(200, () => twin.state());
put("node_state_out", state / 1000, "µs", state / rust.state, null, true);

const starts = BigInt64Array.from({ length: 100_000 }, (_, i) => 1_772_000_000_000_000n + BigInt(i) * 1_000_000n);
const values = Float64Array.from({ length: 100_000 }, (_, i) => 60 + (i % 40));
let handed = Infinity;
const samples = await best(20, async () => {
  const twin = await open();
  const began = nanos();
  const done = twin.recordSeries("strap", "heart_rate", "/min", starts, values);
  handed = Math.min(handed, nanos() - began);
  await done;
  const took = nanos() - began;
  await twin.close();
  return took;
});
put("node_100k_samples_in", samples / 1000, "µs", samples / rust.samples, null, true);
put("node_100k_samples_on_main_thread", handed / 1000, "µs", handed / rust.samples, null, true);
put("node_100k_samples_over_rust", (samples - rust.samples) / 1000, "µs", (samples - rust.samples) / 1000, 1, samples - rust.samples <= 1000);
const json = await best(20, () => {
  const text = JSON.stringify({ starts: Array.from(starts, Number), values: Array.from(values) });
  return JSON.parse(text).values.length === values.length ? undefined : Promise.reject(new Error("JSON lost samples"));
});
put("node_100k_samples_as_json", json / 1000, "µs", json / samples, null, true);

const size = async (name, path, limit, packed) => {
  const bytes = await readFile(join(root, path)).catch(() => undefined);
  if (!bytes) return;
  const megabytes = (packed ? gzipSync(bytes, { level: 9 }).length : bytes.length) / 1e6;
  put(name, megabytes, "MB", limit ? megabytes / limit : null, limit, !limit || megabytes <= limit);
};
await size("node_library", `bindings-node/humantwin.${here().name}.node`, null, false);
await size("wasm", "bindings-wasm/build/humantwin_wasm_bg.wasm", null, false);
await size("wasm_gzipped", "bindings-wasm/build/humantwin_wasm_bg.wasm", 2, true);
console.log(JSON.stringify(list, null, 1));
if (closed) throw new Error("the twin was closed");
