export * from "./twin.js";
export * from "./generated.js";
