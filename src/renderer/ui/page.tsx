import { Fragment, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/locale.tsx';
import { Button } from './button.tsx';
import type { IconName } from './icons.tsx';
import { phrases } from './phrases.ts';
import { ScrollArea } from './scroll-area.tsx';
import { Steps } from './steps.tsx';

export interface PageAction {
  readonly label: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean | undefined;
  readonly icon?: IconName | undefined;
}

export interface PageProps {
  /** Stable name of the page for tests, `data-page`. */
  readonly name: string;
  readonly title: string;
  readonly lead?: ReactNode;
  /** Beside the title in landscape, under the lead in portrait: a hint, a picture. */
  readonly aside?: ReactNode;
  readonly step?:
    | { readonly current: number; readonly total: number; readonly stage?: 'prepare' | 'application' }
    | undefined;
  readonly children?: ReactNode;
  /** Always at the bottom left. */
  readonly back?: PageAction | undefined;
  /** Between back and next: a second choice, such as skipping. */
  readonly other?: PageAction | undefined;
  /** Always at the bottom right. */
  readonly next?: PageAction | undefined;
  /** Under the content and never scrolled away: the on-screen keyboard. */
  readonly dock?: ReactNode;
  /** `stack` keeps one column in landscape too, for content that needs the width. */
  readonly layout?: 'split' | 'stack' | 'centre' | undefined;
}

/** The frame of one page: title, lead, content, and the ways on at the same place each time. */
export function Page(props: PageProps) {
  const { name, title, lead, aside, step, children, back, other, next, dock, layout = 'split' } = props;
  const text = useText();
  const hasActions = back !== undefined || other !== undefined || next !== undefined;
  return (
    <section className="page" data-page={name} data-layout={layout} data-dock={dock === undefined ? undefined : true}>
      <div className="page-head">
        {step && (
          <Steps
            current={step.current}
            total={step.total}
            text={text(`page.step.${step.stage ?? 'application'}`, { current: step.current, total: step.total })}
          />
        )}
        <Title key={`${name} ${title}`} text={title} />
        {lead !== undefined && <div className="page-lead">{lead}</div>}
        {aside !== undefined && <div className="page-aside">{aside}</div>}
      </div>
      <div className="page-body">
        <div className="page-content">
          <ScrollArea label={title} up={text('page.scrollUp')} down={text('page.scrollDown')} key={`${name} ${title}`}>
            {children}
          </ScrollArea>
        </div>
        {dock !== undefined && <div className="page-dock">{dock}</div>}
      </div>
      {hasActions && (
        <div className="page-actions">
          {back && (
            <Action action={back} kind="secondary" icon="arrow-left" name="back" key={`back ${name} ${title}`} />
          )}
          <span className="page-actions-gap" />
          {other && <Action action={other} kind="secondary" name="other" key={`other ${name} ${title}`} />}
          {next && (
            <Action action={next} kind="primary" iconAfter="arrow-right" name="next" key={`next ${name} ${title}`} />
          )}
        </div>
      )}
    </section>
  );
}

/** Takes the focus when its page appears, so that a screen reader starts there. */
function Title({ text }: { readonly text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 className="page-title" tabIndex={-1} ref={heading} aria-label={text}>
      {phrases(text).map((clause, index) => (
        <span key={index}>
          {clause.map((word, at) => (
            <Fragment key={at}>
              {word}
              <wbr />
            </Fragment>
          ))}
        </span>
      ))}
    </h1>
  );
}

/** Keyed by page, so that a button of the next page under the same finger first lets it settle. */
function Action(props: {
  readonly action: PageAction;
  readonly kind: 'primary' | 'secondary';
  readonly name: string;
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
}) {
  const { action, kind, name } = props;
  return (
    <Button
      kind={kind}
      size="large"
      name={name}
      icon={props.iconAfter === undefined ? (action.icon ?? props.icon) : undefined}
      iconAfter={props.iconAfter === undefined ? undefined : (action.icon ?? props.iconAfter)}
      isDisabled={action.isDisabled}
      onPress={action.onPress}
    >
      {action.label}
    </Button>
  );
}
