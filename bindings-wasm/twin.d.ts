/// <reference lib="esnext.disposable" />
import type { AccessOptions, RecordedView, SeriesQuery, Time, TwinVerbs, WatchRequest, WatchView } from "./generated.js";

/** How an engine is opened. */
export interface EngineOpenOptions {
  /** The twin's file, made when it is not there; default: in memory. Not in a browser. */
  path?: string | undefined;
  /** Only to read a file that is there, beside a writer. */
  readOnly?: boolean | undefined;
  /** Names this device among those that write to one person's twin, the same at every opening; default: 1. */
  node?: number | undefined;
  /** The clock stands still at this moment: for tests, and to replay a past. Default: the host's clock. */
  now?: Time | undefined;
}

/** How a twin is opened. */
export interface TwinOpenOptions extends EngineOpenOptions {
  /** The person's id; default: `me`. */
  person?: string | undefined;
  /** Who asks, and what for; default: the person, for their own use. */
  access?: AccessOptions | undefined;
}

/** Samples of one metric in order of time. */
export interface SeriesColumns {
  /** UCUM unit of the values. */
  unit: string;
  /** Starts, UTC microseconds. */
  starts: BigInt64Array;
  /** Values. */
  values: Float64Array;
  /** Durations, microseconds; 0 for an instant. */
  durations: BigInt64Array;
}

/** An engine: opened once, hands out twins bound to an access. */
export declare class Engine {
  private constructor();
  /** Opens an engine. */
  static open(options?: EngineOpenOptions): Promise<Engine>;
  /** The twin of a person, for one access. */
  twin(person?: string, access?: AccessOptions): Promise<Twin>;
  /** Was it closed? */
  readonly closed: boolean;
  /** Closes it, and with it all its twins: later calls fail with `not_found`. Closing again is no error. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** One person's twin, bound to an access. */
export declare class Twin {
  private constructor();
  /** Opens an engine and the twin of a person. */
  static open(options?: TwinOpenOptions): Promise<Twin>;
  /** The engine it belongs to. */
  readonly engine: Engine;
  /** The person's id. */
  readonly person: string;
  /** Was its engine closed? */
  readonly closed: boolean;
  /** Closes its engine, and with it all twins of it. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Records samples as columns. They are copied before the call returns.
   *
   * @param source - who says it
   * @param metric - a metric of the catalogue, or a vendor's own
   * @param unit - UCUM unit of the values
   * @param starts - starts, UTC microseconds
   * @param values - as many values
   * @param durations - as many durations, microseconds; left out for instants
   */
  recordSeries(
    source: string,
    metric: string,
    unit: string,
    starts: BigInt64Array,
    values: Float64Array,
    durations?: BigInt64Array,
  ): Promise<RecordedView>;
  /** Reads samples as columns. */
  series(query: SeriesQuery): Promise<SeriesColumns>;
  /** Reads samples into arrays of yours, and says how many there are. Arrays too small are `invalid_value`. */
  seriesInto(
    query: SeriesQuery,
    into: { starts: BigInt64Array; values: Float64Array; durations?: BigInt64Array | undefined },
  ): Promise<number>;
  /** Looks at days or windows: what is there now is the first look. */
  watch(request: WatchRequest): Promise<PolledWatch>;
  /**
   * Tells `callback` of differences after each verb that wrote. What it throws goes to `onError`; default: a
   * warning of the process in Node, `reportError` in a browser. The write stays.
   */
  watch(
    request: WatchRequest,
    callback: (view: WatchView) => unknown,
    onError?: (error: unknown) => void,
  ): Promise<Watch>;
}
export interface Twin extends TwinVerbs {}

/** A standing look at a twin. */
export interface Watch {
  /** Ends it. */
  close(): void;
  [Symbol.dispose](): void;
}

/** A look that remembers the look before. */
export interface PolledWatch extends Watch {
  /** What differs since the look before. */
  poll(): Promise<WatchView>;
}

/** RFC 3339 text or a `Date` as UTC microseconds, as columns have them. */
export declare function toMicros(time: Time): bigint;
/** UTC microseconds as RFC 3339 text. */
export declare function fromMicros(micros: bigint): string;
