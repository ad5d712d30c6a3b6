import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Where the value comes from, or another small remark. */
  readonly note?: string | undefined;
  /** Such as a button that changes the value. */
  readonly action?: ReactNode;
  readonly name?: string | undefined;
}

/** Labels and values, one pair a row. */
export function FactList({ facts, label }: { readonly facts: readonly Fact[]; readonly label?: string | undefined }) {
  return (
    <dl className="facts" aria-label={label}>
      {facts.map((fact) => (
        <div className="fact" key={fact.label} data-fact={fact.name}>
          <dt>{fact.label}</dt>
          <dd>
            <span className="fact-value">{fact.value}</span>
            {fact.note !== undefined && <span className="fact-note">{fact.note}</span>}
          </dd>
          {fact.action !== undefined && <dd className="fact-action">{fact.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
