import type { ProjectState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { listVariants, type ProjectId, projectIdSchema, variantKey, variantName } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { count, table } from '../format.ts';
import type { CommandContext, Outcome } from '../types.ts';

/** A project's id from the command line. */
export function projectId(text: string): ProjectId {
  const id = projectIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw new AppError('invalid-input', `“${text}” is neither a project's id nor a *.spotloom.json file.`);
}

/** `project new <name>`. */
export async function projectNew(
  { client }: CommandContext,
  name: string,
  options: { template: string },
): Promise<Outcome> {
  const state = await client.projects.create({ name, template: options.template as 'single' });
  return { json: described(state), text: `${state.project.id}  ${state.project.name}`, code: exitCodes.ok };
}

/** `project list`. */
export async function projectList({ client }: CommandContext): Promise<Outcome> {
  const { projects } = await client.projects.list({});
  const rows = projects.map((project) => [
    project.id,
    project.slots.map((slot) => `${slot.options} ${slot.name}`).join(' × '),
    count(project.variantCount, 'variant'),
    new Date(project.updatedAtMs).toISOString().slice(0, 16).replace('T', ' '),
    project.name,
  ]);
  const text = table(['id', 'options', 'variants', 'changed (UTC)', 'name'], rows);
  return { json: { projects }, text, code: exitCodes.ok };
}

/** `project show <id>`. */
export async function projectShow({ client }: CommandContext, id: string): Promise<Outcome> {
  const state = await client.projects.get({ id: projectId(id) });
  const { project } = state;
  const slots = [...project.slots, ...project.globals].map((slot) => [
    slot.name,
    slot.options.map((option) => option.name).join(', ') || '(empty)',
  ]);
  const json = described(state);
  const variants = json.variants.map((variant) => [variant.name, variant.key]);
  const text = [
    `${project.name}  (${project.id}, ${toNumber(project.rate)} fps)`,
    table(['slot', 'options'], slots),
    '',
    table(['variant', 'key'], variants),
  ].join('\n');
  return { json, text, code: exitCodes.ok };
}

/** `project import <file>`. */
export async function projectImport(
  context: CommandContext,
  file: string,
  options: { grant: string[] },
): Promise<Outcome> {
  const grantedFolders = options.grant.map(context.path);
  const report = await context.client.projects.importFile({ path: context.path(file), grantedFolders });
  const { project } = await context.client.projects.get({ id: report.projectId });
  const missing = report.missingMedia.map((one) => `missing: ${one.name} (${one.path}): ${one.reason}`);
  return {
    json: { ...report, name: project.name },
    text: [`${project.id}  ${project.name}`, ...missing].join('\n'),
    code: missing.length > 0 ? exitCodes.failed : exitCodes.ok,
  };
}

/** `project export <id> <file>`. */
export async function projectExport(
  context: CommandContext,
  id: string,
  file: string,
  options: { force?: boolean },
): Promise<Outcome> {
  const isOverwriting = options.force === true;
  const { path } = await context.client.projects.exportFile({
    id: projectId(id),
    path: context.path(file),
    isOverwriting,
  });
  return { json: { path }, text: path, code: exitCodes.ok };
}

function described({ project, headSeq }: ProjectState) {
  const variants = listVariants(project, 1000).map((variant) => ({
    key: variantKey(project, variant),
    name: variantName(project, variant),
  }));
  return { project, headSeq, variants };
}
