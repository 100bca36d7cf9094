// A twin that stays: its packed log in the page's private files (OPFS).
import { Twin } from "humantwin-wasm";

/** Opens a twin with what was kept under `name`. */
export async function openKept(name, options) {
  const twin = await Twin.open(options);
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle(name).then((handle) => handle.getFile(), () => undefined);
  if (file) await twin.merge({}, new Uint8Array(await file.arrayBuffer()));
  return twin;
}

/** Keeps a twin under `name`. What was kept before stays until all is written. */
export async function keep(twin, name) {
  const folder = await navigator.storage.getDirectory();
  const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writer.write(await twin.pack());
  await writer.close();
}
