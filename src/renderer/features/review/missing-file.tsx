import { FileWarning, FileX } from 'lucide-react';
import { Button, EmptyState } from '../../ui/index.ts';
import type { ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';

/** Says why there is nothing to play, and offers to render it again. */
export function MissingFile({ item }: { item: ReviewItem }) {
  const { rerun } = useReview();
  const { file } = item;
  const isGone = file.state === 'finished';
  return (
    <EmptyState
      icon={isGone ? <FileX /> : <FileWarning />}
      title={isGone ? 'This file is gone' : 'This file could not be made'}
      actions={
        <Button variant="primary" onClick={() => rerun(item)}>
          Render again
        </Button>
      }
    >
      <p className="break-words">
        {isGone ? `It was moved or deleted: ${file.path}` : (file.error?.userMessage ?? 'Its export failed.')}
      </p>
    </EmptyState>
  );
}
