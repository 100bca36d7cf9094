// The shared tests and scenarios in Node, through `import`.
import test from "node:test";
import { readFile, readdir } from "node:fs/promises";
import * as humantwin from "../index.mjs";
import { replay } from "../../bindings-wasm/test/scenarios.mjs";
import { suite } from "../../bindings-wasm/test/suite.mjs";

const root = new URL("../../", import.meta.url);
const json = async (path) => JSON.parse(await readFile(new URL(path, root), "utf8"));
const { errors } = await json("schemas/errors.json");
const { verbs } = await json("schemas/verbs.json");

for (const [name, run] of Object.entries(suite)) test(name, () => run(humantwin, { errors, verbs }));

const folder = new URL("conformance/scenarios/", root);
for (const name of (await readdir(folder)).filter((n) => n.endsWith(".json"))) {
  test(`scenario ${name}`, async () => {
    const scenario = await json(`conformance/scenarios/${name}`);
    await replay(humantwin, scenario, (path) => readFile(new URL(path, folder)));
  });
}
