const { Twin, toMicros } = require("humantwin");

async function main() {
  const twin = await Twin.open({ now: "2026-03-01T12:00:00Z" });
  const [start, end] = ["2026-02-28T22:45:00Z", "2026-03-01T06:30:00Z"];
  await twin.record({
    events: [
      { source: "ring", type: "health.sleep_recorded", time: end, data: { start, end, asleep_min: 450 } },
      { source: "diary", type: "health.caffeine_consumed", time: "2026-03-01T08:00:00Z", data: { amount_mg: 80 } },
    ],
  });
  const nine = toMicros("2026-03-01T09:00:00Z");
  const starts = BigInt64Array.of(nine, nine + 60_000_000n, nine + 120_000_000n);
  await twin.recordSeries("strap", "heart_rate", "/min", starts, Float64Array.of(60, 62, 61));
  const { day } = await twin.state();
  const hours = (day.sleep?.asleep_min ?? 0) / 60;
  console.log(`you slept ${hours.toFixed(1)} h, ${day.caffeine_mg} mg caffeine, heart rate ${day.heart?.mean_bpm?.toFixed(0)}`);
  await twin.close();
}

main();
