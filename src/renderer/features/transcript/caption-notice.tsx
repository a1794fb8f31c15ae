import { PencilLine } from 'lucide-react';
import { useMemo } from 'react';
import type { Project } from '#shared/model/index.ts';
import {
  captionEdits,
  captionTextOf,
  editsOf,
  isEditedByHand,
  type LinkedCaption,
  linkedCaptions,
  type WordsByAsset,
} from '#shared/transcript/index.ts';
import { Menu } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { itemKey, type TimelineView } from '../timeline/model/lanes.ts';

interface Standing {
  /** Edited by hand: they stay as they are when words are corrected. */
  edited: LinkedCaption[];
  /** Not edited, and yet they say something else than the transcript. */
  behind: LinkedCaption[];
}

function standingOf(view: TimelineView, words: WordsByAsset, project: Project): Standing {
  const sequences = new Map(view.sections.flatMap(({ sequence }) => (sequence ? [[sequence.id, sequence]] : [])));
  const captions = [...sequences.values()].flatMap(linkedCaptions).filter(({ link }) => words.has(link.assetId));
  const isSame = (caption: LinkedCaption) =>
    captionTextOf(caption, words.get(caption.link.assetId) ?? [], project.rate) === caption.content.text;
  const differing = captions.filter((caption) => !caption.isLocked && !isSame(caption));
  return { edited: differing.filter(isEditedByHand), behind: differing.filter((caption) => !isEditedByHand(caption)) };
}

/** Says which captions of what is shown do not follow the transcript, and lets them. */
export function CaptionNotice({ view, words }: { view: TimelineView; words: WordsByAsset }) {
  const { base, commit, select, transport } = useEditor();
  const { edited, behind } = useMemo(() => standingOf(view, words, base), [view, words, base]);
  const all = [...edited, ...behind];
  if (all.length === 0) return null;
  const take = (captions: readonly LinkedCaption[]) => {
    const steps = captions.flatMap((caption) =>
      captionEdits(caption, words.get(caption.link.assetId) ?? [], base.rate),
    );
    for (const edit of editsOf('Take words of the transcript', steps)) commit(edit);
  };
  const show = () => {
    const keys = view.sections.flatMap((section) =>
      all.filter(({ sequence }) => sequence.id === section.sequence?.id).map(({ clip }) => itemKey(section, clip.id)),
    );
    select(keys);
    const [first] = view.items
      .filter((item) => keys.includes(item.key))
      .toSorted((a, b) => a.startFrame - b.startFrame);
    if (first) transport.seek(first.startFrame);
  };
  const what = [
    edited.length > 0 && `${edited.length === 1 ? '1 caption was' : `${edited.length} captions were`} edited by hand`,
    behind.length > 0 && `${behind.length === 1 ? '1 has' : `${behind.length} have`} older words`,
  ];
  return (
    <div className="flex min-h-8 shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-3 text-xs text-warn">
      <PencilLine className="size-3.5 shrink-0" aria-hidden />
      <span className="grow">{what.filter((one) => typeof one === 'string').join(', ')}.</span>
      <Menu
        align="end"
        items={[
          { label: 'Select them', onSelect: show },
          { label: 'Take the words of the transcript', onSelect: () => take(all) },
        ]}
      >
        <button type="button" className="shrink-0 rounded-sm px-1 py-0.5 font-semibold hover:bg-lift">
          What to do…
        </button>
      </Menu>
    </div>
  );
}
