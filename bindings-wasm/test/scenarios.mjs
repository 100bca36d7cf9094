// Replays one scenario of conformance/scenarios through the typed methods.
import { difference, equal, ok } from "./check.mjs";

const integers = (list) => BigInt64Array.from(list ?? [], BigInt);
const numbers = (list) => Array.from(list, Number);

/**
 * `read(path)` gives the bytes of a file beside the scenarios. `traps`: a panic ends the instance, so that twins are
 * opened again from their packed bytes.
 */
export async function replay({ Twin, VERBS }, scenario, read, traps = false) {
  const methods = Object.fromEntries(Object.entries(VERBS).map(([method, verb]) => [verb, method]));
  const twins = new Map();
  const watches = new Map();
  let calls = 0;

  async function act(step) {
    if (step.open) {
      const { person, access, options } = step;
      const how = { ...options, ...(person && { person }), ...(access && { access }) };
      twins.set(step.open, { twin: await Twin.open(how), how });
    } else if (step.twin_of) {
      const { twin, how } = twins.get(step.twin_of);
      twins.set(step.as, { twin: await twin.engine.twin(step.person ?? twin.person, step.access), how });
    } else if (step.close) {
      await twins.get(step.close).twin.close();
    } else if (step.poll) {
      return watches.get(step.poll).poll();
    } else if (step.watch) {
      watches.set(step.as, await twins.get(step.on).twin.watch(step.watch));
    } else if (step.series_in) {
      const { source, metric, unit, starts_us, durations_us, values } = step.series_in;
      const columns = [integers(starts_us), Float64Array.from(values), integers(durations_us)];
      return twins.get(step.on).twin.recordSeries(source, metric, unit, ...columns);
    } else if (step.series_out) {
      const { unit, starts, durations, values } = await twins.get(step.on).twin.series(step.series_out);
      return { unit, starts_us: numbers(starts), durations_us: numbers(durations), values: numbers(values) };
    } else {
      const packed = step.packed && (await twins.get(step.packed).twin.pack());
      const bytes = step.file ? await read(step.file) : packed;
      const { twin } = twins.get(step.on);
      return bytes ? twin[methods[step.verb]](step.request, bytes) : twin[methods[step.verb]](step.request);
    }
    return undefined;
  }

  async function reopened(step) {
    const kept = [];
    for (const [name, { twin, how }] of twins) if (!twin.closed) kept.push([name, how, await twin.pack()]);
    const said = await act(step).catch((error) => error);
    equal(said.code, step.error.code);
    for (const [name, how, packed] of kept) {
      ok(twins.get(name).twin.closed, `\`${name}\` is closed by the trap`);
      const twin = await Twin.open(how);
      await twin.merge({}, packed);
      twins.set(name, { twin, how });
    }
  }

  for (const [at, step] of scenario.steps.entries()) {
    const where = `step ${at + 1} (${step.verb ?? Object.keys(step).join(" ")})`;
    calls += 1;
    if (traps && step.error?.code === "internal") {
      await reopened(step);
      continue;
    }
    let answer;
    try {
      answer = await act(step);
    } catch (error) {
      if (!step.error) throw new Error(`${where} failed: ${error.code} ${error.message}`, { cause: error });
      const { code, message } = error;
      equal({ code, message }, { message, ...step.error }, where);
      continue;
    }
    if (step.error) throw new Error(`${where} gave ${JSON.stringify(answer)}, expected ${step.error.code}`);
    if ("expect" in step) equal(answer, step.expect, where);
    if ("expect_text" in step) ok(answer === step.expect_text, `${where}: ${difference(answer, step.expect_text)}`);
    for (const part of step.expect_has ?? []) ok(answer.includes(part), `${where}: \`${part}\` is not in it`);
  }
  for (const { twin } of twins.values()) await twin.close();
  return calls;
}
