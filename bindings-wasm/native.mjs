// The WebAssembly module as `twin.mjs` needs it.
import load, { __wbg_reset_state, open } from "./build/humantwin_wasm.js";
import { ERRORS } from "./generated.mjs";

let ready;

export async function init(source) {
  ready ??= load(source === undefined ? undefined : { module_or_path: source });
  try {
    await ready;
  } catch (error) {
    ready = undefined;
    throw new ERRORS.not_found(`the WebAssembly module cannot be loaded: ${error.message}`);
  }
}

const handle = {
  open,
  /** Counts instances: handles of an earlier one are closed. */
  generation: 0,
  /** After a trap the instance may be in any state: a fresh one takes its place. */
  trapped() {
    handle.generation += 1;
    __wbg_reset_state();
  },
};

export async function native() {
  if (!ready) throw new ERRORS.not_found("the WebAssembly module is not loaded; call `await init()` first");
  await ready;
  return handle;
}
