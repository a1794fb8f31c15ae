import type { Marker } from '#shared/model/index.ts';

/** How the colours of markers look. */
export const markerLooks: Readonly<Record<Marker['colour'], string>> = {
  green: '#58c28a',
  red: '#f0706b',
  orange: '#ee9a58',
  yellow: '#e8cf5a',
  blue: '#6fa8ff',
  purple: '#b08cf0',
};
