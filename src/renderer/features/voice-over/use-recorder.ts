import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ConnectionStatus, desktopBridge, type EngineHandle, keys, useEngineHandle } from '../../engine/index.ts';
import { formatDuration, toast } from '../../ui/index.ts';
import type { EditorModel } from '../timeline/editor-model.ts';
import { type RecordingGoal, recordingEdit } from '../timeline/model/place-recording.ts';
import { placeOfRecording } from './count-frames.ts';
import { complaintAbout } from './listen.ts';
import { openMicrophone } from './microphone.ts';
import { Recorder } from './recorder.ts';
import type { FinishedRecording } from './recorder-types.ts';
import type { RecordingEngine } from './take-writer.ts';

/** What came of a recording, in words. */
export interface RecordingNote {
  text: string;
  isBad: boolean;
}

/** How long a recording that was given up can still be kept. */
const regretMs = 20_000;
/** Between tries while the engine is there and yet does not answer. */
const pauseMs = 500;

/** The recorder of a timeline, from its microphone to a clip. It ends with the timeline; what was said is kept. */
export function useRecorder(current: () => EditorModel) {
  const engine = useEngineHandle();
  const queries = useQueryClient();
  const [note, setNote] = useState<RecordingNote | null>(null);
  const goal = useRef<RecordingGoal>('part');
  const latest = useRef({ current, engine, queries });
  latest.current = { current, engine, queries };
  const [recorder] = useState(() => makeRecorder(() => ({ ...latest.current, goal: goal.current }), setNote));
  useEffect(() => () => recorder.close(), [recorder]);
  useEffect(() => {
    // The desktop asks by itself.
    if (desktopBridge()) return;
    const ask = (event: BeforeUnloadEvent) => recorder.isBusy && event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [recorder]);
  return { recorder, goal, note, setNote };
}

interface Surroundings {
  current: () => EditorModel;
  engine: EngineHandle;
  queries: QueryClient;
  goal: RecordingGoal;
}

function makeRecorder(now: () => Surroundings, say: (note: RecordingNote | null) => void): Recorder {
  return new Recorder(now().current().transport, {
    open: openMicrophone,
    engine: recordingEngine(now().engine),
    nowMs: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    onDone: (recording) => void putOnTimeline(now(), recording).then(say, toast.error),
    onCancelled(dropped) {
      if (!dropped) return say(null);
      const timer = setTimeout(dropped.drop, regretMs);
      const keep = () => {
        clearTimeout(timer);
        dropped.keep().then(() => toast.done('The recording is among your media.'), toast.error);
      };
      toast.info(
        `Recording of ${formatDuration(dropped.seconds)} given up.`,
        { label: 'Keep it', onClick: keep },
        { label: 'Throw it away', onClick: dropped.drop },
      );
    },
    onFailed: toast.error,
  });
}

async function putOnTimeline(
  { current, engine, queries, goal }: Surroundings,
  recording: FinishedRecording,
): Promise<RecordingNote> {
  const { plan, heard, isCutShort } = recording;
  const asset = await engine.client.library.get({ id: recording.assetId });
  queries.setQueryData(keys.asset(asset.id), asset);
  const name = asset.name.replace(/\.[^.]+$/, '');
  const model = current();
  const place = placeOfRecording(plan.startFrame, recording, plan.rate);
  const isTake = (assetId: typeof asset.id) => model.assets.get(assetId)?.origin === 'recorded';
  const scene = { project: model.base, target: model.target, view: model.view, globals: model.globals, isTake };
  const edit = place && recordingEdit(scene, { ...place, assetId: asset.id, name }, goal);
  const isPlaced = model.commit(edit);
  const complaint = complaintAbout(heard);
  const where = isPlaced ? `“${name}” is on the timeline.` : `“${name}” is among your media.`;
  const why = isCutShort ? 'The microphone went away; what it heard until then is kept.' : complaint;
  return { text: why ? `${where} ${why}` : where, isBad: why !== null };
}

function recordingEngine(handle: EngineHandle): RecordingEngine {
  const { recordings } = handle.client;
  return {
    begin: (sound) => recordings.begin(sound),
    write: (piece) => recordings.write(piece),
    finish: (end) => recordings.finish(end),
    discard: (what) => recordings.discard(what),
    whenBack: () => whenBack(handle),
  };
}

function whenBack(handle: EngineHandle): Promise<void> {
  return new Promise((resolve) => {
    const done = (status: ConnectionStatus) => {
      if (status !== 'connected') return;
      stop();
      resolve();
    };
    const stop = handle.onStatus(done);
    // Connected already: it is merely busy, or comes up.
    setTimeout(() => done(handle.status()), pauseMs);
  });
}
