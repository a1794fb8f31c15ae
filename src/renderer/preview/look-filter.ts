import { type ColourLook, lookMatrix, type PictureLook } from '#shared/model/index.ts';

/** Colour filters kept in the page; drags make many. */
const keptFilters = 32;
const svgSpace = 'http://www.w3.org/2000/svg';

let host: SVGSVGElement | null = null;
const filters = new Map<string, SVGFilterElement>();
let nextId = 0;

function filterHost(): SVGSVGElement {
  if (host?.isConnected) return host;
  host = document.createElementNS(svgSpace, 'svg');
  host.setAttribute('aria-hidden', 'true');
  host.style.cssText = 'position:absolute;width:0;height:0;pointer-events:none';
  filters.clear();
  document.body.append(host);
  return host;
}

function makeFilter(values: string): SVGFilterElement {
  const filter = document.createElementNS(svgSpace, 'filter');
  const matrix = document.createElementNS(svgSpace, 'feColorMatrix');
  filter.id = `spotloom-look-${nextId++}`;
  filter.setAttribute('color-interpolation-filters', 'sRGB');
  matrix.setAttribute('type', 'matrix');
  matrix.setAttribute('values', values);
  filter.append(matrix);
  return filter;
}

/** The id of an SVG filter with these colours. */
function colourFilterId(colour: ColourLook): string {
  const values = lookMatrix(colour)
    .map((value) => value.toFixed(5))
    .join(' ');
  const parent = filterHost();
  const known = filters.get(values);
  const filter = known ?? makeFilter(values);
  filters.delete(values);
  filters.set(values, filter);
  if (!known) parent.append(filter);
  for (const [oldest, element] of filters) {
    if (filters.size <= keptFilters) break;
    element.remove();
    filters.delete(oldest);
  }
  return filter.id;
}

/** A look as a canvas's `filter`; `pixelScale` leads from pixels of the output to the canvas's. */
export function canvasFilter(look: PictureLook | null, pixelScale: number): string {
  if (!look) return 'none';
  const { colour, blurRadius } = look;
  // Two boxes of width 2r + 1 spread like a Gaussian of this deviation.
  const deviation = Math.sqrt((2 * ((2 * blurRadius + 1) ** 2 - 1)) / 12) * pixelScale;
  return [
    ...(colour ? [`url(#${colourFilterId(colour)})`] : []),
    ...(blurRadius > 0 ? [`blur(${deviation.toFixed(2)}px)`] : []),
  ].join(' ');
}
