import type { z } from 'zod';
import { AppError } from '../../errors/index.ts';
import type { Problem, ProblemPath } from '../apply/index.ts';
import { lineOf, pathText } from './json-lines.ts';

/** Most problems named at once. */
const maxListed = 30;

/** A problem of a project file, as it is told. */
export interface FileProblem {
  /** "slots[1].options[0].clips[2].length"; empty for the whole file. */
  path: string;
  /** Line of the file, from 1. */
  line: number;
  message: string;
}

/** The error for a file that cannot be used, naming several problems with path and line at once. */
export function projectFileError(problems: readonly Problem[], text: string): AppError {
  const listed: FileProblem[] = problems
    .slice(0, maxListed)
    .map(({ path, message }) => ({ path: pathText(path), line: lineOf(text, path), message }));
  const lines = listed.map(({ path, line, message }) => (path === '' ? message : `${path}: ${message} (line ${line})`));
  const more = problems.length > listed.length ? [`and ${problems.length - listed.length} more`] : [];
  const first = lines[0] ?? 'it cannot be read';
  const rest = problems.length > 1 ? ` There are ${problems.length - 1} more problems.` : '';
  return new AppError(
    'project-file-invalid',
    `This project file cannot be used: ${first}.${rest} Correct it and try again.`,
    {
      message: [...lines, ...more].join('\n'),
      details: { problems: listed, total: problems.length },
    },
  );
}

type Issue = z.core.$ZodIssue;

/** How far into the file the deepest issue of a branch lies: the branch that was meant got furthest. */
const depthOf = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

/** Zod's issues as problems; of a choice between forms, the problems of the form that was meant. */
export function problemsOf(issues: readonly Issue[], at: ProblemPath = []): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...at, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    if (issue.code === 'invalid_union') {
      const meant = issue.errors
        .filter((branch) => !branch.some(({ code, path: own }) => code === 'invalid_type' && own.length === 0))
        .toSorted((a, b) => depthOf(b) - depthOf(a))[0];
      // A branch that fails as a whole says less than the choice itself does.
      const isTelling = meant?.some(
        ({ code, path: own }) => own.length > 0 || code === 'unrecognized_keys' || code === 'custom',
      );
      if (meant && isTelling) return problemsOf(meant, path);
    }
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], message: `there is no such property as “${key}” here` }));
    return [{ path, message: issue.message.replace(/^Invalid input: /, '') }];
  });
}
