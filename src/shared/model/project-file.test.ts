import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySteps, startingProject, stepsArbitrary } from '../../../test/fixtures/random-edits.ts';
import { AppError } from '../errors/index.ts';
import { rational } from '../units/index.ts';
import { checkProject } from './apply/index.ts';
import type { AssetId, ProjectId } from './ids.ts';
import type { Project } from './project.ts';
import { upgradeProjectFile } from './project-file/versions.ts';
import {
  type FileProblem,
  formatProjectFile,
  projectToFile,
  type ResolvedMedia,
  readProjectFile,
} from './project-file.ts';
import { sequenceLength } from './timeline.ts';
import { usedAssets } from './used-assets.ts';

const projectId = 'p' as ProjectId;

/** Media keys that are their own asset ids. */
function mediaOf(text: string, durations: Record<string, number> = {}): Map<string, ResolvedMedia> {
  return new Map(
    readProjectFile(text).media.map(({ key }) => {
      const seconds = durations[key];
      return [key, { assetId: key as AssetId, durationSeconds: seconds === undefined ? null : rational(seconds) }];
    }),
  );
}

function read(file: unknown, durations: Record<string, number> = {}): Project {
  const text = typeof file === 'string' ? file : JSON.stringify(file, null, 2);
  return readProjectFile(text).build({ projectId, media: mediaOf(text, durations) });
}

function problems(file: unknown): FileProblem[] {
  try {
    read(file);
  } catch (error) {
    if (error instanceof AppError && error.code === 'project-file-invalid')
      return (error.details?.problems ?? [{ path: '', line: 0, message: error.userMessage }]) as FileProblem[];
    throw error;
  }
  return [];
}

const where = (file: unknown) => problems(file).map(({ path, line }) => `${path} (${line})`);

describe('a project file written by hand', () => {
  it('may be as short as a list of media per option', () => {
    const project = read(
      {
        spotloom: 1,
        name: 'Short',
        media: { a: 'a.mp4', b: 'b.mp4', song: 'song.mp3', logo: 'logo.png' },
        slots: [
          {
            role: 'hook',
            options: [
              'a',
              [
                { media: 'b', in: 1, out: 2.5 },
                { media: 'a', length: '12f', speed: 2 },
              ],
            ],
          },
          { name: 'Outro', options: [{ isNone: true }] },
        ],
        globals: [
          { kind: 'music', options: ['song'] },
          { kind: 'logo', options: ['logo'] },
        ],
      },
      { a: 4, b: 10, song: 60 },
    );
    expect(checkProject(project)).toEqual([]);
    expect(project.slots.map((slot) => [slot.id, slot.name, slot.options.map((option) => option.name)])).toEqual([
      ['hook', 'Hook', ['Hook 1', 'Hook 2']],
      ['outro', 'Outro', ['Outro 1']],
    ]);
    expect(project.sequences.map(sequenceLength)).toEqual([120, 57]);
    expect(project.globals[0]?.options[0]?.content).toMatchObject({
      clips: [{ isLooping: true, end: { to: 'ad', edge: 'end' }, audio: { gainDb: -14, fadeOutFrames: 30 } }],
    });
  });

  it('takes times as seconds, fractions and frames, and texts that last to the end', () => {
    const project = read({
      spotloom: 1,
      name: 'Times',
      rate: '30000/1001',
      media: { a: 'a.mp4' },
      slots: [
        {
          options: [
            {
              clips: [
                { media: 'a', in: '1001/30000', length: '45f' },
                { media: 'a', in: '10f', length: 1 },
              ],
              texts: [{ text: '{{headline}}' }, { text: 'Later', start: 1, length: '10f' }],
              fields: { headline: 'Hello' },
            },
          ],
        },
      ],
    });
    const [video, text, more] = project.sequences[0]?.tracks ?? [];
    expect(video?.clips.map((clip) => [clip.startFrame, clip.lengthFrames])).toEqual([
      [0, 45],
      [45, 30],
    ]);
    expect(video?.clips.map((clip) => 'sourceInSeconds' in clip.content && clip.content.sourceInSeconds)).toEqual([
      rational(1001, 30_000),
      rational(1001, 3000),
    ]);
    expect([text, more].map((track) => track?.clips.map((clip) => [clip.startFrame, clip.lengthFrames]))).toEqual([
      [[0, 75]],
      [[30, 10]],
    ]);
    expect(project.sequences[0]?.fields[0]).toMatchObject({ key: 'headline', default: { text: 'Hello' } });
  });

  it('knows the length of nested sequences in any order', () => {
    const clip = (sequence: string) => ({ tracks: [{ clips: [{ sequence }] }] });
    const project = read({
      spotloom: 1,
      name: 'Nested',
      sequences: [
        { id: 'outer', ...clip('middle') },
        { id: 'middle', ...clip('inner') },
        { id: 'inner', tracks: [{ clips: [{ colour: '#000000', length: 2 }] }] },
      ],
    });
    expect(project.sequences.map(sequenceLength)).toEqual([60, 60, 60]);
  });
});

