"use strict";
// humantwin for Node.js. `require` and `import` give the same classes.
const { connect, Engine, Twin, fromMicros, toMicros } = require("./twin.cjs");
const { native } = require("./native.cjs");
const { TwinVerbs, ...generated } = require("./generated.cjs");

connect(native, (error) => {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.emitWarning(`a callback of \`watch\` failed: ${said}`, { type: "HumantwinWarning", code: "HUMANTWIN_CALLBACK" });
});

module.exports = { Engine, Twin, fromMicros, toMicros, ...generated };
