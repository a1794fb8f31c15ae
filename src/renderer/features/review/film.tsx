import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { ExportView } from '#shared/contract/index.ts';
import { exportUrl, useMediaBase } from '../../engine/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { cn } from '../../ui/index.ts';
import { createFollowers, type Followers } from './follow.ts';

const FollowersContext = createContext<Followers | null>(null);

/** Films inside follow the transport, all at the same moment. */
export function FilmRoom({ transport, children }: { transport: Transport; children: ReactNode }) {
  const [followers, setFollowers] = useState<Followers | null>(null);
  useEffect(() => {
    const made = createFollowers(transport);
    setFollowers(made);
    return () => made.dispose();
  }, [transport]);
  return <FollowersContext.Provider value={followers}>{children}</FollowersContext.Provider>;
}

interface FilmProps {
  file: ExportView;
  /** Another film is heard. */
  isSilent?: boolean;
  className?: string;
}

/** A finished file, in step with the {@link FilmRoom} it is in. */
export function Film({ file, isSilent = false, className }: FilmProps) {
  const mediaBase = useMediaBase();
  const followers = useContext(FollowersContext);
  const video = useRef<HTMLVideoElement>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (video.current && followers) return followers.add(video.current, isSilent);
  }, [followers, isSilent]);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are burnt into the ad */}
      <video
        ref={video}
        src={mediaBase === '' ? undefined : exportUrl(mediaBase, file.id)}
        aria-label={`Video ${file.fileName}`}
        data-testid="film"
        preload="auto"
        playsInline
        disableRemotePlayback
        onError={() => setFailed(true)}
        onLoadedData={() => setFailed(false)}
        className={cn('size-full min-h-0 object-contain', className)}
      />
      {hasFailed && (
        <p
          role="alert"
          className="absolute inset-x-3 bottom-3 rounded-md dark-area bg-black/80 p-2 text-center text-sm text-bad"
        >
          This file cannot be played. Render it again.
        </p>
      )}
    </>
  );
}
