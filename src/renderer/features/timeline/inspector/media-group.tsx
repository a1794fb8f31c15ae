import { ExternalLink } from 'lucide-react';
import type { EditInput, MediaContent } from '#shared/model/index.ts';
import {
  add,
  divide,
  type Frames,
  frameToSeconds,
  multiply,
  type Rational,
  rational,
  secondsToNearestFrames,
  subtract,
  toNumber,
} from '#shared/units/index.ts';
import { IconButton, Input, NumberInput } from '../../../ui/index.ts';
import { TimecodeField } from '../../player/index.ts';
import { useEditor } from '../editor-model.ts';
import { clipName } from '../model/clip-name.ts';
import type { ClipItem, TimelineView } from '../model/lanes.ts';
import { keepLinked, partnersOf } from '../model/links.ts';
import { speedEdit } from '../model/speed.ts';
import { trimLinkedEdit } from '../model/tool-edits.ts';
import { assetOf } from '../model/trim.ts';
import { patchClips } from './edits.ts';
import { Fact, Group, Row } from './parts.tsx';

const boxed = 'border border-line-strong bg-raise py-0.5';

/** Name, place, length and speed of one clip; source in and out where it plays footage. */
export function ClipGroup({ item }: { item: ClipItem }) {
  const { assets, base, view, lengths, isStill, commit, onOpenSource } = useEditor();
  const { clip } = item;
  const { rate } = base;
  const assetId = assetOf(item);
  const asset = (assetId && assets.get(assetId)) ?? null;
  const { content } = clip;
  const trimEndTo = (frames: Frames) => {
    const options = { project: base, view, isRipple: item.lane.isMain, isAlone: false, lengths, isStill };
    commit(trimLinkedEdit(item, 'end', frames - clip.lengthFrames, options).edit);
  };
  return (
    <Group title="Clip">
      <Row label="Name">
        <Input
          key={clip.id + clip.name}
          aria-label="Clip name"
          defaultValue={clip.name}
          placeholder={clipName(item, asset)}
          maxLength={200}
          onBlur={(event) =>
            event.target.value !== clip.name &&
            commit(patchClips([item], 'Rename clip', () => ({ name: event.target.value })))
          }
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </Row>
      {asset && (
        <Row label="Media">
          <span className="min-w-0 grow truncate text-sm" title={asset.locations[0]?.path ?? asset.name}>
            {asset.name}
          </span>
          {onOpenSource && (
            <IconButton label="Open in source viewer" size="sm" onClick={() => onOpenSource(asset.id)}>
              <ExternalLink />
            </IconButton>
          )}
        </Row>
      )}
      <Row label="Starts at">
        <TimecodeField
          label="Starts at"
          frame={item.startFrame}
          rate={rate}
          className={boxed}
          onCommit={(frame) => {
            const edit = moveTo(item, frame);
            commit(edit && keepLinked(base, edit, 'Move clips'));
          }}
        />
      </Row>
      <Row label="Length">
        <TimecodeField
          label="Length of clip"
          frame={clip.lengthFrames}
          rate={rate}
          className={boxed}
          onCommit={trimEndTo}
        />
      </Row>
      {content.kind === 'media' && !(assetId && isStill(assetId)) && <SourceRows item={item} onTrimEndTo={trimEndTo} />}
    </Group>
  );
}

function moveTo(item: ClipItem, frame: Frames): EditInput | null {
  const { sequence, startFrame } = item.section;
  return (
    sequence && {
      type: 'clip.move',
      sequenceId: sequence.id,
      clipId: item.clip.id,
      trackId: item.track.id,
      startFrame: Math.max(0, frame - startFrame),
    }
  );
}

/** Another beginning in the source, for a clip and as much for what is linked to it. */
function slipTo(view: TimelineView, item: ClipItem, seconds: Rational): EditInput | null {
  const { content } = item.clip;
  if (content.kind !== 'media') return null;
  const shift = subtract(seconds, content.sourceInSeconds);
  const partners = partnersOf(view, item).filter((one) => one.clip.content.kind === 'media');
  return patchClips([item, ...partners], 'Slip clip', (clip) =>
    clip.content.kind === 'media' ? { sourceInSeconds: add(clip.content.sourceInSeconds, shift) } : {},
  );
}

function SourceRows({ item, onTrimEndTo }: { item: ClipItem; onTrimEndTo: (frames: Frames) => void }) {
  const { base, view, commit } = useEditor();
  const { clip } = item;
  const { rate } = base;
  const { content } = clip;
  if (content.kind !== 'media') return null;
  const inFrame = secondsToNearestFrames(content.sourceInSeconds, rate);
  return (
    <>
      <Row label="Source in">
        <TimecodeField
          label="Source in"
          frame={inFrame}
          rate={rate}
          className={boxed}
          onCommit={(frame) => commit(slipTo(view, item, frameToSeconds(frame, rate)))}
        />
      </Row>
      {content.isFrozen ? (
        <Fact label="Speed">freeze frame</Fact>
      ) : (
        <RunningRows item={item} content={content} inFrame={inFrame} onTrimEndTo={onTrimEndTo} />
      )}
    </>
  );
}

interface RunningRowsProps {
  item: ClipItem;
  content: MediaContent;
  inFrame: Frames;
  onTrimEndTo: (frames: Frames) => void;
}

/** What only footage that runs has: an end in its source, and a speed. */
function RunningRows({ item, content, inFrame, onTrimEndTo }: RunningRowsProps) {
  const { base, view, commit } = useEditor();
  const { rate } = base;
  const playedSeconds = multiply(frameToSeconds(item.clip.lengthFrames, rate), content.speed);
  const outFrame = secondsToNearestFrames(add(content.sourceInSeconds, playedSeconds), rate);
  const setSpeed = (percent: number) => commit(speedEdit(base, view, item, rational(Math.round(percent * 10), 1000)));
  return (
    <>
      <Row label="Source out">
        <TimecodeField
          label="Source out"
          frame={outFrame}
          rate={rate}
          className={boxed}
          onCommit={(frame) =>
            onTrimEndTo(
              Math.max(1, secondsToNearestFrames(divide(frameToSeconds(frame - inFrame, rate), content.speed), rate)),
            )
          }
        />
      </Row>
      <Row label="Speed">
        <NumberInput
          label="Speed, per cent"
          value={toNumber(content.speed) * 100}
          min={5}
          max={10_000}
          step={5}
          unit="%"
          onChange={setSpeed}
          className="w-24"
        />
      </Row>
    </>
  );
}
