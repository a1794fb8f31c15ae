import { useNavigate } from '@tanstack/react-router';
import { AudioLines, FileInput } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { JobView, Recogniser } from '#shared/contract/index.ts';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { Button, ErrorNotice, formatBytes, Progress, Select, Spinner, toast } from '../../ui/index.ts';
import { chooseTranscriptFile, importTranscript } from './transcript-file.ts';
import { useAdoptTranscript, useMakeTranscripts, useRecogniser, useTranscribeJobs } from './use-transcripts.ts';

/** Languages on offer; recognisers know more, which files and the terminal can name. */
const languages = [
  ...[
    ['auto', 'Language: find out'],
    ['en', 'English'],
    ['de', 'German'],
    ['fr', 'French'],
    ['es', 'Spanish'],
  ],
  ...[
    ['it', 'Italian'],
    ['pt', 'Portuguese'],
    ['nl', 'Dutch'],
    ['pl', 'Polish'],
    ['tr', 'Turkish'],
  ],
  ...[
    ['ar', 'Arabic'],
    ['hi', 'Hindi'],
    ['zh', 'Chinese'],
    ['ja', 'Japanese'],
    ['ko', 'Korean'],
  ],
].map(([value = '', label = '']) => ({ value, label }));

/** Takes words from a file onto media, and says what was guessed. */
export function useImportWords(): (asset: Pick<Asset, 'id' | 'name'>) => Promise<void> {
  const engine = useEngine();
  const adopt = useAdoptTranscript();
  return async ({ id, name }) => {
    const file = await chooseTranscriptFile();
    const read = file && (await attempt(() => importTranscript(engine, id, file)));
    if (!read) return;
    adopt(read.transcript);
    const count = read.transcript.words.length;
    toast.done([`${count === 1 ? '1 word' : `${count} words`} for “${name}”.`, ...read.notes].join(' '));
  };
}

interface SpeechOfferProps {
  /** Media heard that have no transcript. */
  missing: readonly Asset[];
}

/** Media whose words are not known: how to get them, what is under way, and what went wrong. */
export function SpeechOffer({ missing }: SpeechOfferProps) {
  const { recogniser, lookAgain, isLooking } = useRecogniser();
  const [language, setLanguage] = useState('auto');
  const make = useMakeTranscripts();
  const importWords = useImportWords();
  const jobs = useTranscribeJobs(missing.map(({ id }) => id));
  const idle = missing.filter(({ id }) => !isUnderWay(jobs.get(id)));
  const start = (ids: readonly AssetId[]) => void make(ids, language === 'auto' ? null : language);
  const canMake = recogniser !== null && recogniser.problem === null;
  return (
    <div className="flex flex-col gap-3 p-3 text-sm">
      <p className="text-ink-2">
        {missing.length === 1
          ? 'What is said here is not known yet.'
          : `What is said in ${missing.length} media is not known yet.`}
      </p>
      <ul className="flex flex-col gap-2" aria-label="Media without words">
        {missing.map((asset) => (
          <li key={asset.id} className="rounded-md border border-line bg-raise p-2">
            <MissingMedia asset={asset} job={jobs.get(asset.id)} onImport={() => void importWords(asset)} />
          </li>
        ))}
      </ul>
      {recogniser === null && <Spinner label="Looking for whisper.cpp" />}
      {canMake && idle.length > 0 && (
        <>
          <div className="flex flex-col gap-2">
            <Select label="Language" value={language} onChange={setLanguage} options={languages} />
            {recogniser.models.length > 1 && <ModelChoice recogniser={recogniser} />}
          </div>
          <Button
            variant="primary"
            icon={<AudioLines className="size-4" />}
            onClick={() => start(idle.map(({ id }) => id))}
          >
            {idle.length === 1 ? 'Make transcript' : `Make ${idle.length} transcripts`}
          </Button>
          <p className="text-xs text-ink-3">Made on this machine by whisper.cpp; nothing is sent anywhere.</p>
        </>
      )}
      {recogniser?.problem && <HowToGetIt recogniser={recogniser} lookAgain={lookAgain} isLooking={isLooking} />}
    </div>
  );
}

const isUnderWay = (job: JobView | undefined): boolean => job !== undefined && job.state !== 'failed';

function MissingMedia({ asset, job, onImport }: { asset: Asset; job: JobView | undefined; onImport: () => void }) {
  const engine = useEngine();
  return (
    <div className="flex flex-col gap-1.5">
      <span className="truncate text-ink" title={asset.name}>
        {asset.name}
      </span>
      {job && isUnderWay(job) ? (
        <>
          <Progress label={`Transcript of ${asset.name}`} fraction={job.progress?.fraction ?? null} />
          <span className="flex items-center justify-between gap-2 text-xs text-ink-3">
            {job.progress?.step ?? 'Waits for its turn'}
            <Button size="sm" variant="ghost" onClick={() => void attempt(() => engine.jobs.cancel({ id: job.id }))}>
              Cancel
            </Button>
          </span>
        </>
      ) : (
        <>
          {job?.error && (
            <ErrorNotice
              error={job.error}
              isInline
              actions={{ retry: () => void attempt(() => engine.jobs.retry({ id: job.id })) }}
            />
          )}
          <Button size="sm" icon={<FileInput className="size-3.5" />} onClick={onImport} className="self-start">
            Import words…
          </Button>
        </>
      )}
    </div>
  );
}

function ModelChoice({ recogniser }: { recogniser: Recogniser }) {
  const engine = useEngine();
  const [first] = recogniser.models;
  if (!first) return null;
  return (
    <Select
      label="Speech model"
      value={first.path}
      onChange={(whisperModelPath) => void attempt(() => engine.settings.update({ whisperModelPath }))}
      options={recogniser.models.map(({ path, name, sizeBytes }) => ({
        value: path,
        label: `Model: ${name} (${formatBytes(sizeBytes)})`,
      }))}
    />
  );
}

interface HowToGetItProps {
  recogniser: Recogniser;
  lookAgain: () => void;
  isLooking: boolean;
}

/** What makes words, where to get it, and what to do then. */
function HowToGetIt({ recogniser, lookAgain, isLooking }: HowToGetItProps) {
  const navigate = useNavigate();
  return (
    <section aria-label="Making transcripts" className="rounded-md border border-line p-2.5 text-ink-2">
      <h3 className="mb-1 font-semibold text-ink">Make words from sound</h3>
      <p>
        Spotloom uses whisper.cpp, a free program that listens on this machine; nothing is sent anywhere.{' '}
        {recogniser.problem}
      </p>
      <ol className="my-2 list-inside list-decimal space-y-1 text-xs" data-selectable>
        <li>
          The program <Code text="whisper-cli" />, from <Code text="github.com/ggml-org/whisper.cpp" /> or, on macOS, by{' '}
          <Code text="brew install whisper-cpp" />
        </li>
        <li>
          A model, such as <Code text="ggml-base.bin" />, from <Code text="huggingface.co/ggerganov/whisper.cpp" /> in a
          folder <Code text="models" /> beside the program
        </li>
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" isBusy={isLooking} onClick={lookAgain}>
          Look again
        </Button>
        <Button size="sm" variant="ghost" onClick={() => void navigate({ to: '/settings' })}>
          Choose it in the settings
        </Button>
      </div>
    </section>
  );
}

/** Something to be typed or copied as it stands; addresses break after slashes. */
function Code({ text }: { text: string }) {
  const parts = text.split(/(?<=\/)/);
  return (
    <code className="rounded-sm bg-app px-1 font-mono text-2xs text-ink select-text">
      {parts.map((part) => (
        <Fragment key={part}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
