import type { Edit, SimpleEdit } from '../edit.ts';

const labels: Record<SimpleEdit['type'], string> = {
  'project.rename': 'Rename project',
  'project.replace': 'Read project file again',
  'project.setRate': 'Change frame rate',
  'project.setDucking': 'Change ducking',
  'project.setLoudness': 'Change loudness of exports',
  'slot.add': 'Add part',
  'slot.remove': 'Remove part',
  'slot.rename': 'Rename part',
  'slot.move': 'Move part',
  'option.add': 'Add option',
  'option.remove': 'Remove option',
  'option.rename': 'Rename option',
  'option.move': 'Move option',
  'option.duplicate': 'Duplicate option',
  'option.detach': 'Detach option',
  'option.setContent': 'Replace option',
  'option.setValue': 'Change field',
  'global.add': 'Add slot',
  'global.remove': 'Remove slot',
  'global.rename': 'Rename slot',
  'global.setMix': 'Change volume of slot',
  'global.addOption': 'Add option',
  'global.setContent': 'Replace option',
  'sequence.add': 'Add sequence',
  'sequence.remove': 'Remove sequence',
  'sequence.rename': 'Rename sequence',
  'sequence.setLength': 'Change length',
  'track.add': 'Add track',
  'track.remove': 'Remove track',
  'track.move': 'Move track',
  'track.set': 'Change track',
  'field.set': 'Change field',
  'field.remove': 'Remove field',
  'clip.add': 'Add clip',
  'clip.remove': 'Remove clip',
  'clip.move': 'Move clip',
  'clip.reorder': 'Reorder clips',
  'clip.trim': 'Trim clip',
  'clip.split': 'Split clip',
  'clip.set': 'Change clip',
  'clip.setSpeed': 'Change speed',
  'clip.setOverride': 'Change layout in one format',
  'clip.animate': 'Change keyframes',
  'clip.roll': 'Roll cut',
  'clip.slip': 'Slip clip',
  'clip.slide': 'Slide clip',
  'clip.shift': 'Move clips',
  'clip.link': 'Link clips',
  'gap.remove': 'Close gap',
  'track.closeGaps': 'Close gaps',
  'range.remove': 'Remove stretch',
  'marker.set': 'Set marker',
  'marker.remove': 'Remove marker',
  'transition.set': 'Set transition',
  'transition.remove': 'Remove transition',
  'seam.set': 'Change transition',
  'seam.remove': 'Remove transition',
  'pairing.set': 'Change pairing rule',
  'pairing.remove': 'Remove pairing rule',
  'composition.pin': 'Update composition',
};

/** What undo shows for an edit: "Trim clip". */
export function editLabel(edit: Edit): string {
  if (edit.type === 'batch') return edit.label;
  if (edit.type === 'clip.link' && edit.linkId === null) return 'Unlink clips';
  if (edit.type === 'track.set') return trackLabel(edit.patch);
  if (edit.type !== 'clip.set') return labels[edit.type];
  if (edit.patch.text !== undefined) return 'Change text';
  if (edit.patch.sourceInSeconds !== undefined) return 'Slip clip';
  if (edit.patch.style !== undefined) return 'Change text style';
  if (edit.patch.audio === undefined) return labels['clip.set'];
  const isVolume = edit.patch.audio.gainDb !== undefined || edit.patch.audio.volume !== undefined;
  return isVolume ? 'Change volume' : 'Change sound';
}

function trackLabel(patch: Extract<SimpleEdit, { type: 'track.set' }>['patch']): string {
  if (patch.gainDb !== undefined) return 'Change volume of track';
  if (patch.pan !== undefined) return 'Change pan of track';
  return patch.role === undefined ? labels['track.set'] : 'Change role of track';
}
