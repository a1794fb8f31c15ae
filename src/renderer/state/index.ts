export * from './atoms.ts';
export {
  type ExportMemory,
  noExportMemory,
  useExportMemory,
  useIsPlaying,
  useMatrixIsLarge,
  usePlayingCard,
  useShownRatio,
  useShownVariant,
  useShowVariant,
  useTextOption,
} from './board.ts';
export { useOpenedProjectId } from './current-project.ts';
export { type AppDialog, useAppDialog, useOpenDialog } from './dialogs.ts';
export { useHints } from './hints.ts';
export { useIsHistoryOpen } from './history.ts';
export { type MediaPick, useAskForMedia, useMediaPick } from './media-pick.ts';
export { usePaneSize } from './panes.ts';
export { type PathRequest, useAskForPath, usePathRequest } from './path-request.ts';
export { rememberedAtom } from './remembered.ts';
export {
  type NoteDraft,
  newerReview,
  plainView,
  type ReviewFilter,
  type ReviewView,
  type Saying,
  useKeepAnswer,
  useKeepSaying,
  useNoteDraft,
  useReviewFilter,
  useReviewFocus,
  useReviewSpeed,
  useReviewView,
  useSaid,
  useTakeBack,
  wholeReview,
} from './review.ts';
export { useOpenSource, useViewedSource, type ViewedSource } from './source-viewer.ts';
export { type UploadProgress, useReportUpload, useUploads } from './uploads.ts';
