import { join } from 'node:path';
import { listVariants } from '#shared/model/index.ts';
import { exportAll, makeProject, openEngine } from './faults-kit.ts';

/**
 * As a program: `faults-twin-child.ts <folder> <name>` imports the folder's footage by copying and exports an ad of it into
 * `<folder>/out` under names that others take as well; prints what became of them.
 */
async function main(folder: string, name: string): Promise<void> {
  const opened = await openEngine(join(folder, 'library'));
  try {
    const view = await opened.importPaths([join(folder, 'footage')], 'copy');
    const [first, second] = (await opened.assets()).filter(({ kind }) => kind === 'video');
    if (!first || !second) throw new Error(`footage is missing: ${JSON.stringify(view)}`);
    const project = await makeProject(opened.client, 'Twin', { hook: [first, second], body: [first] });
    const exports = await exportAll(opened.client, project, listVariants(project), {
      ...{ outDir: join(folder, 'out'), namingPattern: '{hook}_{body}' },
    });
    await opened.settle();
    const states = exports.map(({ state, error }) => error?.message ?? state);
    console.log(JSON.stringify({ name, refused: view.refused, states, projectId: project.id }));
  } finally {
    await opened.close();
  }
}

const [, script, folder, name] = process.argv;
if (script === import.meta.filename && folder !== undefined && name !== undefined) await main(folder, name);
