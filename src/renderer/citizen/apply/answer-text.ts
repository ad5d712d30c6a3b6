import type { FieldView } from '../../../contract/application-view.ts';
import type { Text } from '../../../domain/messages.ts';
import { assertNever } from '../../../domain/result.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import { group } from '../../input/grouping.ts';

/** What a person reads as the answer to a field; undefined when there is none. Masked values stay as core masked them. */
export function answerText({ field, value }: FieldView, text: Text<PageKey>): string | undefined {
  if (value === undefined || value === '') return undefined;
  switch (field.type) {
    case 'choice':
    case 'choices': {
      const chosen = value.split(',');
      const labels = field.options.filter(({ id }) => chosen.includes(id)).map(({ label }) => label);
      return labels.length > 0 ? labels.join(text('apply.listComma')) : value;
    }
    case 'yes-no':
      return value === 'yes' ? text('apply.yes') : text('apply.no');
    case 'date': {
      const [year = '', month = '', day = ''] = value.split('-');
      return text('apply.date', { year, month, day });
    }
    case 'number':
      return field.unit === undefined ? value : `${value} ${field.unit}`;
    case 'phone':
      return group(value, 'phone').join(' ');
    case 'id-number':
    case 'credit-code':
      return group(value, field.type).join(' ');
    case 'text':
    case 'email':
      return value;
    default:
      return assertNever(field);
  }
}
