import { useEffect, useRef } from 'react';
import { useText } from '../i18n/locale.tsx';
import { Button } from '../ui/button.tsx';
import { applyKey, isAvailable } from './entry.ts';
import { group } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import { KeyGrid } from './key-grid.tsx';
import type { KeypadKind } from './layouts.ts';

interface KeypadProps {
  readonly kind: KeypadKind;
  /** What the value is, for screen readers. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter on a real keyboard; on the screen the page's own "next" does it. */
  readonly onDone?: (() => void) | undefined;
  readonly maxLength?: number | undefined;
  readonly grouping?: Grouping | undefined;
  /** Stands behind the value, such as 元. */
  readonly unit?: string | undefined;
  readonly isInvalid?: boolean | undefined;
  /** Dots in place of the characters. */
  readonly isSecret?: boolean | undefined;
}

/** A field with its own keys under it. There is no native input, so no pop-up of the system and no stored history. */
export function Keypad(props: KeypadProps) {
  const { kind, value, onChange, maxLength, grouping } = props;
  const text = useText();
  const rules = { kind, ...(maxLength === undefined ? {} : { maxLength }) };
  const shown = props.isSecret ? '•'.repeat(value.length) : value;
  const groups = grouping ? group(shown, grouping) : [shown];
  return (
    <div className="keypad">
      <div className="entry" data-invalid={props.isInvalid || undefined}>
        <Value label={props.label} value={value}>
          {groups.map((part, index) => (
            <span className="entry-group" key={index}>
              {part}
            </span>
          ))}
        </Value>
        {props.unit !== undefined && <span className="entry-unit">{props.unit}</span>}
        <Button kind="quiet" icon="cross" name="clear" isDisabled={value === ''} onPress={() => onChange('')}>
          {text('input.clear')}
        </Button>
      </div>
      <KeyGrid
        kind={kind}
        isAvailable={(key) => isAvailable(value, key, rules)}
        onKey={(key) => onChange(applyKey(value, key, rules))}
        onDone={props.onDone}
      />
    </div>
  );
}

/** Shows the end of the value, where the next character comes. */
function Value(props: { readonly label: string; readonly value: string; readonly children: React.ReactNode }) {
  const box = useRef<HTMLOutputElement>(null);
  const { value } = props;
  useEffect(() => {
    const element = box.current;
    if (element) element.scrollTop = value === '' ? 0 : element.scrollHeight;
  }, [value]);
  return (
    <output className="entry-value" aria-label={props.label} ref={box}>
      {props.children}
      <span className="entry-caret" aria-hidden="true" />
    </output>
  );
}
