// Builds the binary and puts it beside `index.cjs`: build.mjs [--profile release] [--target NAME] [--zig]
//
// `--zig` builds Linux for another CPU or C library with cargo-zigbuild (against glibc 2.17); see
// docs/how-to/package-node.md.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { here, platforms, root, run, target } from "./platforms.mjs";

const { values } = parseArgs({
  options: { profile: { type: "string", default: "release" }, target: { type: "string" }, zig: { type: "boolean" } },
});
const platform = values.target ? platforms.find((p) => p.name === values.target) : here();
if (!platform) throw new Error(`there is no platform \`${values.target}\`; there are ${platforms.map((p) => p.name).join(", ")}`);

const cross = values.zig || (values.target && platform.name !== here().name);
const triple = values.zig && platform.needs.libc?.[0] === "glibc" ? `${platform.target}.2.17` : platform.target;
const words = [values.zig ? "zigbuild" : "build", "--profile", values.profile, "-p", "humantwin-node"];
run("cargo", [...words, ...(cross ? ["--target", triple] : [])], {
  // musl binaries that Node loads must be dynamic libraries.
  env: platform.needs.libc?.[0] === "musl" ? { ...process.env, RUSTFLAGS: "-C target-feature=-crt-static" } : process.env,
});
const built = join(target, ...(cross ? [platform.target] : []), values.profile, platform.library);
await copyFile(built, join(root, "bindings-node", `humantwin.${platform.name}.node`));
console.log(`humantwin.${platform.name}.node`);
