// Engine and Twin over the native half: what goes in is checked and written as JSON, what comes out is read,
// failures become the error class of their code.
import { ERRORS, TwinError, TwinVerbs } from "./generated.mjs";

const asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");
const dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);
const invalid = (message) => new ERRORS.invalid_value(message);

/** How the native half is loaded (once it is asked for), and who hears of exceptions of callbacks. */
let host;

export function connect(load, report) {
  host = { load, report };
}

/** An open engine: what is shared by its twins. */
class Open {
  constructor(native, engine) {
    this.native = native;
    this.engine = engine;
    this.generation = native.generation;
  }

  /** After a trap nothing of the old WebAssembly instance may be touched again. */
  get gone() {
    return this.generation !== this.native.generation;
  }

  get closed() {
    return this.gone || this.engine.closed;
  }

  /** Runs a native call; what it throws becomes one of our errors. */
  async run(call) {
    if (this.gone) throw new ERRORS.not_found("the engine is closed; open it again");
    try {
      return await call();
    } catch (error) {
      throw refusal(error, this.native);
    }
  }

  close() {
    return this.gone ? Promise.resolve() : this.run(() => this.engine.close());
  }
}

/** An engine: opened once, hands out twins bound to an access. */
export class Engine {
  #open;

  constructor(open) {
    if (!(open instanceof Open)) throw new TypeError("an engine is made by `await Engine.open()`");
    this.#open = open;
  }

  static async open(options) {
    const { readOnly, ...rest } = options ?? {};
    const request = encode({ ...(readOnly === undefined ? {} : { read_only: readOnly }), ...rest });
    const native = await host.load();
    try {
      return new Engine(new Open(native, await native.open(request)));
    } catch (error) {
      throw refusal(error, native);
    }
  }

  async twin(person = "me", access = undefined) {
    const [name, asked] = [text("person", person), access == null ? "" : encode(access)];
    const native = await this.#open.run(() => this.#open.engine.twin(name, asked));
    return new Twin(this, this.#open, native, person);
  }

  get closed() {
    return this.#open.closed;
  }

  close() {
    return this.#open.close();
  }

  [asyncDispose]() {
    return this.close();
  }
}

/** One person's twin, bound to an access. */
export class Twin extends TwinVerbs {
  #open;
  #native;

  constructor(engine, open, native, person) {
    super();
    if (!(open instanceof Open)) throw new TypeError("a twin is made by `await Twin.open()`");
    this.#open = open;
    this.#native = native;
    Object.defineProperties(this, {
      engine: { value: engine, enumerable: true },
      person: { value: person, enumerable: true },
    });
  }

