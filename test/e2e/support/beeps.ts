import { spawn } from 'node:child_process';
import { ffmpeg } from '../../fixtures/media.ts';

/** Rate that sound is read at here. */
export const readHz = 48_000;

/** A mono file of beeps of 1 kHz, 60 ms each, at these moments; silence between. */
export async function makeBeeps(path: string, seconds: number, atSeconds: readonly number[]): Promise<void> {
  const isOn = atSeconds.map((at) => `between(t,${at},${at + 0.06})`).join('+');
  const tone = `aevalsrc='0.5*sin(2*PI*1000*t)*(${isOn})':s=${readHz}:d=${seconds}`;
  await ffmpeg('-f', 'lavfi', '-i', tone, '-c:a', 'pcm_s16le', path);
}

/** The sound of a file, both sides as one. */
export function readSound(path: string): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const args = ['-nostdin', '-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', `${readHz}`, '-f', 'f32le', '-'];
    const child = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.once('error', reject);
    child.once('close', () => {
      const bytes = Buffer.concat(parts);
      resolve(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3))));
    });
  });
}

/** Moments at which beeps begin, seconds: where it gets loud after at least 50 ms without. */
export function beepsIn(sound: Float32Array): number[] {
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const found: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (const [n, value] of sound.entries()) {
    if (Math.abs(value) < peak * 0.3 || peak === 0) continue;
    if (n - lastLoud > readHz * 0.05) found.push(n / readHz);
    lastLoud = n;
  }
  return found;
}