describe('a project file that is wrong', () => {
  it('is told by path and line, several problems at once', () => {
    const file = {
      spotloom: 1,
      name: 'Wrong',
      media: { a: 'a.mp4' },
      slots: [{}, { options: [[{ media: 'a', length: 1 }, { media: 'a' }, { media: 'a', length: 'soon' }]] }],
      sequences: [{ id: 's', trax: [] }],
    };
    const text = JSON.stringify(file, null, 2);
    const lines = text.split('\n');
    const lineWith = (part: string) => lines.findIndex((line) => line.includes(part)) + 1;
    expect(where(file)).toEqual([
      `slots[1].options[0][2].length (${lineWith('soon')})`,
      `sequences[0].trax (${lineWith('trax')})`,
    ]);
    expect(problems(file)[0]?.message).toContain('a time is seconds');
  });

  it('names the place in the file when a rule of the model is broken', () => {
    const clips = [
      { media: 'a', length: 2 },
      { media: 'a', start: 1, length: 2 },
    ];
    const base = { spotloom: 1, name: 'W', media: { a: 'a.mp4' } };
    expect(where({ ...base, slots: [{ options: [clips] }] })[0]).toMatch(/^slots\[0\]\.options\[0\]\[1\]\.start/);
    expect(where({ ...base, slots: [{ options: [{ clips }] }] })[0]).toMatch(
      /^slots\[0\]\.options\[0\]\.clips\[1\]\.start/,
    );
    expect(where({ ...base, slots: [{ options: [{ sequence: 'none' }] }] })[0]).toMatch(
      /^slots\[0\]\.options\[0\]\.sequence/,
    );
    expect(where({ ...base, slots: [{ options: ['b'] }] })[0]).toMatch(/^slots\[0\]\.options\[0\]/);
    expect(where({ ...base, globals: [{ kind: 'logo', options: [{ captionStyle: {} }] }] })[0]).toMatch(
      /^globals\[0\]\.options\[0\]/,
    );
  });

  it.each([
    ['two kinds of clip', [{ media: 'a', text: 'x', length: 1 }]],
    ['text without a length', [{ text: 'x' }]],
    ['speed of nothing', [{ media: 'a', speed: 0, length: 1 }]],
    ['out before in', [{ media: 'a', in: 2, out: 1 }]],
    ['before the beginning', [{ media: 'a', in: -1, length: 1 }]],
    ['a style for footage', [{ media: 'a', length: 1, style: {} }]],
    ['longer than a day', [{ media: 'a', length: 400_000 }]],
    ['no length left', [{ media: 'a', length: 0 }]],
  ])('%s is refused', (_, clips) => {
    expect(problems({ spotloom: 1, name: 'W', media: { a: 'a.mp4' }, slots: [{ options: [clips] }] })).not.toEqual([]);
  });

  it.each([
    ['not JSON', '{"spotloom": 1,\n "name": }', 'line 2'],
    ['something else', '{"name": "x"}', '"spotloom"'],
    ['a list', '[1]', '"spotloom"'],
    ['a later version', '{"spotloom": 2, "name": "x", "new": true}', 'newer Spotloom'],
    ['a version that is none', '{"spotloom": "1", "name": "x"}', 'whole number'],
    ['nested without end', `{"spotloom":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nested'],
    ['prototype pollution', '{"spotloom":1,"name":"x","media":{"__proto__":{"path":"a"}}}', '__proto__'],
    ['constructor', '{"spotloom":1,"name":"x","slots":[{"constructor":{"prototype":{}}}]}', 'constructor'],
    ['infinite numbers', '{"spotloom":1,"name":"x","rate":1e999}', 'rate'],
    ['an impossible rate', '{"spotloom":1,"name":"x","rate":"1000000/1"}', '120'],
    ['too many values', `{"spotloom":1,"name":"x","y":[${'0,'.repeat(1_100_000)}0]}`, 'more values'],
    ['too large', `{"spotloom":1,"name":"${'x'.repeat(50_000_001)}"}`, '50 MB'],
  ])('%s is refused', (_, text, said) => {
    let caught: unknown;
    try {
      read(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(AppError);
    expect((caught as AppError).userMessage).toContain(said);
    expect({}).not.toHaveProperty('path');
  });

  it('a long chain of sequences, a circle, and a swarm of nested ones end quickly', () => {
    const chain = Array.from({ length: 9000 }, (_, at) => ({
      id: `s${at}`,
      tracks: [{ clips: [{ sequence: `s${at + 1}` }] }],
    }));
    expect(problems({ spotloom: 1, name: 'W', sequences: chain })).not.toEqual([]);
    const circle = [0, 1].map((at) => ({ id: `s${at}`, tracks: [{ clips: [{ sequence: `s${1 - at}`, length: 1 }] }] }));
    expect(problems({ spotloom: 1, name: 'W', sequences: circle })[0]?.message).toContain('contains itself');
  });
});

describe('versions', () => {
  it('an earlier file is brought forward step by step', () => {
    const steps = new Map([[0, (file: Record<string, unknown>) => file]]);
    expect(() => upgradeProjectFile({ spotloom: 0 }, '{}', steps)).toThrow('whole number');
    expect(upgradeProjectFile({ spotloom: 1, name: 'x' }, '{}', steps)).toEqual({ spotloom: 1, name: 'x' });
  });
});

/** A caption whose media the project does not use any more forgets where its words come from. */
function withoutLostLinks(project: Project): Project {
  const used = new Set<string>(usedAssets(project));
  return JSON.parse(JSON.stringify(project), (key, value: { assetId: string } | undefined) =>
    key === 'transcript' && value && !used.has(value.assetId) ? undefined : value,
  ) as Project;
}

describe('writing and reading back', () => {
  it('gives the same project, whatever was done to it, and the same file again', () => {
    fc.assert(
      fc.property(stepsArbitrary(40), (steps) => {
        const { project } = applySteps(startingProject(), steps);
        const media = new Map(
          usedAssets(project).map((id) => [id, { key: id as string, entry: { path: `footage/${id}.mp4` } }]),
        );
        const text = formatProjectFile(projectToFile(project, media));
        const back = readProjectFile(text).build({ projectId: project.id, media: mediaOf(text) });
        expect(back).toEqual(withoutLostLinks(project));
        expect(formatProjectFile(projectToFile(back, media))).toBe(text);
      }),
      { numRuns: process.env.SPOTLOOM_LONG === '1' ? 2000 : 80 },
    );
  });
});
