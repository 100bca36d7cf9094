// humantwin for browsers and bundlers: call `await init()` once, then open twins.
import { connect } from "./twin.mjs";
import { native } from "./native.mjs";

connect(native, (error) => (globalThis.reportError ?? console.error)(error));

export { init } from "./native.mjs";
export { Engine, Twin, fromMicros, toMicros } from "./twin.mjs";
export * from "./generated.mjs";
