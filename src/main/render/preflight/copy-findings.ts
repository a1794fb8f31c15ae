import type { PreflightFinding } from '#shared/contract/render.ts';
import { type CopyLimits, chosenOption, copyProblem, type GlobalOption, type Placement } from '#shared/model/index.ts';
import { leaveOut } from './fixes.ts';
import { outputsOf, type PlannedFile, type PreflightInput, sourceOf } from './planned-file.ts';

type PostCopy = Extract<GlobalOption['content'], { kind: 'post-copy' }>;

const fields = [
  { key: 'primaryText', label: 'primary text' },
  { key: 'headline', label: 'headline' },
] as const;

/** What is wrong with the words beside the ad, per option of the post copy. */
export function copyFindings(
  input: PreflightInput,
  placement: Placement,
  files: readonly PlannedFile[],
): PreflightFinding[] {
  if (!placement.primaryText && !placement.headline) return [];
  const uses = usesOf(input, files);
  const without = files.filter((file) => ![...uses.values()].some((users) => users.includes(file)));
  return [
    ...[...uses].flatMap(([option, users]) => optionFindings(input, placement, option, users)),
    ...missingCopy(placement, without),
  ];
}

/** Files by the option of the post copy that goes with them. */
function usesOf({ project }: PreflightInput, files: readonly PlannedFile[]): Map<GlobalOption, PlannedFile[]> {
  const uses = new Map<GlobalOption, PlannedFile[]>();
  for (const slot of project.globals.filter(({ kind }) => kind === 'post-copy'))
    for (const file of files) {
      const option = chosenOption(slot, file.variant);
      if (option?.content.kind === 'post-copy') uses.set(option, [...(uses.get(option) ?? []), file]);
    }
  return uses;
}

function optionFindings(
  input: PreflightInput,
  placement: Placement,
  option: GlobalOption,
  files: readonly PlannedFile[],
): PreflightFinding[] {
  const { content } = option;
  if (content.kind !== 'post-copy') return [];
  return fields.flatMap(({ key, label }): PreflightFinding[] => {
    const limits = placement[key];
    const problem = limits && copyProblem(limits, content[key]);
    if (!limits || !problem) return [];
    const isError = !placement.unconfirmed.includes('copy') && content[key].trim() !== '';
    return [
      {
        ...{ id: 'copy', severity: isError ? 'error' : 'warning', placement: placement.id, outputs: outputsOf(files) },
        message: `The ${label} of “${option.name}” ${problem} (${placement.name}).`,
        source: sourceOf(placement),
        fix: tidied(option, content, key, limits) ?? leaveOut(input.request, placement),
      },
    ];
  });
}

/** The same words without needless space, when that is enough. */
function tidied(option: GlobalOption, content: PostCopy, key: 'primaryText' | 'headline', limits: CopyLimits) {
  const text = content[key]
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .trim();
  if (text === content[key] || copyProblem(limits, text) !== null) return null;
  const edit = { type: 'global.setContent', optionId: option.id, content: { ...content, [key]: text } };
  return { kind: 'edits' as const, label: 'Remove needless spaces', edits: [edit] };
}

function missingCopy(placement: Placement, files: readonly PlannedFile[]): PreflightFinding[] {
  if (!placement.primaryText?.isRequired || files.length === 0) return [];
  const message = `${placement.name} needs a text with the ad, and there is no post copy. Add one to the project, or write it there.`;
  const about = { placement: placement.id, outputs: outputsOf(files), source: sourceOf(placement) };
  return [{ id: 'copy', severity: 'warning', ...about, message, fix: null }];
}
