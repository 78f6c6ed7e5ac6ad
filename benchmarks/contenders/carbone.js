// Carbone as its documentation shows it: one call for each document.
const fs = require("fs");
const path = require("path");
const { promisify } = require("util");
const carbone = require("carbone");

const [folder, kind] = process.argv.slice(2);
const render = promisify(carbone.render);

async function main() {
  const start = process.hrtime.bigint();
  const template = path.join(folder, `${kind}-carbone.docx`);
  const records = JSON.parse(fs.readFileSync(path.join(folder, `${kind}s.json`), "utf8"));
  let size = 0;
  let last;
  for (const record of records) {
    last = await render(template, record, {});
    size += last.length;
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  fs.writeFileSync(path.join(folder, `${kind}-carbone-made.docx`), last);
  console.log(JSON.stringify({ seconds, documents: records.length, bytes: size, peak_kib: process.resourceUsage().maxRSS }));
  process.exit(0);
}

main();
