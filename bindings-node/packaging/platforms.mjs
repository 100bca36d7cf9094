// The platforms with a binary of their own, and how each is built.
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";

const linux = (arch, cpu, libc) => ({
  name: `linux-${cpu}-${libc === "glibc" ? "gnu" : "musl"}`,
  target: `${arch}-unknown-linux-${libc === "glibc" ? "gnu" : "musl"}`,
  library: "libhumantwin_node.so",
  needs: { os: ["linux"], cpu: [cpu], libc: [libc] },
});
const apple = (arch, cpu) => ({
  name: `darwin-${cpu}`,
  target: `${arch}-apple-darwin`,
  library: "libhumantwin_node.dylib",
  needs: { os: ["darwin"], cpu: [cpu] },
});
const windows = (arch, cpu) => ({
  name: `win32-${cpu}-msvc`,
  target: `${arch}-pc-windows-msvc`,
  library: "humantwin_node.dll",
  needs: { os: ["win32"], cpu: [cpu] },
});

export const platforms = [
  linux("x86_64", "x64", "glibc"),
  linux("aarch64", "arm64", "glibc"),
  linux("x86_64", "x64", "musl"),
  linux("aarch64", "arm64", "musl"),
  apple("aarch64", "arm64"),
  apple("x86_64", "x64"),
  windows("x86_64", "x64"),
  windows("aarch64", "arm64"),
];

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const target = process.env.CARGO_TARGET_DIR ?? `${root}target`;

/** The platform that runs this script. */
export function here() {
  const musl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
  const suffix = { linux: musl ? "-musl" : "-gnu", win32: "-msvc" }[process.platform] ?? "";
  const name = `${process.platform}-${process.arch}${suffix}`;
  const found = platforms.find((platform) => platform.name === name);
  if (!found) throw new Error(`there is no package for ${name}`);
  return found;
}

/** Runs a command; a failure ends the script. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { stdio: "inherit", cwd: root, ...options });
  if (done.status !== 0) throw new Error(`\`${command} ${args.join(" ")}\` ended with ${done.status ?? done.error}`);
  return done;
}
