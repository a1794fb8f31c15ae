import type { ClipContent } from '../clip.ts';
import type { Project, Sequence } from '../project.ts';
import { maxNesting } from '../sequence-content.ts';
import type { ProblemPath, Report } from './problem.ts';
import { compositionKey } from './references.ts';

/** Most clips that one sequence may unfold to: a few nested sequences could otherwise name millions. */
const maxUnfoldedClips = 100_000;

interface Node {
  sequence: Sequence;
  path: ProblemPath;
}

interface Measure {
  /** Levels below: 0 without nested sequences; Infinity in a circle. */
  depth: number;
  clips: number;
}

const circle: Measure = { depth: Number.POSITIVE_INFINITY, clips: 0 };

function targetOf(content: ClipContent): string | null {
  if (content.kind === 'sequence') return `sequence ${content.sequenceId}`;
  if (content.kind === 'composition') return compositionKey(content.compositionId, content.version);
  return null;
}

/** Finds sequences that contain themselves, lie too deep in each other, or unfold to too many clips. */
export function checkNesting(project: Project, report: Report): void {
  const nodes = new Map<string, Node>();
  for (const [at, sequence] of project.sequences.entries())
    nodes.set(`sequence ${sequence.id}`, { sequence, path: ['sequences', at] });
  for (const [at, pin] of project.compositions.entries())
    nodes.set(compositionKey(pin.compositionId, pin.version), {
      sequence: pin.sequence,
      path: ['compositions', at, 'sequence'],
    });
  const measured = new Map<string, Measure | null>();

  // The depth limit also bounds this recursion; a chain that is too long counts as a circle.
  const measure = (key: string, { sequence }: Node, level: number): Measure => {
    const known = measured.get(key);
    if (known === null || level > maxNesting) return circle;
    if (known) return known;
    measured.set(key, null);
    const result: Measure = { depth: 0, clips: 0 };
    // Plain loops and the common case first: they run over every clip with every edit.
    for (const track of sequence.tracks) {
      for (const { content } of track.clips) {
        const target = content.kind === 'sequence' || content.kind === 'composition' ? targetOf(content) : null;
        const inner = target === null ? undefined : nodes.get(target);
        if (target === null || inner === undefined) {
          result.clips += 1;
          continue;
        }
        const { depth, clips } = measure(target, inner, level + 1);
        result.depth = Math.max(result.depth, depth + 1);
        result.clips += clips;
      }
    }
    measured.set(key, result);
    return result;
  };

  for (const [key, node] of nodes) {
    const { depth, clips } = measure(key, node, 0);
    if (depth > maxNesting) report(node.path, 'A sequence contains itself, or sequences lie in each other too deep.');
    if (clips > maxUnfoldedClips) report(node.path, 'The sequences inside this one unfold to too many clips.');
  }
}
