import { useText } from '../i18n/locale.tsx';
import { Button } from '../ui/button.tsx';
import { addDigit, currentPart, dateParts, dateText, parseDate, removeDigit } from './date-entry.ts';
import { KeyGrid } from './key-grid.tsx';

interface DatePadProps {
  readonly label: string;
  /** YYYY-MM-DD, or a date half typed in the same order. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDone?: (() => void) | undefined;
  readonly isInvalid?: boolean | undefined;
}

/** A date typed as digits into three boxes that fill one after the other. */
export function DatePad({ label, value, onChange, onDone, isInvalid }: DatePadProps) {
  const text = useText();
  const entry = parseDate(value);
  const current = currentPart(entry);
  const names = { year: text('input.year'), month: text('input.month'), day: text('input.day') };
  return (
    <div className="keypad">
      <div className="entry" data-invalid={isInvalid || undefined}>
        <output className="entry-date" aria-label={label}>
          {dateParts.map((part) => (
            <span className="entry-part" key={part} data-part={part} data-current={part === current || undefined}>
              <span className="entry-digits">{entry[part]}</span>
              <span className="entry-part-name">{names[part]}</span>
            </span>
          ))}
        </output>
        <Button kind="quiet" icon="cross" name="clear" isDisabled={value === ''} onPress={() => onChange('')}>
          {text('input.clear')}
        </Button>
      </div>
      <KeyGrid
        kind="digits"
        isAvailable={(key) => (key === 'backspace' ? value !== '' : addDigit(entry, key) !== entry)}
        onKey={(key) => onChange(dateText(key === 'backspace' ? removeDigit(entry) : addDigit(entry, key)))}
        onDone={onDone}
      />
    </div>
  );
}
