import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '#shared/contract/index.ts';
import { attempt, keys, useEngine, useSettings } from '../../engine/index.ts';
import { useHints } from '../../state/index.ts';
import {
  Button,
  ErrorNotice,
  formatBytes,
  Input,
  NumberInput,
  Select,
  Spinner,
  Switch,
  toast,
} from '../../ui/index.ts';
import { NamingField } from '../exports/naming-field.tsx';
import { Page } from '../frame/page.tsx';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { ShortcutsSection } from '../shortcuts/shortcuts-section.tsx';
import { DoctorTable } from './doctor-table.tsx';
import { FfmpegSection } from './ffmpeg-section.tsx';
import { FontsSection } from './fonts-section.tsx';
import { Row, Section, type SectionProps } from './rows.tsx';
import { SpeechSection } from './speech-section.tsx';

/** Everything the user can set, and the state of what Spotloom needs. */
export function SettingsPage() {
  const engine = useEngine();
  const { data: settings, error } = useSettings();
  const queries = useQueryClient();
  const update = async (patch: Partial<Settings>) => {
    const answer = await attempt(() => engine.settings.update(patch));
    if (answer) queries.setQueryData(keys.settings, answer);
  };
  return (
    <Page title="Settings">
      {error && <ErrorNotice error={error} className="m-4" />}
      {!settings && !error && <Spinner label="Reading settings" className="m-4" />}
      {settings && (
        <div className="relative min-h-0 grow overflow-y-auto">
          <div className="mx-auto flex max-w-190 flex-col gap-8 p-6">
            <AppearanceSection settings={settings} update={update} />
            <ImportSection settings={settings} update={update} />
            <ExportSection settings={settings} update={update} />
            <MachineSection settings={settings} update={update} />
            <ShortcutsSection shortcuts={settings.shortcuts} onChange={(shortcuts) => update({ shortcuts })} />
            <FontsSection />
            <FfmpegSection settings={settings} update={update} />
            <SpeechSection settings={settings} update={update} />
            <DoctorTable />
          </div>
        </div>
      )}
    </Page>
  );
}

function AppearanceSection({ settings, update }: SectionProps) {
  const hints = useHints();
  return (
    <Section title="Appearance">
      <Row label="Theme" hint="Around pictures it stays dark, so that footage looks as it will.">
        {(id) => (
          <Select
            id={id}
            label="Theme"
            value={settings.theme}
            onChange={(theme) => update({ theme })}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'system', label: 'As the system' },
            ]}
            className="w-40"
          />
        )}
      </Row>
      <Row
        label="Hints"
        hint="One line at the bottom about the page that is open. Turned on again, all of them come back."
      >
        {(id) => <Switch id={id} label="Hints" isOn={!hints.areOff} onChange={hints.turn} />}
      </Row>
      {!hints.areOff && hints.seen.length > 0 && (
        <Row label="Hints you have put away">
          {(id) => (
            <Button id={id} onClick={() => hints.turn(true)}>
              Show them again
            </Button>
          )}
        </Row>
      )}
    </Section>
  );
}

function ImportSection({ settings, update }: SectionProps) {
  return (
    <Section title="Import">
      <Row label="Dropped files" hint="Linked files stay where they are; copies live in the library folder.">
        {(id) => (
          <Select
            id={id}
            label="Dropped files"
            value={settings.importMode}
            onChange={(importMode) => update({ importMode })}
            options={[
              { value: 'link', label: 'Use them where they are' },
              { value: 'copy', label: 'Copy them into the library' },
            ]}
            className="w-60"
          />
        )}
      </Row>
      <Row
        label="Make proxies"
        hint="Playable copies of footage a browser cannot play smoothly. Exports use the originals."
      >
        {(id) => (
          <Switch
            id={id}
            label="Make proxies"
            isOn={settings.areProxiesMade}
            onChange={(areProxiesMade) => update({ areProxiesMade })}
          />
        )}
      </Row>
      <Row label="Length of stills" hint="How long a picture lasts when it is put on a timeline.">
        {(id) => (
          <NumberInput
            id={id}
            label="Length of stills in seconds"
            value={settings.stillSeconds}
            min={0.2}
            max={60}
            step={0.5}
            unit="s"
            onChange={(stillSeconds) => update({ stillSeconds })}
            className="w-24"
          />
        )}
      </Row>
    </Section>
  );
}

function ExportSection({ settings, update }: SectionProps) {
  const choose = useChoosePath();
  const chooseFolder = async () => {
    const folder = await choose.folder('Folder for exports', settings.exportFolder);
    if (folder) void update({ exportFolder: folder });
  };
  return (
    <Section title="Export">
      <Row label="Folder" hint="Where exports go unless the export dialog says otherwise.">
        {(id) => (
          <div className="flex w-full max-w-100 gap-2">
            <Input id={id} readOnly value={settings.exportFolder ?? 'exports, in the library folder'} />
            <Button onClick={() => void chooseFolder()}>Choose…</Button>
            {settings.exportFolder !== null && (
              <Button variant="ghost" onClick={() => update({ exportFolder: null })}>
                Reset
              </Button>
            )}
          </div>
        )}
      </Row>
      <Row label="File names" hint="Pattern for the names of exported files.">
        {(id) => (
          <NamingField
            id={id}
            value={settings.namingPattern}
            onCommit={(namingPattern) => update({ namingPattern })}
            className="w-full max-w-100"
          />
        )}
      </Row>
    </Section>
  );
}

function MachineSection({ settings, update }: SectionProps) {
  const engine = useEngine();
  const [isClearing, setIsClearing] = useState(false);
  const clear = async () => {
    setIsClearing(true);
    const answer = await attempt(() => engine.system.clearCache());
    setIsClearing(false);
    if (answer) toast.done(`${formatBytes(answer.freedBytes)} freed.`);
  };
  return (
    <Section title="This machine">
      <Row label="Jobs at one time" hint="Automatic uses as many as the machine has cores.">
        {(id) => (
          <Select
            id={id}
            label="Jobs at one time"
            value={settings.cpuJobs === null ? '' : String(settings.cpuJobs)}
            onChange={(value) => update({ cpuJobs: value === '' ? null : Number(value) })}
            options={[
              { value: '', label: 'Automatic' },
              ...[1, 2, 3, 4, 6, 8, 12, 16].map((count) => ({ value: String(count), label: String(count) })),
            ]}
            className="w-32"
          />
        )}
      </Row>
      <Row
        label="Render cache"
        hint="Pieces of finished video kept so that the next export is quick. It can be cleared at any time."
      >
        {(id) => (
          <div className="flex gap-2">
            <NumberInput
              id={id}
              label="Render cache in gigabytes"
              value={settings.cacheLimitBytes / 1e9}
              min={0.1}
              max={10_000}
              step={1}
              unit="GB"
              onChange={(gigabytes) => update({ cacheLimitBytes: Math.round(gigabytes * 1e9) })}
              className="w-28"
            />
            <Button isBusy={isClearing} onClick={() => void clear()}>
              Clear now
            </Button>
          </div>
        )}
      </Row>
    </Section>
  );
}
