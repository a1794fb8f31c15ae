import { fullSizes, newId, type SequenceId } from '#shared/model/index.ts';
import { formatTimecode, toNumber } from '#shared/units/index.ts';
import { Button } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { type SectionView, sharersOf } from '../model/lanes.ts';
import { FieldsGroup } from './fields-group.tsx';
import { Fact, Group } from './parts.tsx';

/** What is on the timeline when no clip is selected. */
export function TimelineFacts() {
  const { view, ratio, target } = useEditor();
  const size = fullSizes[ratio];
  const frames = toNumber(view.rate);
  return (
    <>
      {target.kind === 'variant' && (
        <Group title="Variant">
          <Fact label="Length">{formatTimecode(view.lengthFrames, view.rate)}</Fact>
          <Fact label="Picture">
            {size.width} × {size.height}, {Number.isInteger(frames) ? frames : frames.toFixed(3)} fps
          </Fact>
        </Group>
      )}
      {view.sections.map((section) => (
        <SectionFacts key={section.slotId} section={section} />
      ))}
      <p className="px-3 py-2.5 text-xs text-ink-3">Select a clip to change it. Press ? for all shortcuts.</p>
    </>
  );
}

function SectionFacts({ section }: { section: SectionView }) {
  const { base, view, ratio, target, commit } = useEditor();
  const size = fullSizes[ratio];
  const sharers = section.sequence ? sharersOf(base, section.sequence.id) : [];
  const others = sharers.filter((option) => option.id !== section.optionId);
  const clips = section.sequence?.tracks.reduce((count, track) => count + track.clips.length, 0) ?? 0;
  return (
    <>
      <Group title={section.optionName}>
        <Fact label="Part">{section.slotName}</Fact>
        <Fact label="Length">{formatTimecode(section.lengthFrames, view.rate)}</Fact>
        {target.kind === 'option' && (
          <Fact label="Picture">
            {size.width} × {size.height}, {Math.round(toNumber(view.rate) * 1000) / 1000} fps
          </Fact>
        )}
        <Fact label="Clips">{clips}</Fact>
        {others.length > 0 && (
          <div className="mt-1 rounded-md bg-raise p-2 text-xs text-ink-2">
            <p>
              Same cut as {others.map((option) => option.name).join(', ')}: changes here show there too, words excepted.
            </p>
            <Button
              size="sm"
              className="mt-1.5"
              onClick={() =>
                commit({
                  type: 'option.detach',
                  optionId: section.optionId,
                  newSequenceId: newId<SequenceId>('sequence'),
                })
              }
            >
              Make independent
            </Button>
          </div>
        )}
      </Group>
      <FieldsGroup section={section} />
    </>
  );
}
