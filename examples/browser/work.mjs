import { init, Twin } from "humantwin-wasm";

await init();
// Monday morning. Twelve tasks that were said to take two hours took three.
const monday = Date.parse("2026-03-02T07:00:00Z");
const finished = (n) => ({
  source: "tracker",
  type: "task.completed",
  time: new Date(monday - (n + 1) * 86_400_000),
  data: { task: `old-${n}`, duration_s: 3 * 3600, about: { kind: "bug", estimate_s: 2 * 3600 } },
});
const planned = (task, hours) => ({
  source: "tracker",
  type: "task.planned",
  time: new Date(monday),
  data: { task, about: { kind: "bug", estimate_s: hours * 3600 } },
});
const twin = await Twin.open({ now: new Date(monday) });
await twin.record({ events: Array.from({ length: 12 }, (_, n) => finished(n)) });
await twin.record({ events: [planned("T-1", 2), planned("T-2", 1)] });
for (const { name, estimate } of (await twin.predict({ model: "task_duration" })).estimates) {
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((h) => h.toFixed(1));
  console.log(`${name}: ${value} h, ${low} to ${high} h`);
}
const { blocks } = await twin.plan({ plan: { type: "week", days: 2 } });
const [first] = blocks.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
console.log(`first ${first.task} at ${first.start.slice(0, 16)}`);
await twin.close();
