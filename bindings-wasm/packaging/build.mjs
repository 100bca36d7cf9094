// Builds the WebAssembly module and the JavaScript around it in bindings-wasm/build: build.mjs
//
// Cargo builds it small (profile `wasm-release`), `bindgen` of xtask writes the JavaScript, `wasm-opt` (npm package
// binaryen) makes it smaller still. Prints the sizes.
import { readFile, writeFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root, run, target } from "../../bindings-node/packaging/platforms.mjs";

const TRIPLE = "wasm32-unknown-unknown";
const PROFILE = "wasm-release";
const folder = join(root, "bindings-wasm/build");
const module = join(folder, "humantwin_wasm_bg.wasm");

run("cargo", ["build", "--profile", PROFILE, "--target", TRIPLE, "-p", "humantwin-wasm"]);
run("cargo", ["build", "--profile", "ci", "-p", "xtask", "--features", "bindgen", "--bin", "bindgen"]);
run(join(target, "ci/bindgen"), [join(target, TRIPLE, PROFILE, "humantwin_wasm.wasm"), folder]);
const before = (await stat(module)).size;

const smaller = join(folder, "humantwin_wasm_opt.wasm");
const optimise = join(root, "bindings-node/node_modules/binaryen/bin/wasm-opt");
// What the compiler uses, and every browser has had for years.
const features = ["--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"];
run(process.execPath, [optimise, "-Os", ...features, module, "-o", smaller]);
const bytes = await readFile(smaller);
await writeFile(module, bytes);
await rm(smaller);
const gzipped = gzipSync(bytes, { level: 9 }).length;
console.log(`wasm: ${before} bytes, ${bytes.length} after wasm-opt, ${gzipped} gzipped`);
