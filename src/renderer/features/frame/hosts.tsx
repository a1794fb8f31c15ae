import { lazy, Suspense } from 'react';
import { useViewedSource } from '../../state/index.ts';
import { VariantPlayerHost } from '../board/variant-player.tsx';
import { AddedFonts } from '../fonts/added-fonts.tsx';
import { MediaPickerHost } from '../media/media-picker.tsx';
import { useMediaActions } from '../media/use-media-actions.ts';
import { PathDialogHost } from '../paths/path-dialog.tsx';
import { useCurrentProject } from '../projects/use-current-project.ts';

const SourceViewer = lazy(() => import('../source/index.ts').then((module) => ({ default: module.SourceViewer })));

/** Windows within the page that can be opened from anywhere. */
export function Hosts() {
  return (
    <>
      <SourceViewerHost />
      <VariantPlayerHost />
      <MediaPickerHost />
      <PathDialogHost />
      <AddedFonts />
    </>
  );
}

function SourceViewerHost() {
  const [viewed, setViewed] = useViewedSource();
  const { id } = useCurrentProject();
  const { relink } = useMediaActions();
  if (!viewed) return null;
  return (
    <Suspense>
      <SourceViewer
        assetId={viewed.assetId}
        assetIds={viewed.assetIds}
        projectId={id}
        onNavigate={(assetId) => setViewed({ ...viewed, assetId })}
        onClose={() => setViewed(null)}
        onRelink={relink}
      />
    </Suspense>
  );
}
