// Writes npm tarballs: pack.mjs [--out FOLDER] [--all]
//
// One of `humantwin`, and one of `@humantwin/<platform>` for each binary that was built. `--all` fails when a binary
// of a platform is missing and names every platform as an optional dependency: for a release. Without it only the
// platforms that were built are named.
import { access, copyFile, cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { platforms, root, run, target } from "./platforms.mjs";

const { values } = parseArgs({ options: { out: { type: "string" }, all: { type: "boolean" } } });
const out = resolve(values.out ?? join(target, "npm"));
const source = join(root, "bindings-node");
const about = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
await rm(out, { recursive: true, force: true });

const binary = (platform) => `humantwin.${platform.name}.node`;
const there = (path) => access(path).then(() => true, () => false);
const built = [];
for (const platform of platforms) {
  if (await there(join(source, binary(platform)))) built.push(platform);
  else if (values.all) throw new Error(`${binary(platform)} is missing: build it first`);
}
if (built.length === 0) throw new Error("no binary was built: run packaging/build.mjs first");

async function stage(name, manifest, copy) {
  const folder = join(out, name);
  await mkdir(folder, { recursive: true });
  await copy(folder);
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) await copyFile(join(root, licence), join(folder, licence));
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  run("npm", ["pack", "--silent", "--pack-destination", out, folder], { shell: process.platform === "win32" });
}

const { version, license, repository, engines } = about;
for (const platform of built) {
  const main = binary(platform);
  const name = `@humantwin/${platform.name}`;
  const description = `The binary of humantwin for ${platform.name}`;
  const manifest = { name, version, description, license, repository, engines, main, files: [main], ...platform.needs };
  await stage(platform.name, manifest, (folder) => copyFile(join(source, main), join(folder, main)));
}
const { devDependencies, scripts, ...shown } = about;
const optionalDependencies = Object.fromEntries(built.map((p) => [`@humantwin/${p.name}`, version]));
await stage("humantwin", { ...shown, optionalDependencies }, async (folder) => {
  for (const file of await readdir(source)) {
    if (/\.([cm]js|d\.[cm]?ts)$|^README\.md$/.test(file)) await cp(join(source, file), join(folder, file));
  }
});
console.log((await readdir(out)).filter((name) => name.endsWith(".tgz")).join("\n"));
