import { createContext, useContext } from 'react';
import type { Project } from '#shared/model/index.ts';
import type { Saying } from '../../state/index.ts';
import type { OptionChoice, ReviewItem, Tally } from './review-list.ts';

/** What the parts of the review page share. */
export interface ReviewModel {
  /** The project that is reviewed, as it is now; null while it is read or when it is gone. */
  project: Project | null;
  items: readonly ReviewItem[];
  /** Those that the filter lets through. */
  visible: readonly ReviewItem[];
  tally: Tally;
  /** Options that some files play and others do not. */
  choices: readonly OptionChoice[];
  /** Files of the batch or project still being made. */
  underWay: number;
  /** The file under review; null on the contact sheet. */
  current: ReviewItem | null;
  /** Opens a file; null = back to the contact sheet. */
  open: (exportId: string | null) => void;
  say: (item: ReviewItem, change: Partial<Saying>, step?: 'new' | 'same') => void;
  /** Approves and goes to the next one without a verdict; asks first when the check of the file failed. */
  approve: (item: ReviewItem) => void;
  /** Says that it must be fixed and opens a note about a frame (null = the whole). */
  fix: (item: ReviewItem, frame: number | null) => void;
  takeBack: () => void;
  /** Goes to the next one without a verdict. */
  goOn: (from: ReviewItem) => void;
  rerun: (item: ReviewItem) => void;
  /** Opens the option that plays at a moment of a file in the editor. */
  edit: (optionId: string, frame: number) => void;
}

const ReviewContext = createContext<ReviewModel | null>(null);
/** Gives the review to everything below. */
export const ReviewProvider = ReviewContext.Provider;

/** The review of the page. */
export function useReview(): ReviewModel {
  const model = useContext(ReviewContext);
  if (!model) throw new Error('useReview outside ReviewProvider');
  return model;
}
