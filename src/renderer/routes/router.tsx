import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { type AssetId, assetIdSchema, type ExportBatchId, exportBatchIdSchema } from '#shared/model/index.ts';
import { BoardPage } from '../features/board/board-page.tsx';
import { ExportsPage } from '../features/exports/exports-page.tsx';
import { AppFrame } from '../features/frame/app-frame.tsx';
import { CrashNotice } from '../features/frame/crash-notice.tsx';
import { JobsPage } from '../features/jobs/jobs-page.tsx';
import { LibraryPage } from '../features/library/library-page.tsx';
import { ProjectsPage } from '../features/projects/projects-page.tsx';
import { ReviewPage } from '../features/review/review-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { EditPage } from './edit-page.tsx';

const root = createRootRoute({ component: AppFrame, notFoundComponent: () => null });
const child = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component, errorComponent: CrashNotice });

const board = child('/', BoardPage);
const projects = child('/projects', ProjectsPage);
const exports = child('/exports', ExportsPage);
const jobs = child('/jobs', JobsPage);
const settings = child('/settings', SettingsPage);

/** What the library's address may say; anything else is ignored. */
const librarySearchSchema = z.object({
  asset: assetIdSchema.optional().catch(undefined),
  missing: z.boolean().optional().catch(undefined),
});
const library = createRoute({
  getParentRoute: () => root,
  path: '/library',
  component: LibraryPage,
  errorComponent: CrashNotice,
  validateSearch: (search): { asset?: AssetId | undefined; missing?: boolean | undefined } =>
    librarySearchSchema.parse(search),
});
/** What the review's address may say: a batch (else the open ad), and the file that is open. */
const reviewSearchSchema = z.object({
  batch: exportBatchIdSchema.optional().catch(undefined),
  export: z.string().optional().catch(undefined),
});
const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  component: ReviewPage,
  errorComponent: CrashNotice,
  validateSearch: (search): { batch?: ExportBatchId | undefined; export?: string | undefined } =>
    reviewSearchSchema.parse(search),
});
/** Where the editor's playhead stands at first. */
const editSearchSchema = z.object({ frame: z.int().nonnegative().optional().catch(undefined) });
const edit = createRoute({
  getParentRoute: () => root,
  path: '/edit/$kind/$id',
  component: EditPage,
  errorComponent: CrashNotice,
  validateSearch: (search): { frame?: number | undefined } => editSearchSchema.parse(search),
});
const elsewhere = createRoute({
  getParentRoute: () => root,
  path: '$',
  beforeLoad: () => {
    throw redirect({ to: '/' });
  },
});

/** The page's routes. The address after # keeps working wherever the files are served from. */
export function createStudioRouter() {
  return createRouter({
    routeTree: root.addChildren([board, library, projects, exports, review, jobs, settings, edit, elsewhere]),
    history: createHashHistory(),
    defaultErrorComponent: CrashNotice,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStudioRouter>;
  }
}
