import { Badge, Button, formatBytes, Input, Select, Spinner } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { useRecogniser } from '../transcript/use-transcripts.ts';
import { Row, Section, type SectionProps } from './rows.tsx';

/** The largest model found is taken. */
const automatic = '';

/** Which program makes words of sound, with which model, and what is missing for that. */
export function SpeechSection({ settings, update }: SectionProps) {
  const { recogniser, lookAgain, isLooking } = useRecogniser();
  const choose = useChoosePath();
  const chooseProgram = async () => {
    const path = await choose.mediaFile('Choose the whisper.cpp program (whisper-cli)');
    if (path) void update({ whisperPath: path });
  };
  const chooseModel = async () => {
    const path = await choose.mediaFile('Choose a speech model (ggml-….bin)');
    if (path) void update({ whisperModelPath: path });
  };
  const isReady = recogniser !== null && recogniser.problem === null;
  return (
    <Section title="Transcripts">
      <div className="flex items-start gap-4 px-4 py-3">
        <div className="min-w-0 grow">
          {recogniser ? (
            <>
              <p className="flex items-center gap-2 text-base">
                <Badge tone={isReady ? 'ok' : 'neutral'}>{isReady ? 'Ready' : 'Not set up'}</Badge>
                whisper.cpp
              </p>
              <p className="mt-0.5 text-sm break-words text-ink-3" data-selectable>
                {recogniser.problem ?? recogniser.program}
              </p>
            </>
          ) : (
            <Spinner label="Looking for whisper.cpp" />
          )}
        </div>
        <Button isBusy={isLooking} onClick={lookAgain}>
          Look again
        </Button>
      </div>
      <Row label="Program" hint="Makes words of sound on this machine. From github.com/ggml-org/whisper.cpp.">
        {(id) => (
          <div className="flex w-full max-w-100 gap-2">
            <Input id={id} readOnly value={settings.whisperPath ?? 'Automatic'} />
            <Button onClick={() => void chooseProgram()}>Choose…</Button>
            {settings.whisperPath !== null && (
              <Button variant="ghost" onClick={() => update({ whisperPath: null })}>
                Reset
              </Button>
            )}
          </div>
        )}
      </Row>
      <Row label="Speech model" hint="Larger ones hear better and take longer.">
        {(id) => (
          <div className="flex w-full max-w-100 gap-2">
            <Select
              id={id}
              label="Speech model"
              value={settings.whisperModelPath ?? automatic}
              onChange={(path) => update({ whisperModelPath: path === automatic ? null : path })}
              options={[
                { value: automatic, label: 'Automatic' },
                ...(recogniser?.models ?? []).map(({ path, name, sizeBytes }) => ({
                  value: path,
                  label: name,
                  note: formatBytes(sizeBytes),
                })),
                ...missingChoice(settings.whisperModelPath, recogniser?.models ?? []),
              ]}
            />
            <Button onClick={() => void chooseModel()}>Choose…</Button>
          </div>
        )}
      </Row>
    </Section>
  );
}

/** A chosen model that is not among those found is shown as it was chosen. */
function missingChoice(chosen: string | null, found: readonly { path: string }[]) {
  if (chosen === null || found.some(({ path }) => path === chosen)) return [];
  return [{ value: chosen, label: chosen.split(/[\\/]/).at(-1) ?? chosen }];
}
