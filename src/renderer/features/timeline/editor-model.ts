import {
  createContext,
  useCallback,
  useContext,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type AppError, toAppError } from '#shared/errors/index.ts';
import {
  type Asset,
  type AssetId,
  applyEdit,
  type ClipId,
  type EditInput,
  editSchema,
  flattenSequence,
  flattenVariant,
  type Project,
  type ProjectId,
  type Ratio,
  type SourceLengths,
  type Timeline,
} from '#shared/model/index.ts';
import { useApplyEdit, useAssets, useMediaBase, useNewestProject } from '../../engine/queries.ts';
import { lengthsOf, type PreviewSources, previewSources } from '../../preview/source.ts';
import type { Transport } from '../../preview/transport.ts';
import { projectAssetIds } from './model/asset-ids.ts';
import { type GlobalItem, type GlobalLane, globalLanes } from './model/globals.ts';
import { type ClipItem, type TimelineView, timelineView } from './model/lanes.ts';
import { type SeamItem, seamItems, type TransitionItem, transitionItems } from './model/transition-items.ts';
import type { TimelineTarget } from './target.ts';
import { type BeatView, useBeats } from './use-beats.ts';
import { useSelection } from './use-selection.ts';
import { ValueStore } from './value-store.ts';

/** Everything the parts of the editor share. */
export interface EditorModel {
  projectId: ProjectId;
  /** As it is shown: with the edit under way, if any. */
  project: Project;
  /** As it is kept, without the edit under way. */
  base: Project;
  target: TimelineTarget;
  ratio: Ratio;
  view: TimelineView;
  beats: BeatView;
  timeline: Timeline;
  /** Why the timeline cannot be played, if it cannot. */
  problem: AppError | null;
  globals: GlobalLane[];
  /** Transitions between clips, and the boundaries of the parts of a variant. */
  transitions: TransitionItem[];
  seams: SeamItem[];
  assets: ReadonlyMap<AssetId, Asset>;
  sources: PreviewSources;
  mediaBase: string;
  lengths: SourceLengths;
  isStill: (assetId: AssetId) => boolean;
  transport: Transport;
  selection: ReadonlySet<string>;
  selectedItems: ClipItem[];
  selectedGlobal: GlobalItem | null;
  selectedTransitions: TransitionItem[];
  selectedSeam: SeamItem | null;
  select: (keys: Iterable<string>) => void;
  /** Selects clips by id once they are there. */
  selectClips: (clipIds: Iterable<ClipId>) => void;
  /** Opens the source viewer, where there is one. */
  onOpenSource: ((assetId: AssetId) => void) | undefined;
  /**
   * Shows an edit without making it; null takes it away. With `tracks`, a gesture on the tracks: they and the picture
   * follow the hand, the panels around wait for its end.
   */
  draft: (edit: EditInput | null, where?: 'everywhere' | 'tracks') => void;
  /** Makes an edit (null = none) and ends a draft. True when it was accepted. */
  commit: (edit: EditInput | null) => boolean;
  /** The model at this moment, over the project with edits of this very turn included: for what keys and buttons do. */
  current: () => EditorModel;
}

const emptyTimeline = (project: Project): Timeline => ({
  rate: project.rate,
  lengthFrames: 0,
  sections: [],
  clips: [],
});

function flatten(
  project: Project,
  target: TimelineTarget,
  lengths: SourceLengths,
): { timeline: Timeline; problem: AppError | null } {
  try {
    if (target.kind === 'variant') return { timeline: flattenVariant(project, target.variant, lengths), problem: null };
    for (const slot of project.slots) {
      const content = slot.options.find((option) => option.id === target.optionId)?.content;
      if (content?.kind !== 'sequence') continue;
      const sequence = project.sequences.find((candidate) => candidate.id === content.sequenceId);
      if (sequence) return { timeline: flattenSequence(project, sequence, content.values), problem: null };
    }
    return { timeline: emptyTimeline(project), problem: null };
  } catch (error) {
    return { timeline: emptyTimeline(project), problem: toAppError(error) };
  }
}

