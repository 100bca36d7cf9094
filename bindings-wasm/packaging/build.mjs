// Builds the WebAssembly module and the JavaScript around it in bindings-wasm/build: build.mjs
//
// Cargo builds it small (profile `wasm-release`), `bindgen` of xtask writes the JavaScript. Prints the sizes, and fails
// above the limit. No `wasm-opt`: it takes 6 % of the module and a minute, and what is sent, gzipped, becomes 1 % larger.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root, run, target } from "../../bindings-node/packaging/platforms.mjs";

const TRIPLE = "wasm32-unknown-unknown";
const PROFILE = "wasm-release";
// What a reader's browser fetches at most, gzipped, bytes.
const LIMIT = 2_000_000;
const folder = join(root, "bindings-wasm/build");
const module = join(folder, "humantwin_wasm_bg.wasm");

run("cargo", ["build", "--profile", PROFILE, "--target", TRIPLE, "-p", "humantwin-wasm"]);
run("cargo", ["build", "--profile", "ci", "-p", "xtask", "--features", "bindgen", "--bin", "bindgen"]);
run(join(target, "ci/bindgen"), [join(target, TRIPLE, PROFILE, "humantwin_wasm.wasm"), folder]);
const bytes = await readFile(module);
const gzipped = gzipSync(bytes, { level: 9 }).length;
console.log(`wasm: ${bytes.length} bytes, ${gzipped} gzipped`);
if (gzipped > LIMIT) {
  throw new Error(`the module is ${gzipped - LIMIT} bytes above its limit of ${LIMIT}, gzipped`);
}
