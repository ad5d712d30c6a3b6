import { Radio, RadioGroup } from 'react-aria-components';

export interface ChoiceOption {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
}

export interface ChoiceListProps {
  /** Read by screen readers; the visible question is the page's title. */
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  /** Puts short answers side by side. */
  readonly columns?: 1 | 2 | undefined;
}

/** One answer of several, as large cards. Nothing is selected until the person does it. */
export function ChoiceList(props: ChoiceListProps) {
  return (
    <RadioGroup
      className="choices"
      aria-label={props.label}
      value={props.value ?? null}
      onChange={props.onChange}
      data-columns={props.columns ?? 1}
    >
      {props.options.map((option) => (
        <Radio key={option.id} value={option.id} className="choice" data-name={option.id}>
          <span className="choice-mark" data-shape="radio" />
          <span className="choice-words">
            <span className="choice-label">{option.label}</span>
            {option.help !== undefined && <span className="choice-help">{option.help}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
