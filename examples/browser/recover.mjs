// After a bug of ours, or when memory ran out, the module is a fresh one: a twin goes on from its packed log.
import { InternalError, Twin } from "humantwin-wasm";

/** Imports a file; gives the twin to go on with, which is another one when the import broke. */
export async function importSafely(twin, file, options) {
  const kept = await twin.pack();
  try {
    await twin.import({ name: file.name }, new Uint8Array(await file.arrayBuffer()));
    return twin;
  } catch (error) {
    if (!(error instanceof InternalError)) throw error;
    const again = await Twin.open(options);
    await again.merge({}, kept);
    return again;
  }
}
