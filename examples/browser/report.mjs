// Files in, report out; nothing is sent.
import { init, Twin } from "humantwin-wasm";

const [drop, files, said, report] = ["drop", "files", "said", "report"].map((id) => document.getElementById(id));
await init();
const twin = await Twin.open();
said.textContent = "Ready.";

async function read(list) {
  const lines = [];
  for (const file of list) {
    try {
      const seen = await twin.import({ name: file.name }, new Uint8Array(await file.arrayBuffer()));
      lines.push(`${file.name}: ${seen.events} facts, ${seen.samples} samples`);
    } catch (error) {
      lines.push(`${file.name}: ${error.message}`);
    }
  }
  URL.revokeObjectURL(report.src);
  report.src = URL.createObjectURL(new Blob([await twin.report()], { type: "text/html" }));
  report.hidden = false;
  said.textContent = lines.join("; ");
}

files.addEventListener("change", () => read(files.files));
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") read(event.dataTransfer.files);
  });
}
