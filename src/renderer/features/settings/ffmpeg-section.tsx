import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { attempt, keys, useEngine, useSystemInfo } from '../../engine/index.ts';
import { Badge, Button, Input, Spinner } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { Row, Section, type SectionProps } from './rows.tsx';

const states = {
  searching: { tone: 'neutral', label: 'Searching' },
  ready: { tone: 'ok', label: 'Ready' },
  limited: { tone: 'warn', label: 'Limited' },
  missing: { tone: 'bad', label: 'Missing' },
} as const;

/** Which ffmpeg is used, what it cannot do, and how to change that. */
export function FfmpegSection({ settings, update }: SectionProps) {
  const engine = useEngine();
  const queries = useQueryClient();
  const ffmpeg = useSystemInfo().data?.ffmpeg;
  const choose = useChoosePath();
  const [isLooking, setIsLooking] = useState(false);
  const look = async () => {
    setIsLooking(true);
    await attempt(() => engine.system.findFfmpeg());
    await queries.invalidateQueries({ queryKey: keys.system });
    void queries.invalidateQueries({ queryKey: keys.doctor });
    setIsLooking(false);
  };
  const chooseFile = async () => {
    const path = await choose.mediaFile('Choose the ffmpeg program');
    if (path) void update({ ffmpegPath: path });
  };
  return (
    <Section title="ffmpeg">
      <div className="flex items-start gap-4 px-4 py-3">
        <div className="min-w-0 grow">
          {ffmpeg ? (
            <>
              <p className="flex items-center gap-2 text-base">
                <Badge tone={states[ffmpeg.state].tone}>{states[ffmpeg.state].label}</Badge>
                {ffmpeg.version ?? 'No ffmpeg was found on this machine.'}
              </p>
              {ffmpeg.path && (
                <p className="mt-0.5 truncate text-sm text-ink-3" data-selectable>
                  {ffmpeg.path}
                </p>
              )}
              {ffmpeg.state === 'missing' && (
                <p className="mt-1 text-sm text-ink-2">Install ffmpeg 5.1 or newer, then look again.</p>
              )}
              {ffmpeg.limits.length > 0 && (
                <ul className="mt-1 list-inside list-disc text-sm text-warn">
                  {ffmpeg.limits.map((limit) => (
                    <li key={limit}>{limit}</li>
                  ))}
                </ul>
              )}
            </>
          ) : (
            <Spinner label="Asking for ffmpeg" />
          )}
        </div>
        <Button isBusy={isLooking} onClick={() => void look()}>
          Look again
        </Button>
      </div>
      <Row label="Program" hint="Automatic takes the best one found.">
        {(id) => (
          <div className="flex w-full max-w-100 gap-2">
            <Input id={id} readOnly value={settings.ffmpegPath ?? 'Automatic'} />
            <Button onClick={() => void chooseFile()}>Choose…</Button>
            {settings.ffmpegPath !== null && (
              <Button variant="ghost" onClick={() => update({ ffmpegPath: null })}>
                Reset
              </Button>
            )}
          </div>
        )}
      </Row>
    </Section>
  );
}
