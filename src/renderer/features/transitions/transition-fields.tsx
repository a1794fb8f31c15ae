import type { ReactNode } from 'react';
import type { Transition } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { NumberInput, Segmented, Select } from '../../ui/index.ts';
import {
  alignmentNames,
  curveNames,
  directionNames,
  hasDirection,
  secondsText,
  soundNames,
  transitionNames,
  usualTransition,
} from './transition-words.ts';

/** Longest transition that can be entered. */
const mostFrames = 600;
type CurveName = (typeof curveNames)[number]['value'];

interface TransitionFieldsProps {
  /** Null = a plain cut. */
  transition: Transition | null;
  rate: Rate;
  /** Also offers the plain cut. */
  canCut: boolean;
  onChange: (transition: Transition | null) => void;
  /** A line: name at the left, control at the right. */
  row: (label: string, control: ReactNode) => ReactNode;
}

/** Kind, length and the rest of a transition. */
export function TransitionFields({ transition, rate, canCut, onChange, row }: TransitionFieldsProps) {
  const kinds = transitionNames.map(({ kind, name }) => ({ value: kind as string, label: name }));
  const setKind = (value: string) => {
    const kind = transitionNames.find((one) => one.kind === value)?.kind;
    if (!kind) onChange(null);
    else if (!transition) onChange(usualTransition(kind, rate));
    // Another kind moves as it usually does; length and place stay.
    else onChange({ ...transition, kind, curve: usualTransition(kind, rate).curve });
  };
  const change = (patch: Partial<Transition>) => transition && onChange({ ...transition, ...patch });
  return (
    <>
      {row(
        'Kind',
        <Select
          label="Kind of transition"
          value={transition?.kind ?? 'cut'}
          onChange={setKind}
          options={canCut ? [{ value: 'cut', label: 'Cut' }, ...kinds] : kinds}
          className="min-w-0 grow"
        />,
      )}
      {transition && (
        <>
          {row(
            'Length',
            <>
              <NumberInput
                label="Length of transition, frames"
                value={transition.lengthFrames}
                min={1}
                max={mostFrames}
                unit="fr"
                onChange={(frames) => change({ lengthFrames: Math.round(frames) })}
                className="w-20"
              />
              <span className="tabular text-xs text-ink-3">{secondsText(transition.lengthFrames, rate)}</span>
            </>,
          )}
          {row(
            'At the cut',
            <Segmented
              label="Place of the transition at the cut"
              size="sm"
              value={transition.alignment}
              onChange={(alignment) => change({ alignment })}
              options={alignmentNames}
            />,
          )}
          <LookRows transition={transition} change={change} row={row} />
          {row(
            'Sound',
            <Segmented
              label="Sound of the transition"
              size="sm"
              value={transition.sound}
              onChange={(sound) => change({ sound })}
              options={soundNames}
            />,
          )}
        </>
      )}
    </>
  );
}

function LookRows(props: {
  transition: Transition;
  change: (patch: Partial<Transition>) => void;
  row: TransitionFieldsProps['row'];
}) {
  const { transition, change, row } = props;
  const { kind, direction, colour, curve } = transition;
  const plain = colour.slice(0, 7).toUpperCase();
  const colours = [
    { value: '#000000', label: 'Black' },
    { value: '#FFFFFF', label: 'White' },
  ];
  const known = colours.some(({ value }) => value === plain) ? colours : [...colours, { value: plain, label: plain }];
  const named = curveNames.find(({ value }) => value === curve)?.value;
  return (
    <>
      {hasDirection(kind) &&
        row(
          'Direction',
          <Select
            label="Direction of transition"
            value={direction}
            onChange={(next) => change({ direction: next })}
            options={directionNames}
            className="min-w-0 grow"
          />,
        )}
      {kind === 'dip' &&
        row(
          'Colour',
          <Select
            label="Colour of the dip"
            value={plain}
            onChange={(next) => change({ colour: next })}
            options={known}
            className="min-w-0 grow"
          />,
        )}
      {row(
        'Speed',
        <Select<CurveName | 'own'>
          label="How the transition moves"
          value={named ?? 'own'}
          onChange={(next) => next !== 'own' && change({ curve: next })}
          options={named ? curveNames : [{ value: 'own', label: 'Own curve' }, ...curveNames]}
          className="min-w-0 grow"
        />,
      )}
    </>
  );
}
