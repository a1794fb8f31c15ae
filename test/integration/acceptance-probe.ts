import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What an ad must be, told of a file by ffprobe and by its own bytes; nothing of the product's own check is used. */
export interface MeasuredFile {
  size: string;
  sampleAspect: string;
  rates: string[];
  colour: string[];
  pixelFormat: string;
  sound: string[];
  /** Counted three ways: packets, frames decoded, frames the container names. */
  frames: number[];
  /** Every distinct length of a frame, and every distinct step between two, in ticks of the track's clock. */
  frameLengths: number[];
  frameSteps: number[];
  ticksPerSecond: number;
  startSeconds: number;
  /** Lengths of the two tracks. */
  videoSeconds: number;
  audioSeconds: number;
  /** Parts of the file in their order: `ftyp moov … mdat`. */
  boxes: string[];
  streams: number;
  sha256: string;
}

interface ProbedStream {
  codec_type: string;
  [key: string]: string | number | undefined;
}

/** Measures a finished file, decoding all of it. */
export async function measureFile(path: string): Promise<MeasuredFile> {
  const args = ['-v', 'error', '-count_frames', '-count_packets', '-show_streams', '-show_packets'];
  const entries = ['-show_entries', 'stream:packet=stream_index,pts,duration', '-of', 'json', `file:${path}`];
  const { stdout, stderr } = await run('ffprobe', [...args, ...entries], { maxBuffer: 64 * 1024 * 1024 });
  if (stderr.trim() !== '') throw new Error(`${path}: ${stderr}`);
  const { streams, packets } = JSON.parse(stdout) as {
    streams: ProbedStream[];
    packets: { stream_index: number; pts: number; duration: number }[];
  };
  const video = streams.find((stream) => stream.codec_type === 'video');
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  if (!video || !audio) throw new Error(`${path} has not both picture and sound`);
  const pictures = packets.filter((packet) => packet.stream_index === video.index);
  const times = pictures.map(({ pts }) => pts).sort((a, b) => a - b);
  const bytes = await readFile(path);
  const [num, den] = String(video.time_base).split('/').map(Number);
  return {
    size: `${video.width}x${video.height}`,
    sampleAspect: String(video.sample_aspect_ratio),
    rates: [String(video.r_frame_rate), String(video.avg_frame_rate)],
    colour: [video.color_range, video.color_space, video.color_primaries, video.color_transfer].map(String),
    pixelFormat: `${video.codec_name} ${video.pix_fmt}`,
    sound: [audio.codec_name, audio.sample_rate, audio.channels].map(String),
    frames: [video.nb_read_packets, video.nb_read_frames, video.nb_frames].map(Number),
    frameLengths: [...new Set(pictures.map(({ duration }) => duration))],
    frameSteps: [...new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)))],
    ticksPerSecond: (den ?? 0) / (num ?? 1),
    startSeconds: Number(video.start_time),
    videoSeconds: Number(video.duration),
    audioSeconds: Number(audio.duration),
    boxes: topLevelBoxes(bytes),
    streams: streams.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function topLevelBoxes(file: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    found.push(file.toString('latin1', at + 4, at + 8));
    const whole = size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size === 0 ? file.length - at : size;
    if (whole < 8) throw new Error(`a part of the file is ${whole} bytes long`);
    at += whole;
  }
  return found;
}
