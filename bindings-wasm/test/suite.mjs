// What holds in Node and in browsers alike; `h` is the package.
import { equal, ok, refused } from "./check.mjs";

const now = "2026-03-01T12:00:00Z";
const open = (h, options) => h.Twin.open({ now, ...options });
const coffee = (mg, more) => ({ events: [{ source: "diary", id: "1", type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: mg }, ...more }] });
const starts = (h, count) => BigInt64Array.from({ length: count }, (_, i) => h.toMicros("2026-03-01T09:00:00Z") + BigInt(i) * 60_000_000n);
const settled = () => new Promise((done) => setTimeout(done, 50));
const nothing = async (twin) => equal((await twin.verify()).events, 0, "nothing was written");

export const suite = {
  async "a fact goes in and shows in the state"(h) {
    await using_(await open(h), async (twin) => {
      equal((await twin.record(coffee(80))).events, 1);
      equal((await twin.record(coffee(80))).duplicates, 1);
      const state = await twin.state({ at: new Date(now), known_at: null });
      equal([state.twin, state.day.caffeine_mg], ["me", 80]);
      equal((await twin.state({ at: undefined })).day.caffeine_mg, 80, "undefined is absent");
    });
  },

  async "times are Dates or texts with an offset; others are refused"(h) {
    await using_(await open(h), async (twin) => {
      await refused(() => twin.state({ at: new Date(NaN) }), "invalid_value", /`at` is an invalid Date/);
      await refused(() => twin.state({ at: "2026-03-01T12:00:00" }), "invalid_value");
      await refused(() => twin.state({ at: "yesterday" }), "invalid_value");
      await refused(() => twin.record(coffee(80, { time: new Date("no") })), "invalid_value");
      await nothing(twin);
      await twin.record(coffee(80, { time: new Date("2026-03-01T08:00:00Z") }));
      const { events } = await twin.history({ metric: "health.caffeine_consumed" });
      equal([events[0].time, events[0].type], ["2026-03-01T08:00:00Z", "health.caffeine_consumed"]);
    });
    await refused(() => h.Twin.open({ now: new Date(NaN) }), "invalid_value");
  },

  async "what JSON would change silently is refused"(h) {
    await using_(await open(h), async (twin) => {
      const bad = [NaN, Infinity, -Infinity, 5n, 2 ** 53, () => 1, Symbol("s"), new Map(), new Set(), Float64Array.of(1), [undefined], "half \ud800 a character"];
      for (const value of bad) await refused(() => twin.record(coffee(value)), "invalid_value");
      const round = coffee(80);
      round.events[0].data.round = round;
      await refused(() => twin.record(round), "invalid_value", /no payload/);
      for (const request of [5, "text", { att: 1 }, { events: "none" }, new Date(NaN)]) {
        await refused(() => twin.record(request), "invalid_value");
      }
      await nothing(twin);
    });
  },

  async "all or nothing"(h) {
    await using_(await open(h), async (twin) => {
      const events = [...coffee(80).events, ...coffee(-5, { id: "2" }).events];
      await refused(() => twin.record({ events }), "invalid_value", /`amount_mg` is -5/);
      await nothing(twin);
    });
  },

  async "columns go in and come out, also into arrays of ours"(h) {
    await using_(await open(h), async (twin) => {
      const [at, values] = [starts(h, 3), Float64Array.of(60, 62, 61)];
      equal((await twin.recordSeries("strap", "heart_rate", "/min", at, values)).samples, 3);
      const columns = await twin.series({ metric: "heart_rate" });
      ok(columns.starts instanceof BigInt64Array && columns.values instanceof Float64Array, "typed arrays");
      equal([columns.unit, [...columns.starts].map(String), [...columns.values]], ["/min", [...at].map(String), [60, 62, 61]]);
      const into = { starts: new BigInt64Array(5), values: new Float64Array(5), durations: new BigInt64Array(5) };
      equal(await twin.seriesInto({ metric: "heart_rate" }, into), 3);
      equal([[...into.values], String(into.starts[2])], [[60, 62, 61, 0, 0], String(at[2])]);
      const small = { starts: new BigInt64Array(2), values: new Float64Array(2) };
      await refused(() => twin.seriesInto({ metric: "heart_rate" }, small), "invalid_value", /room for 2 samples, expected 3/);
    });
  },

  async "columns that are none are refused"(h) {
    await using_(await open(h), async (twin) => {
      const [at, values] = [starts(h, 3), Float64Array.of(60, 62, 61)];
      const put = (...columns) => twin.recordSeries("strap", "heart_rate", "/min", ...columns);
      await refused(() => put(at, values.subarray(1)), "invalid_value", /one length/);
      await refused(() => put([1n], [60]), "invalid_value", /`starts` is a Array, expected a BigInt64Array/);
      await refused(() => put(at, Float32Array.of(60, 62, 61)), "invalid_value");
      await refused(() => put(at, values, new BigInt64Array(1)), "invalid_value");
      await refused(() => put(at, Float64Array.of(60, NaN, 61)), "invalid_value");
      await refused(() => twin.recordSeries("strap\udfff", "heart_rate", "/min", at, values), "invalid_value");
      await refused(() => twin.recordSeries("strap", "heart_rate", "degC", at, values), "invalid_value");
      await refused(() => twin.recordSeries(7, "heart_rate", "/min", at, values), "invalid_value");
      await nothing(twin);
      // Not in order of time is no error: the log orders them.
      await put(at.slice().reverse(), values);
      equal([...(await twin.series({ metric: "heart_rate" })).values], [61, 62, 60]);
    });
  },

  async "bytes go in and out"(h) {
    const [a, b] = [await open(h), await open(h)];
    await a.record(coffee(80));
    const packed = await a.pack();
    ok(packed instanceof Uint8Array && packed.length > 0, "packed bytes");
    await b.merge(null, packed);
    equal((await b.state()).state_hash, (await a.state()).state_hash);
    await refused(() => b.merge({}, "text"), "invalid_value", /Uint8Array/);
    await refused(() => b.import({ path: "a" }, packed), "invalid_value");
    equal(await a.export(), await b.export());
    ok((await a.report({ days: 7 })).includes("</html>"), "a page");
    await a.close();
    await b.close();
  },

  async "a watch tells what differs"(h) {
    await using_(await open(h), async (twin) => {
      const watch = await twin.watch({ type: "days", figure: "caffeine_mg", last: 1 });
      await twin.record(coffee(80));
      equal((await watch.poll()).changes[0].after, 80);
      watch.close();
      await refused(() => watch.poll(), "not_found");
    });
  },

  async "a callback hears; what it throws is reported, the write stays, later calls work"(h) {
    await using_(await open(h), async (twin) => {
      const [heard, thrown] = [[], []];
      const callback = async (view) => {
        heard.push(view.changes[0].after);
        if (heard.length === 1) throw new Error("of the host");
        await twin.state();
      };
      const watch = await twin.watch({ type: "days", figure: "caffeine_mg", last: 1 }, callback, (e) => thrown.push(e));
      await twin.record(coffee(80));
      await settled();
      equal([heard, thrown.map((e) => e.message)], [[80], ["of the host"]]);
      await twin.record(coffee(20, { id: "2" }));
      await settled();
      equal([heard, thrown.length, (await twin.state()).day.caffeine_mg], [[80, 100], 1, 100]);
      watch.close();
      await twin.record(coffee(20, { id: "3" }));
      await settled();
      equal(heard.length, 2, "not told after closing");
      await refused(() => twin.watch({ type: "days", last: 1 }, "no function"), "invalid_value");
      await refused(() => twin.watch({ type: "minds", last: 1 }), "invalid_value");
    });
  },

  async "somebody else sees what was granted"(h) {
    await using_(await open(h), async (twin) => {
      await twin.record(coffee(80));
      const coach = await twin.engine.twin("me", { actor: "coach", purpose: "work" });
      const error = await refused(() => coach.state(), "consent_required");
      ok(error instanceof h.ConsentRequiredError && error instanceof h.TwinError && error instanceof Error, "its class");
      await twin.grant({ actor: "coach", purpose: "work" });
      equal((await coach.state()).day.caffeine_mg, undefined);
      await refused(() => twin.engine.twin("somebody_else"), "conflict");
    });
  },

  async "what is closed says so"(h) {
    const twin = await open(h);
    const watch = await twin.watch({ type: "days", last: 1 });
    equal(twin.closed, false);
    await twin.close();
    await twin.close();
    equal([twin.closed, twin.engine.closed], [true, true]);
    const calls = [() => twin.state(), () => twin.pack(), () => twin.series({ metric: "steps" }), () => twin.engine.twin("me"), () => watch.poll(),
      () => twin.recordSeries("s", "heart_rate", "/min", starts(h, 1), Float64Array.of(60)), () => twin.watch({ type: "days", last: 1 })];
    for (const call of calls) await refused(call, "not_found");
  },

  async "every code has its class"(h, { errors }) {
    equal(Object.keys(h.ERRORS).sort(), errors.map((e) => e.code).sort());
    for (const { code } of errors) {
      const error = new h.ERRORS[code]("a sentence", "state");
      const name = `${code.split("_").map((w) => w[0].toUpperCase() + w.slice(1)).join("")}Error`;
      equal([error.code, error.message, error.context, error.name], [code, "a sentence", "state", name]);
      ok(error instanceof h.TwinError && error instanceof h[name] && h[name] === h.ERRORS[code], name);
    }
  },

  async "every verb has its method, and nothing else is one"(h, { verbs }) {
    const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
    equal(h.VERBS, Object.fromEntries(verbs.map((v) => [camel(v.name), v.name])));
    for (const { name } of verbs) equal(typeof h.Twin.prototype[camel(name)], "function", name);
    const own = Object.getOwnPropertyNames(Object.getPrototypeOf(h.Twin.prototype)).filter((n) => n !== "constructor");
    equal(own.sort(), verbs.map((v) => camel(v.name)).sort());
  },

  async "moments as microseconds and back"(h) {
    equal(String(h.toMicros("2026-03-01T09:00:00.123456Z")), "1772355600123456");
    equal(String(h.toMicros("2026-03-01T10:00:00+01:00")), "1772355600000000");
    equal(String(h.toMicros(new Date("1969-12-31T23:59:59.999Z"))), "-1000");
    for (const text of ["2026-03-01T09:00:00.123456Z", "2026-03-01T09:00:00.5Z", "2026-03-01T09:00:00Z", "1969-12-31T23:59:59.999999Z"]) {
      equal(h.fromMicros(h.toMicros(text)), text);
    }
    for (const bad of ["2026-03-01", "2026-03-01T09:00:00", new Date(NaN), 5]) await refused(async () => h.toMicros(bad), "invalid_value");
  },

  async "options that are none are refused"(h) {
    await refused(() => h.Twin.open({ now, colour: "red" }), "invalid_value");
    await refused(() => h.Twin.open({ now, node: -1 }), "invalid_value");
    await refused(() => h.Twin.open({ now, node: 1.5 }), "invalid_value");
    await refused(() => h.Twin.open({ now, person: 5 }), "invalid_value");
    await refused(() => h.Twin.open({ now, readOnly: true }), "invalid_value");
    await refused(() => h.Twin.open({ now, access: { actor: "coach" } }), "invalid_value");
    let thrown;
    try { new h.Twin(); } catch (error) { thrown = error; }
    ok(thrown instanceof TypeError, "a twin is opened, not made");
  },

  async "several calls at once"(h) {
    await using_(await open(h), async (twin) => {
      const all = Array.from({ length: 40 }, (_, i) => twin.record(coffee(1, { id: `c${i}` })));
      const reads = Array.from({ length: 20 }, () => twin.state());
      equal((await Promise.all(all)).reduce((sum, view) => sum + view.events, 0), 40);
      await Promise.all(reads);
      equal((await twin.state()).day.caffeine_mg, 40);
      equal((await twin.verify()).ok, true);
    });
  },

  async "a twin is let go of by `await using`"(h) {
    const twin = await open(h);
    await twin[Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]();
    equal(twin.closed, true);
  },
};

async function using_(twin, run) {
  try {
    await run(twin);
  } finally {
    await twin.close();
  }
}
