export { SourceViewer, type SourceViewerProps } from './source-viewer.tsx';
