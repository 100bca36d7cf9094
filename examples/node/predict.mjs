import { Twin } from "humantwin";

const noon = Date.parse("2026-03-01T12:00:00Z");
const hour = 3_600_000;
// Three weeks of short nights, from midnight to half past six.
const night = (back) => {
  const woke = noon - 24 * hour * back - 5.5 * hour;
  const [start, end] = [new Date(woke - 6.5 * hour), new Date(woke)];
  return { source: "ring", type: "health.sleep_recorded", time: end, data: { start, end, asleep_min: 350 + 10 * (back % 4) } };
};
const twin = await Twin.open({ now: new Date(noon) });
await twin.record({ events: Array.from({ length: 21 }, (_, back) => night(back)) });
const [debt] = (await twin.predict({ model: "sleep_debt" })).estimates;
const { value, low, high } = debt.estimate;
console.log(`you owe ${value.toFixed(1)} h of sleep, ${low.toFixed(1)} to ${high.toFixed(1)} h`);

// What would happen: three nights in bed by ten.
const changes = [{ type: "sleep_at", days: [1, 2, 3], bed: "22:00", wake: "06:30" }];
const { quantities } = await twin.simulate({ changes, days: 3 });
const owed = quantities.find((quantity) => quantity.name === "sleep_debt");
const [usual, changed] = [owed.plan[2].value, owed.changed[2].value];
console.log(`in three days ${usual.toFixed(1)} h as usual, ${changed.toFixed(1)} h when in bed by ten`);
await twin.close();
