import { RotateCw, Star, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { useCollections, useSubclips } from '../../engine/index.ts';
import {
  Badge,
  type BadgeTone,
  Button,
  cn,
  formatBytes,
  formatShortLength,
  IconButton,
  InlineEdit,
  Input,
} from '../../ui/index.ts';
import { assetFacts } from '../media/asset-facts.ts';
import { useMediaActions } from '../media/use-media-actions.ts';
import { RightsForm } from './rights-form.tsx';

/** Name, rating, tags, facts, files and previews of one asset. */
export function AssetDetails({ asset }: { asset: Asset }) {
  const actions = useMediaActions();
  const [isRenaming, setIsRenaming] = useState(false);
  const { data: collections = [] } = useCollections();
  const mine = collections.filter((one) => asset.collectionIds.includes(one.id));
  return (
    <>
      <div className="flex flex-col gap-2 px-3 pb-3">
        <div className="flex min-w-0 text-base font-semibold">
          <InlineEdit
            label="Name of the media"
            value={asset.name}
            isEditing={isRenaming}
            onEditingChange={setIsRenaming}
            onCommit={(name) => actions.update([asset.id], { name })}
          />
        </div>
        <Rating rating={asset.rating} onRate={(rating) => actions.update([asset.id], { rating })} />
        <Tags asset={asset} />
        {mine.length > 0 && <p className="text-sm text-ink-3">In {mine.map((one) => one.name).join(', ')}</p>}
      </div>
      <Group title="Facts">
        <dl className="grid grid-cols-[88px_1fr] gap-x-2 gap-y-0.5 text-sm">
          {assetFacts(asset).map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-3">{label}</dt>
              <dd className="tabular break-words text-ink-2" data-selectable>
                {value}
              </dd>
            </div>
          ))}
        </dl>
        {asset.playbackNote && <p className="mt-2 text-sm text-ink-3">{asset.playbackNote}</p>}
      </Group>
      <Subclips asset={asset} />
      <Files asset={asset} />
      <Previews asset={asset} />
      <Group title="Rights">
        <RightsForm asset={asset} />
      </Group>
    </>
  );
}

function Group({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line px-3 py-2.5">
      <header className="mb-1.5 flex h-5 items-center justify-between">
        <h3 className="text-sm font-semibold text-ink-2">{title}</h3>
        {action}
      </header>
      {children}
    </section>
  );
}

function Rating({ rating, onRate }: { rating: number; onRate: (rating: number) => void }) {
  return (
    <fieldset className="flex" aria-label="Rating">
      {[1, 2, 3, 4, 5].map((star) => (
        <button
          key={star}
          type="button"
          aria-label={`Rate ${star}`}
          aria-pressed={rating === star}
          onClick={() => onRate(rating === star ? 0 : star)}
          className="rounded-sm p-0.5"
        >
          <Star
            className={cn('size-4', star <= rating ? 'fill-warn text-warn' : 'text-line-strong hover:text-ink-3')}
          />
        </button>
      ))}
    </fieldset>
  );
}

function Tags({ asset }: { asset: Asset }) {
  const actions = useMediaActions();
  const [text, setText] = useState('');
  const add = () => {
    const tag = text.trim();
    setText('');
    if (tag !== '') actions.update([asset.id], { addTags: [tag] });
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      {asset.tags.map((tag) => (
        <span key={tag} className="flex h-5 items-center gap-1 rounded-sm bg-lift pl-1.5 text-xs text-ink-2">
          {tag}
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            onClick={() => actions.update([asset.id], { removeTags: [tag] })}
            className="pr-1 text-ink-3 hover:text-ink"
          >
            <X className="size-3" />
          </button>
        </span>
      ))}
      <Input
        aria-label="Add tag"
        placeholder="Add tag"
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
        onBlur={add}
        className="!h-5 w-20 grow !px-1 !text-xs"
      />
    </div>
  );
}

function Subclips({ asset }: { asset: Asset }) {
  const { data: subclips = [] } = useSubclips(asset.id);
  if (subclips.length === 0) return null;
  return (
    <Group title="Subclips">
      <ul className="flex flex-col gap-0.5 text-sm">
        {subclips.map((subclip) => (
          <li key={subclip.id} className="flex justify-between gap-2">
            <span className="truncate text-ink-2">{subclip.name}</span>
            <span className="tabular shrink-0 text-ink-3">
              {formatShortLength(toNumber(subclip.outSeconds) - toNumber(subclip.inSeconds))}
            </span>
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Files({ asset }: { asset: Asset }) {
  const { relink } = useMediaActions();
  return (
    <Group
      title="Files"
      action={
        asset.isMissing && (
          <Button size="sm" onClick={() => relink(asset.id)}>
            Find the file…
          </Button>
        )
      }
    >
      <ul className="flex flex-col gap-1 text-sm">
        {asset.locations.map((location) => (
          <li key={location.path}>
            <p className="break-all text-ink-2" data-selectable>
              {location.path}
            </p>
            <p className="text-xs text-ink-3">
              {location.mode === 'link' ? 'Your file, used where it is' : 'Copy in the library'}
              {location.isMissing && <span className="text-warn"> · missing</span>}
            </p>
          </li>
        ))}
      </ul>
    </Group>
  );
}

const renditionNames = {
  thumbnail: 'Thumbnail',
  filmstrip: 'Filmstrip',
  waveform: 'Waveform',
  proxy: 'Proxy',
  still: 'Still',
} as const;
const renditionTones: Record<string, BadgeTone> = { queued: 'neutral', ready: 'ok', failed: 'bad' };
const renditionStates = { queued: 'In the queue', ready: 'Ready', failed: 'Failed' } as const;

function Previews({ asset }: { asset: Asset }) {
  const { derive } = useMediaActions();
  if (asset.renditions.length === 0) return null;
  return (
    <Group
      title="Previews"
      action={
        <IconButton label="Make previews again" size="sm" onClick={() => derive([asset.id])}>
          <RotateCw />
        </IconButton>
      }
    >
      <ul className="flex flex-col gap-1 text-sm">
        {asset.renditions.map((rendition) => (
          <li key={rendition.kind} className="flex items-center gap-2">
            <span className="grow text-ink-2">{renditionNames[rendition.kind]}</span>
            {rendition.state === 'ready' && (
              <span className="tabular text-xs text-ink-3">{formatBytes(rendition.sizeBytes)}</span>
            )}
            <Badge tone={renditionTones[rendition.state] ?? 'neutral'}>{renditionStates[rendition.state]}</Badge>
          </li>
        ))}
      </ul>
    </Group>
  );
}
