// Runs one benchmark file and writes its rows as JSON: node bench-runner.mjs <file.ts> <output.json>
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [file, output] = process.argv.slice(2);
const { run } = await import(pathToFileURL(file).href);
writeFileSync(output, JSON.stringify(await run()));
// A benchmark that forgot a timer or a server must not hang the table.
process.exit(0);
