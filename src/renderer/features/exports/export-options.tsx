import { usePresets } from '../../engine/index.ts';
import { Button, Field, Input, Select } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { NamingField } from './naming-field.tsx';

/** How the files are made and named, and where they go. Null = as in the settings. */
export interface ExportOptionsValue {
  presetId: string;
  outDir: string | null;
  namingPattern: string | null;
}

interface ExportOptionsProps {
  value: ExportOptionsValue;
  onChange: (value: ExportOptionsValue) => void;
  defaultPattern: string;
  /** The folder in force. */
  outDir: string;
  /** The name the first file will get. */
  firstName: string | null;
}

/** Quality, names and destination of an export. */
export function ExportOptions({ value, onChange, defaultPattern, outDir, firstName }: ExportOptionsProps) {
  const { data: presets = [] } = usePresets();
  const choose = useChoosePath();
  const preset = presets.find((one) => one.id === value.presetId);
  const chooseFolder = async () => {
    const folder = await choose.folder('Export to', outDir === '' ? null : outDir);
    if (folder) onChange({ ...value, outDir: folder });
  };
  return (
    <>
      <Field label="Quality" hint={preset?.note}>
        {(id) => (
          <Select
            id={id}
            label="Quality"
            value={value.presetId}
            onChange={(presetId) => onChange({ ...value, presetId })}
            options={presets.map((one) => ({ value: one.id, label: one.name, note: `${one.shortSide}p` }))}
          />
        )}
      </Field>
      <Field label="File names">
        {(id) => (
          <NamingField
            id={id}
            value={value.namingPattern ?? defaultPattern}
            preview={firstName}
            onCommit={(namingPattern) => onChange({ ...value, namingPattern })}
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
    </>
  );
}
