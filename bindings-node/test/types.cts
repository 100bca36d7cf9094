import humantwin = require("../index.cjs");
import { Twin } from "../index.cjs";

export async function hours(): Promise<number | null | undefined> {
  const twin: humantwin.Twin = await Twin.open();
  const state: humantwin.StateView = await twin.state();
  return state.day.sleep?.asleep_min;
}
