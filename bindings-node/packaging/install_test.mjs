// Installs the tarballs in an empty project and runs the quickstart: install_test.mjs [FOLDER_OF_TARBALLS] [--wasm]
//
// ESM, CommonJS, TypeScript; a bundle by Vite. `--wasm`: without the binary, on the WebAssembly build. Nothing but
// tarballs is installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { here, root, run, target } from "./platforms.mjs";

const SAYS = "you slept 7.5 h, 80 mg caffeine, heart rate 61";
const PREDICTS = (await readFile(join(root, "examples/predict.txt"), "utf8")).trim();
const WORKS = (await readFile(join(root, "examples/work.txt"), "utf8")).trim();
const { values, positionals } = parseArgs({ options: { wasm: { type: "boolean" } }, allowPositionals: true });
const folder = resolve(positionals[0] ?? join(target, "npm"));
const tarballs = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
const find = (start) => {
  const name = tarballs.find((name) => name.startsWith(start) && /\d/.test(name[start.length]));
  return join(folder, name ?? assert.fail(`no tarball of ${start}`));
};
const node = (script, cwd) => {
  const done = spawnSync(process.execPath, [script], { cwd, encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trim();
};

async function project(packages, test) {
  const path = await mkdtemp(join(tmpdir(), "humantwin-install-"));
  try {
    await writeFile(join(path, "package.json"), '{ "name": "empty", "private": true }\n');
    const how = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--offline"];
    run("npm", [...how, ...packages], { cwd: path, shell: process.platform === "win32" });
    for (const end of ["mjs", "cjs", "ts"]) {
      const [from, to] = [`examples/node/quickstart.${end}`, end === "ts" ? "quickstart.mts" : `quickstart.${end}`];
      await copyFile(join(root, from), join(path, to));
    }
    await copyFile(join(root, "examples/node/predict.mjs"), join(path, "predict.mjs"));
    await copyFile(join(root, "examples/node/work.mjs"), join(path, "work.mjs"));
    await test(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

const tools = join(root, "bindings-node/node_modules");

async function native(path) {
  assert.equal(node("quickstart.mjs", path), SAYS);
  assert.equal(node("quickstart.cjs", path), SAYS);
  assert.equal(node("predict.mjs", path), PREDICTS);
  assert.equal(node("work.mjs", path), WORKS);
  const strict = ["--strict", "--target", "es2022", "--module", "nodenext", "--outDir", "out", "quickstart.mts"];
  run(process.execPath, [join(tools, "typescript/bin/tsc"), ...strict], { cwd: path });
  assert.equal(node("out/quickstart.mjs", path), SAYS);
  // A bundle for a server keeps the package outside, where its binary is.
  await writeFile(join(path, "vite.config.mjs"), 'export default { build: { ssr: "quickstart.mjs", outDir: "bundle", target: "node18" }, logLevel: "error" };\n');
  run(process.execPath, [join(tools, "vite/bin/vite.js"), "build"], { cwd: path });
  const [bundle] = (await readdir(join(path, "bundle"))).filter((name) => name.startsWith("quickstart"));
  assert.equal(node(`bundle/${bundle}`, path), SAYS);
  console.log("node package: ESM, CommonJS, TypeScript, Vite");
}

async function wasm(path) {
  assert.equal(node("quickstart.mjs", path), SAYS);
  assert.equal(node("quickstart.cjs", path), SAYS);
  assert.equal(node("predict.mjs", path), PREDICTS);
  assert.equal(node("work.mjs", path), WORKS);
  console.log("node package without its binary: on WebAssembly");
}

await (values.wasm
  ? project([find("humantwin-"), find("humantwin-wasm-")], wasm)
  : project([find("humantwin-"), find(`humantwin-${here().name}-`)], native));
