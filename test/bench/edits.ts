import { pathToFileURL } from 'node:url';
import { applyEdit, type Edit, editSchema, newProject, type Project } from '#shared/model/index.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';

const rounds = 101;

/** One sequence of 12 tracks with 42 text clips each. */
function largeProject(): Project {
  const clip = (track: number, at: number) => ({
    ...{ id: `t${track}-c${at}`, startFrame: at * 40, lengthFrames: 40 },
    content: { kind: 'text', text: `{{headline}} ${at}` },
  });
  const tracks = Array.from({ length: 12 }, (_, track) => ({
    ...{ id: `t${track}`, kind: 'visual' },
    clips: Array.from({ length: 42 }, (_clip, at) => clip(track, at)),
  }));
  const add = editSchema.parse({ type: 'sequence.add', sequence: { id: 'large', tracks } });
  return applyEdit(newProject({ name: 'Large' }), add);
}

function timesMs(work: (round: number) => unknown): number[] {
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b);
}

/** One edit of a project of 504 clips on 12 tracks: what a gesture has to wait for. */
export async function run(): Promise<BenchRow[]> {
  let project = largeProject();
  const reword = (round: number): Edit =>
    editSchema.parse({
      type: 'clip.set',
      sequenceId: 'large',
      clipId: `t1-c${round % 42}`,
      patch: { text: `new ${round}` },
    });
  const edits = Array.from({ length: rounds }, (_, round) => reword(round));
  const one = timesMs((round) => {
    project = applyEdit(project, edits[round] as Edit);
  });
  const p95 = one[Math.floor(rounds * 0.95)] ?? 0;
  return [{ name: 'one edit among 504 clips, p95', value: p95, unit: 'ms', bound: '< 8', holds: p95 < 8 }];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
