"use strict";
// Finds the binary of this platform, or else the WebAssembly build.
const { readFile } = require("node:fs/promises");
const { ERRORS } = require("./generated.cjs");

/** Names of binaries that may run here; of a Linux both C libraries are tried. */
function platforms() {
  const here = `${process.platform}-${process.arch}`;
  if (process.platform === "linux") return [`${here}-gnu`, `${here}-musl`];
  return [process.platform === "win32" ? `${here}-msvc` : here];
}

function binary() {
  for (const platform of platforms()) {
    for (const place of [`./humantwin.${platform}.node`, `@humantwin/${platform}`]) {
      try {
        return require(place);
      } catch (error) {
        // Not there, or of the other C library; what else may be wrong is told.
        if (!["MODULE_NOT_FOUND", "ERR_DLOPEN_FAILED"].includes(error.code)) throw error;
        failures.push(error);
      }
    }
  }
  return undefined;
}

async function fallback() {
  let wasm;
  try {
    wasm = await import("humantwin-wasm/native");
  } catch {
    const packages = platforms().map((platform) => `\`@humantwin/${platform}\``).join(" or ");
    const broken = failures.find((error) => error.code === "ERR_DLOPEN_FAILED");
    throw new ERRORS.unsupported(
      `there is no binary of humantwin for \`${process.platform}-${process.arch}\`: install ${packages} ` +
        "(`npm install --include=optional` where optional packages were left out), or `humantwin-wasm`, which keeps " +
        `twins in memory only${broken ? `; a binary is there but does not load: ${broken.message}` : ""}`,
    );
  }
  await wasm.init(await readFile(require.resolve("humantwin-wasm/humantwin_wasm_bg.wasm")));
  return wasm.native();
}

const failures = [];
let loaded;

exports.native = async () => (loaded ??= binary()) ?? (loaded = await fallback());
