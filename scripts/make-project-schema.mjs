import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFileJsonSchema } from '../src/shared/model/project-file.ts';

/** Writes the JSON Schema of project files from their zod schema. Run with `node scripts/make-project-schema.ts`. */
const path = join(import.meta.dirname, '..', 'resources', 'schema', 'spotloom-project.schema.json');
writeFileSync(path, `${JSON.stringify(projectFileJsonSchema(), null, 2)}\n`);
console.log(path);
