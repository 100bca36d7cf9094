// A twin that stays: its packed log in IndexedDB.
import { Twin } from "humantwin-wasm";

const settled = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

async function store(mode, use) {
  const opening = indexedDB.open("humantwin", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("logs");
  const database = await settled(opening);
  try {
    return await settled(use(database.transaction("logs", mode).objectStore("logs")));
  } finally {
    database.close();
  }
}

/** Opens a twin with what was kept under `name`. */
export async function openKept(name, options) {
  const twin = await Twin.open(options);
  const packed = await store("readonly", (logs) => logs.get(name));
  if (packed) await twin.merge({}, packed);
  return twin;
}

/** Keeps a twin under `name`. */
export async function keep(twin, name) {
  const packed = await twin.pack();
  await store("readwrite", (logs) => logs.put(packed, name));
}
