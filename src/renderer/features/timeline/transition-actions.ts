import { usualTransition } from '../transitions/transition-words.ts';
import type { EditorModel } from './editor-model.ts';
import { mainCuts, meantCuts, transitionsEdit, withoutTransition } from './model/transition-edits.ts';

/** Putting crossfades at cuts, on the model as it is when it is done. */
export function transitionActions(current: () => EditorModel) {
  const usual = (model: EditorModel) => usualTransition('crossfade', model.base.rate);
  return {
    addTransition: () => {
      const model = current();
      const cuts = meantCuts(model, model.selectedItems, model.transport.getState().frame);
      // Where there is one already, it is only selected.
      model.commit(transitionsEdit(withoutTransition(cuts, model), usual(model)));
      if (cuts.length > 0) model.select(cuts.map(({ key }) => key));
    },
    addTransitions: () => {
      const model = current();
      model.commit(transitionsEdit(withoutTransition(mainCuts(model.view), model), usual(model)));
    },
  };
}
