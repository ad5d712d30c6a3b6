import type { FormField } from '../../../domain/item.ts';
import { assertNever } from '../../../domain/result.ts';
import { useText } from '../../i18n/locale.tsx';
import { DatePad } from '../../input/date-pad.tsx';
import { Keypad } from '../../input/keypad.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { DIGITS_OF_A_NUMBER, DIGITS_OF_A_PHONE, LONGEST_EMAIL } from './limits.ts';

interface AnswerEditorProps {
  readonly field: FormField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDone: () => void;
  readonly isInvalid: boolean;
}

/** Whether the answer is typed on a pad, at the foot of the page, or chosen among cards. */
export function isTyped(field: FormField): boolean {
  return field.type !== 'choice' && field.type !== 'choices' && field.type !== 'yes-no';
}

/** The one control that answers a field, by its type. */
export function AnswerEditor({ field, value, onChange, onDone, isInvalid }: AnswerEditorProps) {
  const text = useText();
  const common = { label: field.question, value, onChange, onDone, isInvalid };
  switch (field.type) {
    case 'text':
      return <Keypad {...common} kind="letters" maxLength={field.maxLength} />;
    case 'email':
      return <Keypad {...common} kind="letters" maxLength={LONGEST_EMAIL} />;
    case 'number':
      return <Keypad {...common} kind="number" maxLength={DIGITS_OF_A_NUMBER} unit={field.unit} />;
    case 'phone':
      return <Keypad {...common} kind="digits" maxLength={DIGITS_OF_A_PHONE} grouping="phone" />;
    case 'id-number':
      return <Keypad {...common} kind="id-number" grouping="id-number" />;
    case 'credit-code':
      return <Keypad {...common} kind="credit-code" grouping="credit-code" />;
    case 'date':
      return <DatePad {...common} />;
    case 'yes-no':
      return (
        <ChoiceList
          label={field.question}
          columns={2}
          options={[
            { id: 'yes', label: text('apply.yes') },
            { id: 'no', label: text('apply.no') },
          ]}
          value={value === '' ? undefined : value}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <ChoiceList
          label={field.question}
          options={field.options}
          value={value === '' ? undefined : value}
          onChange={onChange}
        />
      );
    case 'choices':
      return (
        <CheckList
          label={field.question}
          options={field.options}
          value={value === '' ? [] : value.split(',')}
          onChange={(ids) => onChange(ids.join(','))}
        />
      );
    default:
      return assertNever(field);
  }
}
