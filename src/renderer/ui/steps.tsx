export interface StepsProps {
  readonly current: number;
  readonly total: number;
  /** The same in words, such as "step 2 of 7". */
  readonly text: string;
}

/** How far the person has come. */
export function Steps({ current, total, text }: StepsProps) {
  return (
    <div className="steps" data-step={current} data-steps={total}>
      <span className="steps-text">{text}</span>
      <span className="steps-bar" aria-hidden="true">
        {Array.from({ length: total }, (_, index) => (
          <span key={index} data-done={index < current || undefined} />
        ))}
      </span>
    </div>
  );
}
