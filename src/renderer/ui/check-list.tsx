import { Checkbox, CheckboxGroup } from 'react-aria-components';
import type { ChoiceOption } from './choice-list.tsx';
import { Icon } from './icons.tsx';

export interface CheckListProps {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
  readonly columns?: 1 | 2 | undefined;
}

/** Any number of answers, as large cards. */
export function CheckList(props: CheckListProps) {
  return (
    <CheckboxGroup
      className="choices"
      aria-label={props.label}
      value={[...props.value]}
      onChange={props.onChange}
      data-columns={props.columns ?? 1}
    >
      {props.options.map((option) => (
        <Checkbox key={option.id} value={option.id} className="choice" data-name={option.id}>
          <span className="choice-mark" data-shape="check">
            <Icon name="check" />
          </span>
          <span className="choice-words">
            <span className="choice-label">{option.label}</span>
            {option.help !== undefined && <span className="choice-help">{option.help}</span>}
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}
