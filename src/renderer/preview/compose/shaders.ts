/** One triangle that covers the target. */
export const coverAll = `#version 300 es
void main() {
  vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

const head = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
precision highp isampler2D;
`;

/** Lines of samples made longer or shorter, as the export's scaler does: 15-bit results, range made limited. */
export const scaleAcross = `${head}
uniform usampler2D source;
uniform isampler2D table;
uniform ivec2 corner;
uniform int taps;
uniform int shift;
uniform int range;
out int result;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int from = texelFetch(table, ivec2(0, at.x), 0).r;
  int sum = 0;
  for (int n = 0; n < taps; n++)
    sum += int(texelFetch(source, corner + ivec2(from + n, at.y), 0).r) * texelFetch(table, ivec2(n + 1, at.x), 0).r;
  int value = min(sum >> shift, 32767);
  if (range == 1) value = (value * 14071 + 33561947) >> 14;
  if (range == 2) value = (value * 1799 + 4081085) >> 11;
  result = value;
}`;

/** Columns of 15-bit samples made longer or shorter, into bytes. */
export const scaleDown = `${head}
uniform isampler2D source;
uniform isampler2D table;
uniform int taps;
out uint result;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int from = texelFetch(table, ivec2(0, at.y), 0).r;
  int sum = 64 << 12;
  for (int n = 0; n < taps; n++)
    sum += texelFetch(source, ivec2(at.x, from + n), 0).r * texelFetch(table, ivec2(n + 1, at.y), 0).r;
  result = uint(clamp(sum >> 19, 0, 255));
}`;

/** One plane of a red, green, blue, opacity picture: bt709, limited range, 14 bits. */
export const fromRgb = `${head}
uniform usampler2D source;
uniform ivec3 parts;
uniform int plane;
uniform int isHalf;
uniform int lastColumn;
out uint result;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  if (plane == 3) {
    uint opacity = texelFetch(source, at, 0).a;
    result = opacity << 6 | opacity >> 2;
    return;
  }
  if (isHalf == 1) {
    uvec3 pair = texelFetch(source, ivec2(at.x * 2, at.y), 0).rgb
      + texelFetch(source, ivec2(min(at.x * 2 + 1, lastColumn), at.y), 0).rgb;
    ivec3 weighed = parts * ivec3(pair);
    result = uint((weighed.r + weighed.g + weighed.b + (0x4001 << 9)) >> 10);
    return;
  }
  ivec3 weighed = parts * ivec3(texelFetch(source, at, 0).rgb);
  int offset = plane == 0 ? 0x801 << 8 : 0x4001 << 8;
  result = uint((weighed.r + weighed.g + weighed.b + offset) >> 9);
}`;

/** Samples of another matrix into bt709's: luma (\`plane\` 0) or a colour plane. */
export const changeMatrix = `${head}
uniform usampler2D luma;
uniform usampler2D u;
uniform usampler2D v;
uniform ivec2 parts;
uniform int plane;
out uint result;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ivec2 colourAt = plane == 0 ? at >> 1 : at;
  ivec2 colour = ivec2(texelFetch(u, colourAt, 0).r, texelFetch(v, colourAt, 0).r) - 128;
  int moved = parts.x * colour.x + parts.y * colour.y;
  int value = plane == 0
    ? 65536 * (int(texelFetch(luma, at, 0).r) - 16) + moved + 1081344
    : moved + 8421376;
  result = uint(clamp(value >> 16, 0, 255));
}`;

/** A box of samples averaged along one direction; the picture is mirrored at its edges. */
export const blurLine = `${head}
uniform usampler2D source;
uniform ivec2 along;
uniform int radius;
uniform int last;
out uint result;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int place = at.x * along.x + at.y * along.y;
  ivec2 across = at - along * place;
  int size = radius * 2 + 1;
  int sum = 0;
  for (int n = -radius; n <= radius; n++) {
    int one = place + n;
    one = one < 0 ? -1 - one : one;
    one = one > last ? 2 * last + 1 - one : one;
    sum += int(texelFetch(source, across + along * clamp(one, 0, last), 0).r);
  }
  result = uint((sum * ((65536 + size / 2) / size) + 32768) >> 16);
}`;

