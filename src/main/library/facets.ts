import type { Database } from '#main/platform/db/index.ts';

/** A value to filter by, with how many visible assets have it. */
interface Facet {
  value: string;
  count: number;
}

/** Filters on offer. All counts are of what a listing shows by default; `rejected` of what it then hides. */
export interface Facets {
  folders: Facet[];
  shootDays: Facet[];
  tags: Facet[];
  kinds: Facet[];
  total: number;
  missing: number;
  rejected: number;
}

/** Reads the counts that triggers keep; microseconds, whatever the size of the library. */
export function createFacets(db: Database): () => Facets {
  const read = db.raw.prepare<Facet & { facet: string }>(
    'SELECT facet, value, count FROM library_counts WHERE count > 0 ORDER BY facet, value COLLATE NOCASE',
  );
  return () => {
    const rows = Map.groupBy(read.all(), (row) => row.facet);
    const of = (facet: string): Facet[] => (rows.get(facet) ?? []).map(({ value, count }) => ({ value, count }));
    const all = (value: string) => rows.get('all')?.find((row) => row.value === value)?.count ?? 0;
    return {
      folders: of('folder'),
      shootDays: of('day').reverse(),
      tags: of('tag'),
      kinds: of('kind'),
      total: all('visible'),
      missing: all('missing'),
      rejected: all('rejected'),
    };
  };
}
