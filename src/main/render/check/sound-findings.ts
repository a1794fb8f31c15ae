import type { CheckFinding } from '#shared/contract/render.ts';
import { loudestPeakDb, toleranceLu } from '../sound/level-sound.ts';
import { finding, remark, text } from './finding.ts';
import type { Aims, Intended, Observed } from './observed.ts';

/** Longest difference between picture and sound, at either end, ms. */
const longestDifferenceMs = 10;
/** An MP4's edit list counts in thousandths of a second. */
const tableGraceSamples = 48;
/** What measuring and rounding may differ by, dB. */
const peakGraceDb = 0.05;

/** Format, place in time, sameness and loudness of the sound. */
export function soundFindings(seen: Observed, aims: Aims): CheckFinding[] {
  const { audio, video } = seen;
  const found = `${text(audio?.codec_name)} ${text(audio?.sample_rate)} Hz ${text(audio?.channels)} channels`;
  const isRight = found === 'aac 48000 Hz 2 channels';
  const lengths = [video, audio].map((stream) => Number(stream?.duration));
  const [picture = Number.NaN, sound = Number.NaN] = lengths;
  const startsMs = Math.abs(Number(video?.start_time) - Number(audio?.start_time)) * 1000;
  const differenceMs = Math.max(Math.abs(picture - sound) * 1000, startsMs);
  return [
    finding('audio', 'Sound format', isRight, 'aac 48000 Hz 2 channels', audio ? found : 'no sound track'),
    finding(
      'av-duration',
      'Picture and sound begin and end together',
      differenceMs <= longestDifferenceMs,
      `within ${longestDifferenceMs} ms`,
      Number.isFinite(differenceMs) ? `${differenceMs.toFixed(1)} ms apart` : 'unknown',
    ),
    ...(aims.intended ? [sameSound(seen, aims.intended)] : []),
    ...loudnessFindings(seen, aims),
  ];
}

function sameSound(seen: Observed, intended: Intended): CheckFinding {
  const { soundPackets } = seen;
  const { packets: meant, startSample } = intended.sound;
  const lateSamples = (soundPackets[0]?.pts ?? startSample) - startSample;
  const isLate = Math.abs(lateSamples) > tableGraceSamples;
  const at = meant.findIndex((hash, n) => soundPackets[n]?.hash !== hash);
  const gap = soundPackets.findIndex(({ pts }, n) => {
    const before = soundPackets[n - 1];
    return before !== undefined && pts !== before.pts + before.duration;
  });
  const isSame = at < 0 && soundPackets.length === meant.length && gap < 0 && !isLate;
  const wrong = at >= 0 ? at : gap >= 0 ? gap : isLate ? 0 : meant.length;
  const seconds = wrong * (1024 / 48_000);
  const frame = Math.floor((seconds * intended.rate.num) / intended.rate.den);
  const label = 'Sound is the one that was judged';
  const lateMs = `${Math.abs(lateSamples / 48).toFixed(1)} ms too ${lateSamples > 0 ? 'late' : 'early'}`;
  const differs = `differs from ${seconds.toFixed(2)} s on`;
  const isOnlyLate = isLate && at < 0 && gap < 0;
  const found = isSame ? 'all of it' : isOnlyLate ? lateMs : differs;
  return finding(
    'same-sound',
    label,
    isSame,
    'all of it',
    found,
    isSame ? [] : [Math.min(frame, intended.frameCount - 1)],
  );
}

function loudnessFindings({ heard }: Observed, { intended, loudnessLufs }: Aims): CheckFinding[] {
  if (heard === null) return [];
  const { integratedLufs, truePeakDb } = heard;
  const target = intended ? intended.sound.targetLufs : loudnessLufs;
  const reason = intended?.sound.note ?? null;
  const lufs = integratedLufs === null ? 'silence' : `${integratedLufs.toFixed(1)} LUFS`;
  const peak = truePeakDb === null ? 'silence' : `${truePeakDb.toFixed(1)} dBTP`;
  const [loudnessLabel, peakLabel] = ['Loudness', 'Highest peak'];
  const isJudged = intended !== null || target !== null;
  const isPeakOk = truePeakDb === null || truePeakDb <= loudestPeakDb + peakGraceDb;
  return [
    loudness(),
    isJudged
      ? finding('true-peak', peakLabel, isPeakOk, `at most ${loudestPeakDb} dBTP`, peak)
      : remark('note', 'true-peak', peakLabel, peak),
  ];

  function loudness(): CheckFinding {
    if (target === null)
      return intended
        ? remark('skipped', 'loudness', loudnessLabel, `${lufs}: this preset leaves loudness as it was mixed`)
        : remark('note', 'loudness', loudnessLabel, lufs);
    if (integratedLufs === null && reason === null)
      return remark('skipped', 'loudness', loudnessLabel, 'silence: there is nothing to be measured');
    if (reason !== null) return remark('skipped', 'loudness', loudnessLabel, `${lufs}. ${reason}`);
    const isOk = integratedLufs !== null && Math.abs(integratedLufs - target) <= toleranceLu;
    return finding('loudness', loudnessLabel, isOk, `${target} LUFS ± ${toleranceLu}`, lufs);
  }
}
