// Writes the npm tarball of the browser package: pack.mjs [--out FOLDER]
import { copyFile, cp, mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root, run, target } from "../../bindings-node/packaging/platforms.mjs";

const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = resolve(values.out ?? join(target, "npm"));
const source = join(root, "bindings-wasm");
const folder = join(out, "humantwin-wasm");
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const files = "package.json README.md index.mjs index.d.ts native.mjs twin.mjs twin.d.ts generated.mjs generated.d.ts build/humantwin_wasm.js build/humantwin_wasm_bg.wasm";
for (const file of files.split(" ")) await cp(join(source, file), join(folder, file));
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) await copyFile(join(root, licence), join(folder, licence));
const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
run("npm", ["pack", "--silent", "--pack-destination", out, folder], { shell: process.platform === "win32" });
console.log(`humantwin-wasm-${version}.tgz`);
