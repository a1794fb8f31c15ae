import type { ReactNode } from 'react';
import { type ClipAudio, fieldKeysIn } from '#shared/model/index.ts';
import { Panel } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import type { ClipItem } from '../model/lanes.ts';
import { assetOf } from '../model/trim.ts';
import { ColourField } from './colour-field.tsx';
import { patchClips } from './edits.ts';
import { TimelineFacts } from './facts.tsx';
import { FieldsGroup } from './fields-group.tsx';
import { GlobalInspector } from './global-group.tsx';
import { LayoutGroup } from './layout-group.tsx';
import { LookGroup } from './look-group.tsx';
import { ClipGroup } from './media-group.tsx';
import { Group, Row } from './parts.tsx';
import { SoundGroup } from './sound-group.tsx';
import { TextGroup } from './text-group.tsx';
import { SeamInspector, TransitionInspector } from './transition-group.tsx';

/** Properties of what is selected; facts of the whole when nothing is. `actions` stand at the right end of its title. */
export function Inspector({ actions }: { actions?: ReactNode }) {
  const { selectedItems, selectedGlobal, selectedTransitions, selectedSeam } = useEditor();
  const [transition] = selectedTransitions;
  const title =
    selectedItems.length > 1 && !isOneLink(selectedItems)
      ? `${selectedItems.length} clips`
      : selectedItems.length > 0
        ? 'Clip'
        : 'Inspector';
  return (
    <Panel title={title} label="Inspector" className="grow" actions={actions}>
      <div className="min-h-0 grow overflow-y-auto">
        {selectedItems.length > 0 ? (
          <ClipInspector items={selectedItems} />
        ) : selectedGlobal ? (
          <GlobalInspector item={selectedGlobal} />
        ) : transition ? (
          <TransitionInspector key={transition.key} item={transition} />
        ) : selectedSeam ? (
          <SeamInspector key={selectedSeam.key} item={selectedSeam} />
        ) : (
          <TimelineFacts />
        )}
      </div>
    </Panel>
  );
}

/** True for clips that are all linked to one another, with a picture among them. */
function isOneLink(items: readonly ClipItem[]): boolean {
  const [first] = items;
  return (
    first !== undefined &&
    first.clip.linkId !== null &&
    items.every((item) => item.clip.linkId === first.clip.linkId && item.section.slotId === first.section.slotId) &&
    items.some((item) => item.lane.kind === 'visual')
  );
}

function ClipInspector({ items }: { items: readonly ClipItem[] }) {
  const { assets, base, draft, commit, transport, isStill } = useEditor();
  const playhead = () => transport.getState().frame;
  // A picture and its sound are one thing to look at; the sound's own properties are those that count.
  const linked = isOneLink(items) ? items.filter((one) => one.lane.kind === 'visual').slice(0, 1) : items;
  const [item = items[0]] = linked;
  if (!item) return null;
  const { content } = item.clip;
  const isOne = linked.length === 1;
  const sounding = items.filter((candidate) => {
    const assetId = assetOf(candidate);
    if (items.length > 1 && isOneLink(items) && candidate.lane.kind === 'visual' && candidate.clip.audio.isMuted)
      return false;
    return assetId !== null && (assets.get(assetId)?.probe.audio.length ?? 0) > 0;
  });
  const audioEdit = (patch: Partial<ClipAudio>) => patchClips(sounding, 'Change sound', () => ({ audio: patch }));
  const colour = (value: string) =>
    patchClips([item], 'Change colour', () => ({ content: { kind: 'colour', colour: value } }));
  const seen = items.filter((candidate) => candidate.lane.kind === 'visual');
  // Colours and crop are those of pictures: words and colours have their own, nested cuts those of what is in them.
  const pictures = seen.every((one) => one.clip.content.kind === 'media') ? seen : [];
  const isStillItem = (one: ClipItem) => {
    const assetId = assetOf(one);
    return assetId !== null && isStill(assetId);
  };
  return (
    // Another clip starts with fresh fields.
    <div key={items.map((one) => one.key).join(' ')}>
      {isOne && content.kind === 'text' && <FieldsGroup section={item.section} keys={fieldKeysIn(content.text)} />}
      {isOne && content.kind === 'text' && <TextGroup item={item} content={content} />}
      {isOne && content.kind === 'colour' && (
        <Group title="Colour">
          <Row label="Colour">
            <ColourField
              label="Colour"
              value={content.colour}
              onPreview={(value) => draft(colour(value))}
              onCommit={(value) => commit(colour(value))}
            />
          </Row>
        </Group>
      )}
      {isOne && <ClipGroup item={item} />}
      {seen.length > 0 && <LayoutGroup holders={seen} />}
      {pictures.length > 0 && <LookGroup holders={pictures} isStill={pictures.every(isStillItem)} />}
      {sounding[0] && (
        <SoundGroup
          audio={sounding[0].clip.audio}
          rate={base.rate}
          lengthFrames={sounding[0].clip.lengthFrames}
          pointFrame={sounding.length === 1 ? () => playhead() - (sounding[0]?.startFrame ?? 0) : null}
          onPreview={(patch) => draft(audioEdit(patch))}
          onChange={(patch) => commit(audioEdit(patch))}
        />
      )}
    </div>
  );
}
