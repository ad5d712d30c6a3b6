import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { Button } from '../ui/button.tsx';
import type { Choice, Control, Value } from './controls.ts';
import { useWords } from './words.tsx';

/** So many buttons stand beside their label. */
const FEW = 3;

export interface ControlRowProps {
  readonly control: Control;
  /** How it is, for what stays as it was chosen. */
  readonly state: Value | undefined;
  readonly onAct: (value: Value) => void;
}

/** One thing that can happen at a device: a button for each way it can, and a field for others. */
export function ControlRow({ control, state, onAct }: ControlRowProps) {
  const { word } = useWords();
  const { key, choices, free, initial } = control;
  const label = word('control', key) ?? key;
  const nameOf = ({ value, word: name }: Choice): string =>
    word('value', `${key}.${name}`) ??
    (value === null ? undefined : word('each', key, { value: Number(value) })) ??
    name;
  return (
    <div
      className="dock-control"
      data-control={key}
      data-few={(choices.length <= FEW && free === undefined) || undefined}
    >
      <p className="dock-label">{label}</p>
      {initial === undefined ? (
        <div className="dock-choices" role="group" aria-label={label}>
          {choices.map((choice) => (
            <Button key={choice.word} name={choice.word} onPress={() => onAct(choice.value)}>
              {nameOf(choice)}
            </Button>
          ))}
        </div>
      ) : (
        <RadioGroup
          className="dock-choices"
          aria-label={label}
          value={String(state)}
          onChange={(chosen) => {
            const choice = choices.find(({ value }) => String(value) === chosen);
            if (choice) onAct(choice.value);
          }}
        >
          {choices.map((choice) => (
            <Radio key={choice.word} className="dock-choice" value={String(choice.value)} data-name={choice.word}>
              {nameOf(choice)}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {free && <FreeValue kind={free} label={label} onAct={onAct} />}
    </div>
  );
}

interface FreeValueProps {
  readonly kind: 'text' | 'number';
  readonly label: string;
  readonly onAct: (value: Value) => void;
}

/** Any other text or number. */
function FreeValue({ kind, label, onAct }: FreeValueProps) {
  const { text } = useWords();
  const [typed, setTyped] = useState('');
  const act = (): void => {
    if (typed !== '') onAct(kind === 'number' ? Number(typed) : typed);
  };
  return (
    <form
      className="dock-free"
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
    >
      <input aria-label={label} type={kind} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Button name="do" onPress={act}>
        {text('dock.do')}
      </Button>
    </form>
  );
}