/** The project with an edit applied; as it was when the edit is refused. */
function withDraft(project: Project, draft: EditInput | null): Project {
  if (!draft) return project;
  try {
    return applyEdit(project, editSchema.parse(draft));
  } catch {
    return project;
  }
}

/**
 * The model over a newer state of its project: for commands that come faster than the page is drawn. What is selected
 * stays selected as far as it is still there.
 */
export function modelOver(model: EditorModel, base: Project): EditorModel {
  if (base === model.base) return model;
  const { target, lengths, selection } = model;
  const view = { ...timelineView(base, target), beats: model.view.beats };
  const { timeline, problem } = flatten(base, target, lengths);
  const globals = target.kind === 'variant' ? globalLanes(base, target.variant, timeline) : [];
  const selectedGlobal = globals.flatMap((lane) => lane.items).find((item) => selection.has(item.key)) ?? null;
  const selectedItems = view.items.filter((item) => selection.has(item.key));
  const marks = marksOf(base, view, target, selection);
  return { ...model, project: base, base, view, timeline, problem, globals, selectedItems, selectedGlobal, ...marks };
}

/** Transitions and seams of a view, and which of them are selected. */
function marksOf(project: Project, view: TimelineView, target: TimelineTarget, selection: ReadonlySet<string>) {
  const transitions = transitionItems(view.lanes);
  const seams = target.kind === 'variant' ? seamItems(project, view.sections) : [];
  const selectedTransitions = transitions.filter(({ key }) => selection.has(key));
  return { transitions, seams, selectedTransitions, selectedSeam: seams.find(({ key }) => selection.has(key)) ?? null };
}

const noSelection: ReadonlySet<string> = new Set();

/**
 * The model as it is; as it was when no hand was at work on the tracks; and that a moment later, as the panels around the
 * tracks see it. The tracks and their commands hear of the first two by themselves: a context would look through the whole
 * page with every move.
 */
export interface EditorModels {
  live: EditorModel;
  calm: EditorModel;
  stores: ModelStores;
}

/** What {@link useLiveEditor} and {@link useSettledEditor} hear from. */
interface ModelStores {
  live: ValueStore<EditorModel>;
  settled: ValueStore<EditorModel>;
}