  static async open(options) {
    const { person, access, ...rest } = options ?? {};
    const engine = await Engine.open(rest);
    try {
      return await engine.twin(person, access);
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async _ask(verb, lane, request, bytes) {
    const asked = encode(request ?? {});
    if (bytes != null && !(ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1)) {
      throw invalid(`\`${verb}\` takes its bytes as a Uint8Array`);
    }
    const given = bytes == null ? undefined : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const answer = await this.#open.run(() => this.#native.call(verb, asked, given));
    return lane === "json" ? decode(answer) : answer;
  }

  async recordSeries(source, metric, unit, starts, values, durations = new BigInt64Array(0)) {
    const names = [text("source", source), text("metric", metric), text("unit", unit)];
    column("starts", starts, "BigInt64Array");
    column("values", values, "Float64Array");
    column("durations", durations, "BigInt64Array");
    return JSON.parse(await this.#open.run(() => this.#native.recordSeries(...names, starts, durations, values)));
  }

  async series(query) {
    const asked = encode(query);
    return this.#open.run(async () => {
      const columns = await this.#native.series(asked);
      const { unit, starts, values, durations } = columns;
      columns.free?.();
      return { unit, starts, values, durations };
    });
  }

  async seriesInto(query, into) {
    const { starts, values, durations } = into;
    column("starts", starts, "BigInt64Array");
    column("values", values, "Float64Array");
    if (durations != null) column("durations", durations, "BigInt64Array");
    const found = await this.series(query);
    const room = Math.min(starts.length, values.length, durations?.length ?? Infinity);
    if (room < found.starts.length) {
      throw invalid(`the arrays have room for ${room} samples, expected ${found.starts.length} or more`);
    }
    starts.set(found.starts);
    values.set(found.values);
    durations?.set(found.durations);
    return found.starts.length;
  }

  async watch(request, callback, onError = host.report) {
    const asked = encode(request);
    if (callback === undefined) {
      return new Watch(this.#open, await this.#open.run(() => this.#native.watch(asked)));
    }
    if (typeof callback !== "function") throw invalid("`callback` is no function");
    // What a callback throws never reaches the native half: the write that it hears of is done.
    const tell = async (view) => {
      try {
        await callback(JSON.parse(view));
      } catch (error) {
        onError(error);
      }
    };
    const later = (view) => queueMicrotask(() => tell(view).catch(host.report));
    return new Watch(this.#open, await this.#open.run(() => this.#native.watchWith(asked, later)));
  }

  get closed() {
    return this.#open.closed;
  }

  close() {
    return this.#open.close();
  }

  [asyncDispose]() {
    return this.close();
  }
}

/** A look at a twin that remembers the look before. */
export class Watch {
  #open;
  #native;

  constructor(open, native) {
    this.#open = open;
    this.#native = native;
  }

  async poll() {
    if (!this.#native?.poll) throw new ERRORS.not_found("the watch has ended, or tells its callback");
    return JSON.parse(await this.#open.run(() => this.#native.poll()));
  }

  close() {
    const native = this.#native;
    this.#native = undefined;
    if (!native || this.#open.gone) return;
    // An object of WebAssembly ends by being freed.
    (native.close ?? native.free).call(native);
  }

  [dispose]() {
    this.close();
  }
}

/** RFC 3339 text or a Date as UTC microseconds, as columns have them. */
export function toMicros(time) {
  const shown = tag(time) === "Date" ? (Number.isNaN(time.getTime()) ? "Invalid Date" : time.toISOString()) : text("time", time);
  const parts = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/.exec(shown);
  const seconds = parts ? Date.parse(`${parts[1].replace(/[t ]/, "T")}${parts[3].toUpperCase()}`) : NaN;
  if (Number.isNaN(seconds)) throw invalid(`\`${shown.slice(0, 40)}\` is no moment with its offset, such as \`2026-03-01T12:00:00Z\``);
  return BigInt(seconds) * 1000n + BigInt((parts[2] ?? "").slice(0, 6).padEnd(6, "0"));
}

/** UTC microseconds as RFC 3339 text. */
export function fromMicros(micros) {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const date = new Date(Number((micros - rest) / 1000n));
  if (Number.isNaN(date.getTime())) throw invalid(`\`${micros}\` is no moment`);
  return rest === 0n ? date.toISOString().replace(/\.?0*Z$/, "Z") : date.toISOString().replace("Z", `${String(rest).padStart(3, "0")}Z`);
}

/** An answer from its JSON. A number that JavaScript would round is refused; the text of `export` has it. */
function decode(json) {
  const long = /[[:,]-?\d{16,}[,\]}]/.test(json);
  return long ? JSON.parse(json, (key, value) => (typeof value === "number" ? exact(key, value) : value)) : JSON.parse(json);
}

/** A request as JSON: what JSON would change silently is refused. */
function encode(request) {
  try {
    return JSON.stringify(request, checked) ?? "null";
  } catch (error) {
    throw error instanceof TwinError ? error : invalid(`this is no payload: ${error.message.split("\n")[0]}`);
  }
}

function checked(key, value) {
  const given = this[key];
  const kind = tag(given);
  if (kind === "Date" && Number.isNaN(given.getTime())) throw invalid(`value of \`${key}\` is an invalid Date`);
  if (value === undefined && Array.isArray(this)) throw invalid(`\`undefined\` stands in a list`);
  if (typeof value === "string") return text(key, value);
  if (typeof value === "number") return exact(key, value);
  const known = value == null || typeof value === "boolean" || ["Object", "Array"].includes(tag(value));
  if (!known) throw invalid(`value of \`${key}\` is a ${kind}, which is no payload`);
  return value;
}

function exact(key, value) {
  if (!Number.isFinite(value)) throw invalid(`value of \`${key}\` is ${value}, expected a finite number`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw invalid(`value of \`${key}\` is ${value}, expected at most 2^53: larger ones are not exact`);
  }
  return value;
}

function text(name, value) {
  if (typeof value !== "string") throw invalid(`\`${name}\` is a ${tag(value)}, expected a text`);
  if (/\p{Surrogate}/u.test(value)) throw invalid(`\`${name}\` has half a character (a lone surrogate)`);
  return value;
}

function column(name, value, kind) {
  if (tag(value) !== kind) throw invalid(`\`${name}\` is a ${tag(value)}, expected a ${kind}`);
}

/** The error of ours that an exception of the native half stands for. */
function refusal(error, native) {
  if (error instanceof TwinError) return error;
  if (native.trapped && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) {
    native.trapped();
    return new ERRORS.internal("a bug in humantwin stopped it; open it again from the last packed bytes, and please report it");
  }
  try {
    const { code, message, context } = JSON.parse(error.message);
    return new ERRORS[code](message, context);
  } catch {
    return invalid(error?.message ?? String(error));
  }
}
