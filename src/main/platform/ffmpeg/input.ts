import { extname } from 'node:path';

/**
 * The demuxers of files a person drops in: containers, elementary streams, pictures, sound, captions. Not in it, and so
 * refused by ffmpeg itself wherever they turn up: everything that opens other files or the network (hls, dash, concat,
 * imf, sdp, rtsp, vobsub, svg, lavfi, …) and what takes any text for media (tty, ffmetadata).
 */
export const mediaDemuxers: readonly string[] = [
  ...['mov', 'matroska', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'm4v', 'h264', 'hevc', 'obu', 'ivf', 'flv', 'live_flv'],
  ...['asf', 'ogg', 'mxf', 'dv', 'nut', 'mjpeg', 'mjpeg_2000', 'yuv4mpegpipe', 'gxf', 'rm', 'vvc'],
  ...[
    'wav',
    'w64',
    'mp3',
    'aac',
    'ac3',
    'eac3',
    'flac',
    'aiff',
    'caf',
    'au',
    'amr',
    'amrnb',
    'amrwb',
    'wv',
    'ape',
    'tta',
  ],
  ...[
    'gif',
    'apng',
    'image2',
    'png_pipe',
    'jpeg_pipe',
    'webp_pipe',
    'bmp_pipe',
    'tiff_pipe',
    'jpegxl_pipe',
    'j2k_pipe',
  ],
  ...['jpegls_pipe', 'exr_pipe', 'dpx_pipe', 'psd_pipe', 'pbm_pipe', 'pgm_pipe', 'ppm_pipe', 'pam_pipe', 'qoi_pipe'],
  ...['hdr_pipe', 'ico', 'jpegxl_anim', 'webp_anim', 'srt', 'ass', 'webvtt'],
];

/** Raw formats of our own intermediate files; never detected, only asked for. */
const rawDemuxers: ReadonlySet<string> = new Set(['s16le', 's24le', 's32le', 'f32le', 'rawvideo']);

/** Names that the image2 demuxer would read as a sequence: `100%d.png` opens 1000.png, 1001.png, … */
const patternName = /[%*?[\]{}]/;
const pictureExtension =
  /^\.(jpe?g|jfif|png|apng|gif|webp|bmp|tiff?|jxl|j2k|jp2|jls|exr|dpx|psd|p[bgpn]m|pam|qoi|hdr|svg|ico|avif|tga|sgi|pcx|xbm|xpm|xwd|heic|heif)$/i;

/** What every input gets, ours or the person's: local files only, and only these kinds of them. */
export const safeInputOptions: readonly string[] = [
  ...['-protocol_whitelist', 'file,pipe'],
  ...['-format_whitelist', mediaDemuxers.join(',')],
];

/** The `file:` URL of a path, exactly as ffmpeg takes it (no percent escapes); names may hold anything but NUL. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}

/** True if ffmpeg could take the name for a pattern; the demuxer then has to be named. */
export function isPatternName(path: string): boolean {
  return patternName.test(path) && pictureExtension.test(extname(path));
}

/**
 * The arguments that open one input, e.g. `[...inputArgs(path), '-map', '0:v']`: as a `file:` URL with no network,
 * no playlists, and no image-sequence patterns, whatever the name looks like. Options that belong before the input
 * (`-ss`, `-copyts`, `-loop`) go before these. `demuxer` is the probed `format_name`: give it whenever it is known, then
 * the file is read as the very thing it was probed as.
 */
export function inputArgs(path: string, options: { demuxer?: string } = {}): string[] {
  const demuxer = options.demuxer?.split(',')[0];
  if (demuxer !== undefined && rawDemuxers.has(demuxer)) {
    return ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', fileUrl(path)];
  }
  const chosen = demuxer ?? (isPatternName(path) ? 'image2' : undefined);
  return [
    ...safeInputOptions,
    ...(chosen === undefined ? [] : ['-f', chosen]),
    ...(chosen === 'image2' ? ['-pattern_type', 'none'] : []),
    ...['-i', fileUrl(path)],
  ];
}

/**
 * Options before an input whose pictures are see-through in a way that ffmpeg's own decoder drops: in WebM, VP8 and VP9
 * keep transparency beside the picture, and only libvpx reads it. Empty for everything else, and where it is not there.
 */
export function alphaDecoderArgs(video: { codec: string; hasAlpha: boolean }, decoders: ReadonlySet<string>): string[] {
  const decoder = { vp8: 'libvpx', vp9: 'libvpx-vp9' }[video.codec];
  return video.hasAlpha && decoder !== undefined && decoders.has(decoder) ? ['-c:v', decoder] : [];
}

/**
 * Opens a list for the concat demuxer that we wrote ourselves (never one from outside). Use {@link concatLine} for its
 * lines.
 */
export function concatInputArgs(listPath: string): string[] {
  return ['-protocol_whitelist', 'file,pipe', '-f', 'concat', '-safe', '0', '-i', fileUrl(listPath)];
}

/** One `file` line of a concat list, quoted for ffmpeg's tokenizer. */
export function concatLine(path: string): string {
  return `file '${fileUrl(path).replaceAll("'", "'\\''")}'`;
}

/** Opens a filter graph as an input, e.g. silence or a colour. */
export function lavfiInputArgs(graph: string): string[] {
  return ['-f', 'lavfi', '-i', graph];
}
