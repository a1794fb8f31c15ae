import { useEffect } from 'react';
import type { Ratio, Timeline } from '#shared/model/index.ts';
import { Stage, useOwnTransport, useSources } from '../player/index.ts';

interface PlayInPlaceProps {
  timeline: Timeline;
  ratio: Ratio;
  isMuted: boolean;
  /** Called when it has come to its end. */
  onEnd: () => void;
}

/** Plays a timeline once, without controls; fills its parent. */
export function PlayInPlace({ timeline, ratio, isMuted, onEnd }: PlayInPlaceProps) {
  const transport = useOwnTransport();
  const { sources } = useSources(timeline);
  useEffect(() => transport.setTimeline(timeline.lengthFrames, timeline.rate), [transport, timeline]);
  useEffect(() => transport.setMuted(isMuted), [transport, isMuted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts once; onEnd only ever closes this
  useEffect(() => {
    transport.play();
    return transport.subscribe(() => {
      const { isPlaying, frame, lengthFrames } = transport.getState();
      if (!isPlaying && frame >= lengthFrames - 1) onEnd();
    });
  }, [transport]);
  return <Stage timeline={timeline} ratio={ratio} sources={sources} transport={transport} />;
}
