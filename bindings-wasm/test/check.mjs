// What the shared tests ask with; nothing of Node, so that they run in a browser too.

/** Where two JSON values differ, or undefined: null equals absent, floats within 1e-9 relative, integers exactly. */
export function difference(got, want, path = "$") {
  if (got == null && want == null) return undefined;
  if (typeof got === "number" && typeof want === "number") {
    const exact = Number.isInteger(got) && Number.isInteger(want);
    const near = Math.abs(got - want) <= (exact ? 0 : 1e-9 * Math.max(Math.abs(got), Math.abs(want)));
    return near ? undefined : `${path}: ${got}, expected ${want}`;
  }
  if (typeof got !== "object" || typeof want !== "object" || got === null || want === null) {
    return got === want ? undefined : `${path}: ${JSON.stringify(got)}, expected ${JSON.stringify(want)}`;
  }
  if (Array.isArray(got) !== Array.isArray(want) || (Array.isArray(got) && got.length !== want.length)) {
    return `${path}: ${JSON.stringify(got)}, expected ${JSON.stringify(want)}`;
  }
  for (const key of new Set([...Object.keys(got), ...Object.keys(want)])) {
    const found = difference(got[key], want[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

export function equal(got, want, about = "") {
  const found = difference(got, want);
  if (found) throw new Error(`${about} ${found}`);
}

export function ok(holds, about) {
  if (!holds) throw new Error(about);
}

/** The error that a call must fail with. */
export async function refused(run, code, pattern) {
  let done;
  try {
    done = await run();
  } catch (error) {
    ok(error.code === code, `failed with \`${error.code}\` (${error.message}), expected \`${code}\``);
    if (pattern) ok(pattern.test(error.message), `said \`${error.message}\`, expected ${pattern}`);
    return error;
  }
  throw new Error(`gave ${JSON.stringify(done)}, expected \`${code}\``);
}
