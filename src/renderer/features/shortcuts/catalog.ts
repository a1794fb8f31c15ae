import { type Command, commandsSeen } from '../../ui/index.ts';

/** A command as the keyboard settings list it. */
export interface KnownCommand {
  id: string;
  label: string;
  group: string;
  /** The keys it comes with. */
  keys: readonly string[];
}

type Line = readonly [id: string, label: string, ...keys: string[]];

/**
 * Every command, also of pages that are not open: those are on the page only while it is. Commands that are missing here
 * are listed once their page has been open.
 */
const catalog: Readonly<Record<string, readonly Line[]>> = {
  General: [
    ['app.palette', 'Search commands, ads and media', 'Mod+K'],
    ['app.shortcuts', 'Keyboard shortcuts', '?'],
    ['app.nextArea', 'Go to the next part of the page', 'F6'],
    ['app.previousArea', 'Go to the previous part of the page', 'Shift+F6'],
    ['app.import', 'Import media…', 'Mod+I'],
    ['app.new', 'New ad…'],
    ['app.export', 'Export…', 'Mod+E'],
    ['app.history', 'Show or hide history', 'Alt+H'],
    ['edit.undo', 'Undo', 'Mod+Z'],
    ['edit.redo', 'Redo', 'Mod+Shift+Z', 'Mod+Y'],
  ],
  'Go to': [
    ['go.board', 'Board', 'Shift+B'],
    ['go.library', 'Library', 'Shift+L'],
    ['go.projects', 'Projects', 'Shift+P'],
    ['go.exports', 'Exports', 'Shift+X'],
    ['go.review', 'Review', 'Shift+R'],
    ['go.jobs', 'Jobs', 'Shift+J'],
    ['go.settings', 'Settings', 'Mod+Comma'],
  ],
  Timeline: [
    ['timeline.split', 'Split at the playhead', 'S'],
    ['timeline.splitAll', 'Split all tracks at the playhead', 'Alt+S'],
    ['timeline.trimStart', 'Trim start to the playhead', 'Q'],
    ['timeline.trimEnd', 'Trim end to the playhead', 'W'],
    ['timeline.remove', 'Delete and close the gap', 'Delete', 'Backspace'],
    ['timeline.lift', 'Delete and leave a gap', 'Shift+Delete', 'Shift+Backspace'],
    ['timeline.insert', 'Insert media at the playhead…', 'E'],
    ['timeline.overwrite', 'Overwrite with media at the playhead…', 'Shift+E'],
    ['timeline.append', 'Append media to the part…', 'Alt+Shift+E'],
    ['timeline.text', 'Add text', 'T'],
    ['timeline.colour', 'Add colour', 'Shift+T'],
    ['timeline.copy', 'Copy clips or a transition', 'Mod+C'],
    ['timeline.cut', 'Cut clips or a transition', 'Mod+X'],
    ['timeline.paste', 'Paste clips or a transition', 'Mod+V'],
    ['timeline.pasteAttributes', 'Paste attributes…', 'Mod+Alt+V'],
    ['timeline.duplicate', 'Duplicate clips', 'Mod+D'],
    ['timeline.selectHere', 'Select what is at the playhead, then what is below', 'D'],
    ['timeline.selectNext', 'Select the next clip of the track', 'Mod+ArrowDown'],
    ['timeline.selectPrevious', 'Select the previous clip of the track', 'Mod+ArrowUp'],
    ['timeline.selectMore', 'Also select the next clip of the track', 'Mod+Shift+ArrowDown'],
    ['timeline.selectMoreBack', 'Also select the previous clip of the track', 'Mod+Shift+ArrowUp'],
    ['timeline.selectAll', 'Select all clips', 'Mod+A'],
    ['timeline.selectNone', 'Select nothing', 'Escape'],
    ['timeline.nudgeBack', 'Nudge one frame earlier', 'Comma'],
    ['timeline.nudgeOn', 'Nudge one frame later', '.'],
    ['timeline.previousCut', 'Go to the previous cut', 'ArrowUp'],
    ['timeline.nextCut', 'Go to the next cut', 'ArrowDown'],
    ['timeline.snap', 'Turn snapping on or off', 'Shift+N'],
    ['timeline.zoomIn', 'Zoom in', 'Plus'],
    ['timeline.zoomOut', 'Zoom out', '-'],
    ['timeline.showAll', 'Zoom to fit', 'Shift+Z'],
    ['timeline.showSelection', 'Zoom to the selection', 'Z'],
    ['timeline.tool.select', 'Select tool', 'V'],
    ['timeline.tool.ripple', 'Ripple edit tool', 'B'],
    ['timeline.tool.roll', 'Roll tool', 'N'],
    ['timeline.tool.slip', 'Slip tool', 'Y'],
    ['timeline.tool.slide', 'Slide tool', 'U'],
    ['timeline.tool.razor', 'Razor tool', 'C'],
    ['timeline.edgeBack', 'Move the edit at the playhead one frame earlier', 'Mod+ArrowLeft'],
    ['timeline.edgeOn', 'Move the edit at the playhead one frame later', 'Mod+ArrowRight'],
    ['timeline.edgeFarBack', 'Move the edit at the playhead five frames earlier', 'Mod+Shift+ArrowLeft'],
    ['timeline.edgeFarOn', 'Move the edit at the playhead five frames later', 'Mod+Shift+ArrowRight'],
    ['timeline.slipBack', 'Slip one frame earlier', 'Alt+ArrowLeft'],
    ['timeline.slipOn', 'Slip one frame later', 'Alt+ArrowRight'],
    ['timeline.slideBack', 'Slide one frame earlier', 'Alt+Comma'],
    ['timeline.slideOn', 'Slide one frame later', 'Alt+.'],
    ['timeline.closeGaps', 'Close all gaps of the main track', 'Shift+G'],
    ['timeline.detachAudio', 'Detach audio', 'Mod+Shift+D'],
    ['timeline.link', 'Link clips', 'Mod+L'],
    ['timeline.unlink', 'Unlink clips', 'Mod+Shift+L'],
    ['timeline.mark', 'Add or edit a marker', 'M'],
    ['timeline.nextMarker', 'Go to the next marker', 'Shift+M'],
    ['timeline.previousMarker', 'Go to the previous marker', 'Mod+Shift+M'],
    ['timeline.replaceMedia', 'Replace media…', 'Alt+R'],
    ['timeline.findText', 'Find and replace text…', 'Mod+Alt+F'],
    ['timeline.transition', 'Add a crossfade at the cut', 'Shift+D'],
    ['timeline.transitions', 'Add crossfades at all cuts of the main track', 'Alt+Shift+D'],
    ['timeline.keyframes', 'Add or remove keyframes at the playhead', 'Shift+K'],
    ['timeline.previousKeyframe', 'Go to the previous keyframe', 'Alt+ArrowUp'],
    ['timeline.nextKeyframe', 'Go to the next keyframe', 'Alt+ArrowDown'],
    ['timeline.freeze', 'Insert a freeze frame at the playhead', 'Shift+F'],
    ['timeline.mixer', 'Show or hide the mixer', 'Shift+A'],
    ['timeline.voiceOver', 'Record voice-over', 'Shift+V'],
    ['timeline.volumePoint', 'Add or remove a volume point at the playhead', 'Alt+V'],
    ['timeline.quieter', 'Selected clips 1 dB quieter', '['],
    ['timeline.louder', 'Selected clips 1 dB louder', ']'],
    ['timeline.matchLoudness', 'Match loudness of the selected clips', 'Alt+N'],
    ['timeline.beats', 'Show or hide the beats of the music', 'Alt+B'],
    ['timeline.cutAtBeats', 'Cut the selected clips at every beat', 'Alt+Shift+B'],
    ['timeline.trimToBeats', 'Cut to beat: the selected clips end on beats', 'Alt+Shift+C'],
    ['timeline.in', 'Mark in', 'I'],
    ['timeline.out', 'Mark out', 'O'],
    ['timeline.clearRange', 'Clear in and out', 'Alt+X'],
    ['timeline.removeRange', 'Cut out from in to out', "'"],
    ['timeline.liftRange', 'Empty from in to out', ';'],
    ['edit.back', 'Back to the board', 'Shift+B'],
  ],
  'Voice-over': [
    ['voiceOver.start', 'Start recording', 'R'],
    ['voiceOver.stop', 'Stop and keep the recording', 'Enter', 'Space', 'R'],
    ['voiceOver.cancel', 'Give the recording up', 'Escape'],
  ],
  Layout: [
    ['lint.open', 'Check safe zones', 'Alt+Z'],
    ['lint.move', 'Move into the safe zone', 'Alt+Shift+Z'],
    ['layout.onlyHere', 'Change layouts for one ratio or for all', 'Alt+O'],
    ['layout.reset', 'Reset layout to all ratios', 'Alt+Shift+R'],
    ['layout.apply', 'Apply layout to all ratios', 'Alt+Shift+A'],
  ],
  Captions: [['captions.show', 'Show or hide captions', 'Shift+C']],
  Transcript: [
    ['transcript.show', 'Show or hide the transcript', 'Alt+T'],
    ['transcript.captions', 'Make captions from the transcript…', 'Alt+C'],
    ['transcript.find', 'Find in the transcript', 'Mod+F'],
  ],
  Player: [
    ['player.play', 'Play or pause', 'Space', 'K'],
    ['player.back', 'Play backwards, faster', 'J'],
    ['player.forward', 'Play forwards, faster', 'L'],
    ['player.previousFrame', 'One frame back', 'ArrowLeft'],
    ['player.nextFrame', 'One frame on', 'ArrowRight'],
    ['player.previousFrames', 'Ten frames back', 'Shift+ArrowLeft'],
    ['player.nextFrames', 'Ten frames on', 'Shift+ArrowRight'],
    ['player.start', 'Go to the start', 'Home'],
    ['player.end', 'Go to the end', 'End'],
    ['player.loop', 'Loop', 'Alt+L'],
    ['player.mute', 'Mute the player', 'Alt+M'],
    ['player.fullScreen', 'Full screen', 'F'],
    ['player.safeZones', 'Show or hide safe zones', 'Shift+S'],
    ['player.nextSafeZones', 'Safe zones of the next placement', 'Alt+Shift+S'],
    ['player.ratio9:16', 'Show 9:16', 'Alt+1'],
    ['player.ratio4:5', 'Show 4:5', 'Alt+2'],
    ['player.ratio1:1', 'Show 1:1', 'Alt+3'],
    ['player.ratio16:9', 'Show 16:9', 'Alt+4'],
  ],
  Board: [
    ['board.addPart', 'Add a part'],
    ['variants.large', 'Large matrix or board', 'Shift+M'],
    ['variants.rules', 'Pairing rules…'],
  ],
  Library: [
    ['library.search', 'Search', 'Mod+F', '/'],
    ['library.checkMissing', 'Look for missing files'],
    ['media.reject', 'Reject or take back', 'X'],
    ['media.open', 'Open', 'Enter'],
    ['media.remove', 'Remove from the library', 'Delete', 'Backspace'],
    ['media.all', 'Select all', 'Mod+A'],
    ['media.none', 'Select nothing', 'Escape'],
  ],
  'Source viewer': [
    ['source.in', 'Mark in', 'I'],
    ['source.out', 'Mark out', 'O'],
    ['source.toIn', 'Go to in', 'Shift+I'],
    ['source.toOut', 'Go to out', 'Shift+O'],
    ['source.clear', 'Clear in and out', 'Alt+X'],
    ['source.subclip', 'Keep as subclip', 'S'],
    ['source.reject', 'Reject or take back', 'X'],
    ['source.previous', 'Previous media', 'ArrowUp', 'PageUp'],
    ['source.next', 'Next media', 'ArrowDown', 'PageDown'],
  ],
  Review: [
    ['review.approve', 'Approve and go on', 'A'],
    ['review.fix', 'Has to be fixed…', 'F'],
    ['review.note', 'Add a note…', 'N'],
    ['review.takeBack', 'Take back the last verdict or note', 'U', 'Mod+Z'],
    ['review.goOn', 'Next without a verdict', 'Enter'],
    ['review.seams', 'Cuts only, this file', 'S'],
    ['review.allSeams', 'Cuts only, all files', 'Shift+S'],
    ['review.phone', 'As seen on a phone', 'P'],
    ['review.beside', 'Compare with another file', 'C'],
    ['review.swap', 'Swap the two files', 'X'],
    ['review.sameHook', 'Compare: same hook', 'H'],
    ['review.otherHook', 'Compare: same ratio, other hook', 'R'],
  ],
};

const listed: readonly KnownCommand[] = Object.entries(catalog).flatMap(([group, lines]) =>
  lines.map(([id, label, ...keys]) => ({ id, label, group, keys })),
);

/** Ids that stand for things of one project (its parts, its stars): their keys are their numbers. */
const isNumbered = (id: string) => /^(source\.send|source\.rate|media\.rate|review\.speed|review\.move)\./.test(id);

/** All commands whose keys can be chosen: those of the catalog, and others that have been on a page. */
export function knownCommands(seen: readonly Command[] = commandsSeen()): KnownCommand[] {
  const ids = new Set(listed.map(({ id }) => id));
  const others = seen.flatMap(({ id, label, group, keys }) =>
    ids.has(id) || isNumbered(id) ? [] : [{ id, label, group, keys: keys === undefined ? [] : [keys].flat() }],
  );
  return [...listed, ...others];
}