/**
 * A scaled plane turned, cut and laid over what is there; opaque parts replace it. Fainter pictures are kept within the
 * limited range, as the export's `lutyuv` does by the way.
 */
export const placePlane = `${head}
uniform usampler2D source;
uniform usampler2D opacities;
uniform usampler2D under;
uniform ivec2 origin;
uniform ivec2 cut;
uniform ivec2 size;
uniform ivec2 opacitySize;
uniform int turn;
uniform int isMirrored;
uniform int isBlended;
uniform int hasOpacities;
uniform int isColour;
uniform float opacity;
out uint result;
ivec2 unturned(ivec2 at, ivec2 whole) {
  ivec2 place = at;
  if (turn == 90) place = ivec2(at.y, whole.y - 1 - at.x);
  if (turn == 180) place = whole - 1 - at;
  if (turn == 270) place = ivec2(whole.x - 1 - at.y, at.x);
  if (isMirrored == 1) place.x = whole.x - 1 - place.x;
  return place;
}
int opacityAt(ivec2 at) {
  int value = hasOpacities == 1 ? int(texelFetch(opacities, unturned(at, opacitySize), 0).r) : 255;
  return int(floor(float(value) * opacity + 0.0001));
}
void main() {
  ivec2 frameAt = ivec2(gl_FragCoord.xy);
  ivec2 at = frameAt - origin + cut;
  int value = int(texelFetch(source, unturned(at, size), 0).r);
  if (isBlended == 0) {
    result = uint(value);
    return;
  }
  int cover = isColour == 0
    ? opacityAt(at)
    : (opacityAt(at * 2) + opacityAt(at * 2 + ivec2(1, 0)) + opacityAt(at * 2 + ivec2(0, 1)) + opacityAt(at * 2 + 1)) >> 2;
  if (opacity < 1.0) value = clamp(value, 16, isColour == 1 ? 240 : 235);
  int before = int(texelFetch(under, frameAt, 0).r);
  result = uint(((before * (255 - cover) + value * cover + 128) * 257) >> 16);
}`;

/** Samples changed one by one: (value · gain + offset) >> 16, kept within limits. */
export const stepSamples = `${head}
uniform usampler2D source;
uniform int gain;
uniform int offset;
uniform int low;
uniform int high;
out uint result;
void main() {
  int value = int(texelFetch(source, ivec2(gl_FragCoord.xy), 0).r);
  result = uint(clamp((value * gain + offset) >> 16, low, high));
}`;

/**
 * A plane looked up between its samples, cubic, places in 1/256 of a sample, as ffmpeg's \`perspective\` does it: colour is
 * looked up where the first of its four luma samples is. \`isShape\` draws where there is a picture at all.
 */
export const lookUpPlane = `${head}
uniform usampler2D source;
uniform isampler2D weights;
uniform ivec2 keptFrom;
uniform ivec2 keptSize;
uniform ivec2 size;
uniform int turn;
uniform int isMirrored;
uniform int isColour;
uniform int isShape;
uniform int outside;
uniform vec2 from;
uniform vec2 perX;
uniform vec2 perY;
out uint result;
ivec2 unturned(ivec2 at, ivec2 whole) {
  ivec2 place = at;
  if (turn == 90) place = ivec2(at.y, whole.y - 1 - at.x);
  if (turn == 180) place = whole - 1 - at;
  if (turn == 270) place = ivec2(whole.x - 1 - at.y, at.x);
  if (isMirrored == 1) place.x = whole.x - 1 - place.x;
  return place;
}
int sampleAt(ivec2 at) {
  ivec2 inside = clamp(at, ivec2(0), keptSize - 1);
  if (outside >= 0 && inside != at) return outside;
  return isShape == 1 ? 255 : int(texelFetch(source, unturned(inside + keptFrom, size), 0).r);
}
void main() {
  vec2 at = floor(gl_FragCoord.xy) * float(1 + isColour);
  ivec2 place = ivec2(floor((from + perX * at.x + perY * at.y) * 256.0 + 0.5)) >> isColour;
  ivec2 first = (place >> 8) - 1;
  ivec2 phase = place & 255;
  int sum = 1 << 21;
  for (int y = 0; y < 4; y++) {
    int line = 0;
    for (int x = 0; x < 4; x++)
      line += texelFetch(weights, ivec2(x, phase.x), 0).r * sampleAt(first + ivec2(x, y));
    sum += texelFetch(weights, ivec2(y, phase.y), 0).r * line;
  }
  result = uint(clamp(sum >> 22, 0, 255));
}`;

