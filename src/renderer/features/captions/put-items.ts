import type { Asset, Project } from '#shared/model/index.ts';
import type { MenuItem } from '../../ui/index.ts';
import type { PutWish } from './use-put-captions.ts';

/** Lines of a menu: every option of the ad that plays something, by part; empty when there is none. */
export function putItems(
  project: Project,
  asset: Pick<Asset, 'id' | 'name'>,
  put: (wish: PutWish) => Promise<void>,
): MenuItem[] {
  return project.slots.flatMap((slot): MenuItem[] => {
    const lines = slot.options.flatMap(({ name, content }): MenuItem[] =>
      content.kind === 'sequence'
        ? [
            {
              label: name,
              onSelect: () => void put({ asset, sequenceId: content.sequenceId, placeName: name }),
            },
          ]
        : [],
    );
    return lines.length === 0 ? [] : [{ kind: 'heading', label: slot.name }, ...lines];
  });
}
