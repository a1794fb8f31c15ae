/**
 * The arguments that open one input, e.g. `[...inputArgs(path), '-map', '0:v']`: as a `file:` URL with no network,
 * no playlists, and no image-sequence patterns, whatever the name looks like. Options that belong before the input
 * (`-ss`, `-copyts`, `-loop`) go before these. `demuxer` is the probed `format_name`.
 */
export function inputArgs(path: string, options: { demuxer?: string } = {}): string[] {
  throw new Error(`not yet: ${path} ${options.demuxer}`);
}
