export { assetDragType, type DraggedAsset, readAssetDrag, writeAssetDrag } from './asset-drag.ts';
export type { TimelineTarget } from './target.ts';
export { TimelineEditor, type TimelineEditorProps } from './timeline-editor.tsx';
