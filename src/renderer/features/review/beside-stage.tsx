import { ArrowLeftRight } from 'lucide-react';
import { fullSizes } from '#shared/model/index.ts';
import { Badge, Button, cn, Kbd } from '../../ui/index.ts';
import { keepFocus } from '../player/index.ts';
import { Film } from './film.tsx';
import type { PlayerDeeds } from './player-deeds.ts';
import type { ReviewItem } from './review-list.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** Two files side by side at the same moment; the left one is under review and is heard. */
export function BesideStage({ shown, beside }: { shown: ReviewItem; beside: ReviewItem }) {
  return (
    <div className="flex min-h-0 grow gap-3 p-3">
      <Side letter="A" item={shown} isShown />
      <Side letter="B" item={beside} isShown={false} />
    </div>
  );
}

function Side({ letter, item, isShown }: { letter: string; item: ReviewItem; isShown: boolean }) {
  const { file } = item;
  const { width, height } = fullSizes[file.ratio];
  return (
    <figure
      aria-label={`${letter}: ${file.variantName}, ${file.ratio}`}
      className="flex min-h-0 min-w-0 flex-1 flex-col justify-center"
    >
      <div className="relative flex min-h-0 w-full" style={{ aspectRatio: `${width} / ${height}` }}>
        <Film key={file.id} file={file} isSilent={!isShown} />
      </div>
      <figcaption className="mt-2 flex h-6 shrink-0 items-center justify-center gap-2 text-sm">
        <Badge tone={isShown ? 'accent' : 'neutral'}>{letter}</Badge>
        <span className={cn('truncate', isShown ? 'text-ink' : 'text-ink-2')}>{file.variantName}</span>
        <Badge>{file.ratio}</Badge>
        <VerdictMark verdict={file.review.verdict} />
      </figcaption>
    </figure>
  );
}

/** Chooses what stands at the right. */
export function BesideBar({ deeds }: { deeds: PlayerDeeds }) {
  return (
    <div
      role="toolbar"
      aria-label="Compare"
      onMouseDown={keepFocus}
      className="flex shrink-0 flex-wrap items-center justify-center gap-2 px-3 pb-2"
    >
      <Button size="sm" icon={<ArrowLeftRight className="size-3.5" />} onClick={deeds.swap}>
        Swap <Kbd keys="X" />
      </Button>
      <Button size="sm" onClick={() => deeds.choose('same-hook')}>
        Same hook <Kbd keys="H" />
      </Button>
      <Button size="sm" onClick={() => deeds.choose('other-hook')}>
        Same ratio, other hook <Kbd keys="R" />
      </Button>
      <span className="flex items-center gap-1 text-xs text-ink-3">
        any other <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" />
      </span>
    </div>
  );
}
