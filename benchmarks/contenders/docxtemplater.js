// docxtemplater as its documentation shows it: a new zip and template for each document.
const fs = require("fs");
const path = require("path");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");

const [folder, kind] = process.argv.slice(2);
const start = process.hrtime.bigint();
const content = fs.readFileSync(path.join(folder, `${kind}-docxtemplater.docx`));
const records = JSON.parse(fs.readFileSync(path.join(folder, `${kind}s.json`), "utf8"));
let size = 0;
let last;
for (const record of records) {
  const template = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  template.render(record);
  last = template.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  size += last.length;
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
fs.writeFileSync(path.join(folder, `${kind}-docxtemplater-made.docx`), last);
console.log(JSON.stringify({ seconds, documents: records.length, bytes: size, peak_kib: process.resourceUsage().maxRSS }));
