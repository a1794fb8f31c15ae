/** Where in a project something is: keys and indexes from the root. */
export type ProblemPath = readonly (string | number)[];

/** A rule of the model that a project breaks. */
export interface Problem {
  path: ProblemPath;
  /** For people: a whole sentence. */
  message: string;
}

/** Reports a problem at a path. */
export type Report = (path: ProblemPath, message: string) => void;

/** Reports each id that was there before. */
export function checkUnique(ids: Iterable<readonly [string, ProblemPath]>, what: string, report: Report): void {
  const seen = new Set<string>();
  for (const [id, path] of ids) {
    if (seen.has(id)) report(path, `There are two ${what} with the id “${id}”.`);
    seen.add(id);
  }
}