/** Puts the editor's model together from the project as kept. */
export function useEditorModel(options: {
  base: Project;
  target: TimelineTarget;
  ratio: Ratio;
  transport: Transport;
  onOpenSource: ((assetId: AssetId) => void) | undefined;
}): EditorModels {
  const { base, target, ratio, transport, onOpenSource } = options;
  const apply = useApplyEdit(base.id);
  const mediaBase = useMediaBase();
  const [{ edit: draft, where }, setDraft] = useState<Draft>(noDraft);
  const project = useMemo(() => withDraft(base, draft), [base, draft]);
  const idKey = useMemo(() => projectAssetIds(base).join(' '), [base]);
  const ids = useMemo(() => (idKey === '' ? [] : (idKey.split(' ') as AssetId[])), [idKey]);
  const assets = useAssets(ids);
  const sources = useMemo(() => previewSources(assets.values(), mediaBase), [assets, mediaBase]);
  const lengths = useMemo(() => lengthsOf(assets), [assets]);
  const plain = useMemo(() => timelineView(project, target), [project, target]);
  const { timeline, problem } = useMemo(() => flatten(project, target, lengths), [project, target, lengths]);
  const beats = useBeats(timeline);
  const view = useMemo(() => ({ ...plain, beats: beats.frames }), [plain, beats.frames]);
  const globals = useMemo(
    () => (target.kind === 'variant' ? globalLanes(project, target.variant, timeline) : []),
    [project, target, timeline],
  );
  const markKeys = useMemo(() => {
    const { transitions, seams } = marksOf(project, view, target, noSelection);
    return [...transitions, ...seams].map(({ key }) => key);
  }, [project, view, target]);
  const { selection, select, selectClips } = useSelection(view, globals, markKeys);
  const marks = useMemo(() => marksOf(project, view, target, selection), [project, view, target, selection]);
  useEffect(() => transport.setTimeline(timeline.lengthFrames, timeline.rate), [transport, timeline]);

  const commit = useCallback(
    (edit: EditInput | null) => {
      setDraft(noDraft);
      return edit ? apply(edit) : false;
    },
    [apply],
  );
  const show = useCallback<EditorModel['draft']>(
    (edit, place = 'everywhere') => setDraft((old) => (edit || old.edit ? { edit, where: place } : old)),
    [],
  );
  const isStill = useCallback(
    (assetId: AssetId) => assets.get(assetId)?.kind === 'image' && lengths(assetId) === null,
    [assets, lengths],
  );
  const selectedItems = useMemo(() => view.items.filter((item) => selection.has(item.key)), [view, selection]);
  const selectedGlobal = useMemo(
    () => globals.flatMap((lane) => lane.items).find((item) => selection.has(item.key)) ?? null,
    [globals, selection],
  );
  const latest = useRef<EditorModel | null>(null);
  const newest = useNewestProject(base.id);
  const current = useCallback(() => {
    if (!latest.current) throw new Error('the editor has not been drawn yet');
    return modelOver(latest.current, newest() ?? latest.current.base);
  }, [newest]);
  const live = useSame<EditorModel>({
    ...{ projectId: base.id, project, base, target, ratio, view, beats, timeline, problem, globals },
    ...{ assets, sources, mediaBase, lengths, isStill, transport, selection, selectedItems, selectedGlobal, ...marks },
    ...{ select, selectClips, onOpenSource, draft: show, commit, current },
  });
  latest.current = live;
  const drafting = draft ? where : null;
  const settled = useSettled(live, drafting);
  const later = useDeferredValue(settled);
  const [stores] = useState(() => ({ live: new ValueStore(live), settled: new ValueStore(settled) }));
  useLayoutEffect(() => {
    stores.live.set(live);
    stores.settled.set(settled);
  }, [stores, live, settled]);
  // Panels follow at once what is done in them; an edit on the tracks is seen there without waiting for them.
  return { live, stores, calm: drafting === 'everywhere' ? live : later };
}

interface Draft {
  edit: EditInput | null;
  where: 'everywhere' | 'tracks';
}
const noDraft: Draft = { edit: null, where: 'everywhere' };

/** The object before, as long as all it holds is the same. */
function useSame<Thing extends object>(thing: Thing): Thing {
  const before = useRef(thing);
  const keys = Object.keys(thing) as (keyof Thing)[];
  if (!keys.every((key) => Object.is(before.current[key], thing[key]))) before.current = thing;
  return before.current;
}

/** The model as it last was without a hand at work on the tracks. */
function useSettled(live: EditorModel, drafting: Draft['where'] | null): EditorModel {
  const settled = useRef(live);
  if (drafting !== 'tracks') settled.current = live;
  return settled.current;
}

const EditorContext = createContext<EditorModel | null>(null);
const StoresContext = createContext<ModelStores | null>(null);
/** Gives the calm model to the editor's panels. */
export const EditorProvider = EditorContext.Provider;
/** Gives the others to what is drawn at once. */
export const LiveEditorProvider = StoresContext.Provider;

/** The model of the editor around, as its panels see it. What is done with it takes `current()`. */
export function useEditor(): EditorModel {
  const model = useContext(EditorContext);
  if (!model) throw new Error('useEditor outside a timeline editor');
  return model;
}

/** The model of the editor around with the gesture under way in it: drawn anew with every move of the hand. */
export function useLiveEditor(): EditorModel {
  return useStored('live');
}

/** The model of the editor around without a gesture on the tracks: for commands, which must know at once what they act on. */
export function useSettledEditor(): EditorModel {
  return useStored('settled');
}

function useStored(which: keyof ModelStores): EditorModel {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('outside a timeline editor');
  return useSyncExternalStore(stores[which].subscribe, stores[which].get);
}
