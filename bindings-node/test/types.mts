// Read by `tsc`, never run: each `@ts-expect-error` fails the check when the line below it is fine.
import { ERRORS, InvalidValueError, Twin, TwinError, toMicros } from "humantwin";
import type { ActorId, Code, Event, Purpose, RecordedView, SourceId, StateView, Timestamp, ZoneId } from "humantwin";
import { init, Twin as BrowserTwin } from "humantwin-wasm";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_ extends true>(): void => {};

const twin = await Twin.open({ person: "me", now: new Date(), access: { actor: "coach", purpose: "work" } });
// @ts-expect-error a purpose is one of some words
await Twin.open({ access: { actor: "coach", purpose: "pleasure" } });
// @ts-expect-error twins are opened, not made
new Twin();

const state = await twin.state({ at: new Date(), known_at: "2026-03-01T12:00:00Z" });
holds<Same<typeof state, StateView>>();
holds<Same<typeof state.at, Timestamp>>();
// @ts-expect-error a field that is none
await twin.state({ att: new Date() });
// @ts-expect-error a verb without anything to say
await twin.models({ all: true });
// @ts-expect-error `since` must be there
await twin.why({});
// @ts-expect-error what may be absent is looked at first
state.day.sleep.asleep_min;

const packed: Uint8Array = await twin.pack();
await twin.merge(null, packed);
await twin.import({ name: "a.csv" }, packed);
const text: string = await twin.export();

// An event's data follows from its `type`.
const told = (event: Event): number | null | undefined => {
  switch (event.type) {
    case "health.caffeine_consumed":
      return event.data.amount_mg;
    case "health.sleep_recorded":
      // @ts-expect-error sleep has no amount
      event.data.amount_mg;
      return event.data.asleep_min;
    default:
      return undefined;
  }
};
// @ts-expect-error data of another kind
const wrong: Event = { source: "s", time: new Date(), type: "health.caffeine_consumed", data: { steps: 5 } };

// Cases by `type`, words by name, each with one that is not known.
await twin.windows({ metric: "steps", shape: { type: "tumbling", size_s: 3600 } });
// @ts-expect-error a session has a gap, not a size
await twin.windows({ metric: "steps", shape: { type: "session", size_s: 3600 } });
const spoken = (purpose: Purpose): string => {
  switch (purpose) {
    case "own_use":
    case "health":
      return "mine";
    default:
      return purpose;
  }
};

// Ids do not mix, and any text may be given for one.
const actor: ActorId = "coach";
// @ts-expect-error an actor is no zone
const zone: ZoneId = actor;
const source: SourceId = "ring";

const recorded: RecordedView = await twin.recordSeries("s", "steps", "1", BigInt64Array.of(toMicros(new Date())), Float64Array.of(1));
// @ts-expect-error columns are typed arrays
await twin.recordSeries("s", "steps", "1", [1n], [1]);
const watch = await twin.watch({ type: "days", last: 1 });
const view = await watch.poll();
const pushed = await twin.watch({ type: "days", last: 1 }, (seen) => seen.changes.length);
// @ts-expect-error who is told does not poll
pushed.poll();

try {
  await twin.close();
} catch (error) {
  if (error instanceof InvalidValueError) holds<Same<typeof error.code, "invalid_value">>();
  else if (error instanceof TwinError) holds<Same<typeof error.code, Code>>();
}
const code: Code = "conflict";
new ERRORS[code]("said");
// @ts-expect-error a code that is none
const no: Code = "lost";

await init();
await using other = await BrowserTwin.open();
const length: number = (await other.report({ days: 7 })).length;
export { told, wrong, spoken, zone, source, recorded, view, text, no, length };