/** One value, partly see-through, over what is there. */
export const fillPlane = `${head}
uniform usampler2D under;
uniform int value;
uniform int cover;
out uint result;
void main() {
  int before = int(texelFetch(under, ivec2(gl_FragCoord.xy), 0).r);
  result = uint(((before * (255 - cover) + value * cover + 128) * 257) >> 16);
}`;

/** Text (premultiplied red, green, blue, opacity; 16 bits each) over what is there. */
export const layText = `${head}
uniform usampler2D text;
uniform usampler2D under;
uniform ivec2 origin;
uniform int plane;
out uint result;
vec2 sampleAt(ivec2 at) {
  vec4 colour = vec4(texelFetch(text, at - origin, 0)) / 65535.0;
  float luma = dot(colour.rgb, vec3(0.2126, 0.7152, 0.0722));
  if (plane == 0) return vec2(16.0 * colour.a + 219.0 * luma, colour.a);
  float difference = plane == 1 ? (colour.b - luma) / 1.8556 : (colour.r - luma) / 1.5748;
  return vec2(128.0 * colour.a + 224.0 * difference, colour.a);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec2 over = plane == 0
    ? sampleAt(at)
    : 0.25 * (sampleAt(at * 2) + sampleAt(at * 2 + ivec2(1, 0)) + sampleAt(at * 2 + ivec2(0, 1)) + sampleAt(at * 2 + 1));
  float before = float(texelFetch(under, at, 0).r);
  result = uint(clamp(before * (1.0 - over.y) + over.x + 0.5, 0.0, 255.0));
}`;

/** The finished frame on the screen: every pixel the average of what it covers. */
export const showFrame = `${head}
uniform usampler2D luma;
uniform usampler2D u;
uniform usampler2D v;
uniform vec2 frameSize;
uniform vec2 screenSize;
out vec4 result;
float lumaAt(vec2 at) {
  return float(texelFetch(luma, ivec2(clamp(at, vec2(0.0), frameSize - 1.0)), 0).r);
}
vec2 colourTexel(ivec2 at) {
  ivec2 inside = clamp(at, ivec2(0), ivec2(frameSize) / 2 - 1);
  return vec2(texelFetch(u, inside, 0).r, texelFetch(v, inside, 0).r);
}
vec2 colourAt(vec2 at) {
  vec2 place = at / 2.0 - 0.5;
  ivec2 corner = ivec2(floor(place));
  vec2 part = fract(place);
  return mix(
    mix(colourTexel(corner), colourTexel(corner + ivec2(1, 0)), part.x),
    mix(colourTexel(corner + ivec2(0, 1)), colourTexel(corner + 1), part.x),
    part.y);
}
void main() {
  vec2 pace = frameSize / screenSize;
  vec2 from = vec2(gl_FragCoord.x - 0.5, screenSize.y - gl_FragCoord.y - 0.5) * pace;
  ivec2 count = ivec2(clamp(ceil(pace), 1.0, 8.0));
  float light = 0.0;
  vec2 colour = vec2(0.0);
  for (int y = 0; y < count.y; y++)
    for (int x = 0; x < count.x; x++) {
      vec2 at = from + (vec2(x, y) + 0.5) * pace / vec2(count);
      light += lumaAt(floor(at));
      colour += colourAt(at);
    }
  float total = float(count.x * count.y);
  float y = (light / total - 16.0) / 219.0;
  vec2 uv = (colour / total - 128.0) / 224.0;
  result = vec4(clamp(vec3(y + 1.5748 * uv.y, y - 0.187324 * uv.x - 0.468124 * uv.y, y + 1.8556 * uv.x), 0.0, 1.0), 1.0);
}`;
