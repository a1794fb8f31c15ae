import { type AnchoredClip, type ClipAudio, resolveAnchor } from '#shared/model/index.ts';
import { NumberInput, Segmented, Switch } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { anchorWords, type GlobalItem, globalClipEdit } from '../model/globals.ts';
import { LayoutGroup } from './layout-group.tsx';
import { LookGroup } from './look-group.tsx';
import { Fact, Group, Row } from './parts.tsx';
import { SoundGroup } from './sound-group.tsx';

/** A clip of music, voice-over or logo: where it is tied to, how loud it is. */
export function GlobalInspector({ item }: { item: GlobalItem }) {
  const { project, base, draft, commit, transport, timeline } = useEditor();
  const { clip } = item;
  const edit = (change: (clip: AnchoredClip) => AnchoredClip) => globalClipEdit(item, change);
  const audio = (patch: Partial<ClipAudio>) => edit((old) => ({ ...old, audio: { ...old.audio, ...patch } }));
  const place = (patch: Partial<AnchoredClip['start']>) =>
    commit(edit((old) => ({ ...old, start: { ...old.start, ...patch } })));
  return (
    <>
      <Group title={item.slot.name}>
        <Fact label="Media">{clip.name || item.option.name}</Fact>
        <Fact label="Used by">every variant with “{item.option.name}”</Fact>
        <Row label="Tied to">
          <select
            aria-label="Tied to"
            value={clip.start.to}
            onChange={(event) => place({ to: event.target.value as AnchoredClip['start']['to'] })}
            className="h-7 min-w-0 grow rounded-md border border-line-strong bg-raise px-1.5 text-sm"
          >
            <option value="ad">the ad</option>
            {project.slots.map((slot) => (
              <option key={slot.id} value={slot.id}>
                {slot.name}
              </option>
            ))}
          </select>
          <Segmented
            label="Edge"
            size="sm"
            value={clip.start.edge}
            onChange={(edge) => place({ edge })}
            options={[
              { value: 'start', label: 'Start' },
              { value: 'end', label: 'End' },
            ]}
          />
        </Row>
        <Row label="Offset">
          <NumberInput
            label="Offset, frames"
            value={clip.start.offsetFrames}
            unit="fr"
            onChange={(offsetFrames) => place({ offsetFrames: Math.round(offsetFrames) })}
            className="w-24"
          />
        </Row>
        {clip.end && <Fact label="Ends at">{anchorWords(project, clip.end)}</Fact>}
        <Row label="Loop">
          <Switch
            label="Loop"
            isOn={clip.isLooping}
            onChange={(isLooping) => commit(edit((old) => ({ ...old, isLooping })))}
          />
        </Row>
      </Group>
      {item.slot.kind === 'logo' && <LayoutGroup holders={[item]} />}
      {item.slot.kind === 'logo' && clip.content.kind === 'media' && <LookGroup holders={[item]} isStill={false} />}
      {item.slot.kind !== 'logo' && (
        <SoundGroup
          audio={clip.audio}
          rate={base.rate}
          lengthFrames={item.endFrame - item.startFrame}
          pointFrame={() =>
            transport.getState().frame - resolveAnchor(clip.start, timeline.sections, timeline.lengthFrames)
          }
          onPreview={(patch) => draft(audio(patch))}
          onChange={(patch) => commit(audio(patch))}
        />
      )}
    </>
  );
}
