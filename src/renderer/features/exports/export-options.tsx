import type { OutputVersion, Project } from '#shared/model/index.ts';
import { usePresets } from '../../engine/index.ts';
import type { ExportMemory } from '../../state/index.ts';
import { Button, Checkbox, Field, Input, Select } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { NamingField } from './naming-field.tsx';
import { RateField } from './rate-field.tsx';

interface ExportOptionsProps {
  project: Project;
  value: ExportMemory;
  onChange: (change: Partial<ExportMemory>) => void;
  defaultPattern: string;
  /** The folder in force. */
  outDir: string;
  /** The names files will get, as far as they are known. */
  fileNames: readonly string[];
}

const versions: readonly { value: OutputVersion; label: string }[] = [
  { value: 'full', label: 'Whole ad' },
  { value: 'textless', label: 'Textless' },
  { value: 'music-free', label: 'Without music' },
  { value: 'clean', label: 'Textless, without music' },
];

/** Versions, quality, size, names and destination of an export. */
export function ExportOptions({ project, value, onChange, defaultPattern, outDir, fileNames }: ExportOptionsProps) {
  const { data: presets = [] } = usePresets();
  const choose = useChoosePath();
  const preset = presets.find((one) => one.id === value.presetId);
  const chooseFolder = async () => {
    const folder = await choose.folder('Export to', outDir === '' ? null : outDir);
    if (folder) onChange({ outDir: folder });
  };
  return (
    <div className="flex flex-col gap-4">
      <Versions value={value.versions} onChange={(next) => onChange({ versions: next })} />
      <Field label="Quality" hint={preset?.note}>
        {(id) => (
          <Select
            id={id}
            label="Quality"
            value={value.presetId}
            onChange={(presetId) => onChange({ presetId })}
            options={presets.map((one) => ({ value: one.id, label: one.name, note: `${one.shortSide}p` }))}
          />
        )}
      </Field>
      <RateField value={value.rateControl} onChange={(rateControl) => onChange({ rateControl })} preset={preset} />
      <Field label="File names">
        {(id) => (
          <NamingField
            id={id}
            value={value.namingPattern ?? defaultPattern}
            project={project}
            fileNames={fileNames}
            onCommit={(namingPattern) => onChange({ namingPattern })}
          />
        )}
      </Field>
      <Field label="Folder">
        {(id) => (
          <div className="flex gap-2">
            <Input id={id} readOnly value={outDir} title={outDir} />
            <Button onClick={() => void chooseFolder()}>Choose…</Button>
          </div>
        )}
      </Field>
    </div>
  );
}

interface VersionsProps {
  value: readonly OutputVersion[];
  onChange: (versions: OutputVersion[]) => void;
}

/** Which versions of each ad are made; at least one. */
function Versions({ value, onChange }: VersionsProps) {
  const tick = (version: OutputVersion, isIn: boolean) => {
    const next = versions.map((one) => one.value).filter((one) => (one === version ? isIn : value.includes(one)));
    if (next.length > 0) onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm text-ink-2">Versions of each ad</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
        {versions.map((version) => (
          <Checkbox
            key={version.value}
            label={version.label}
            value={value.includes(version.value)}
            onChange={(isIn) => tick(version.value, isIn)}
            isDisabled={value.length === 1 && value[0] === version.value}
          />
        ))}
      </div>
    </fieldset>
  );
}
