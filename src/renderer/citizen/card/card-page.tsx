import { Activity, createContext, memo, useContext, useDeferredValue } from 'react';
import type { ReadFailure } from '../../../contract/device-failures.ts';
import type { CardEvent } from '../../../contract/visit-view.ts';
import { assertNever } from '../../../domain/result.ts';
import { useText } from '../../i18n/locale.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageAction } from '../../ui/page.tsx';
import { tileState } from '../home/tile-state.ts';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { VISIT_STEPS } from '../visit.ts';
import { CardPicture } from './card-picture.tsx';
import { useCard, WAITING } from './use-card.ts';

/** What the reader said last: of interest to the content only, while the frame around it follows a moment later. */
const CardNews = createContext<CardEvent>(WAITING);

/**
 * Asks for the identity card, shows what the reader does, and then only the masked name and four digits. The name is what the
 * person waits for: it is put in at once, and what stands around it is made anew after that.
 */
export function CardPage() {
  const { fail } = useVisit();
  const { event, readAgain } = useCard(fail);
  const frame = useDeferredValue(event);
  useKeepAwake(event.kind === 'reading');
  return (
    <CardNews value={event}>
      <CardFrame event={frame} readAgain={readAgain} />
    </CardNews>
  );
}

interface CardFrameProps {
  readonly event: CardEvent;
  readonly readAgain: () => void;
}

const CardFrame = memo(function CardFrame({ event, readAgain }: CardFrameProps) {
  const text = useText();
  const { send, end } = useVisit();
  const readable = useReadable();
  const toWindow: PageAction = { label: text('card.window'), onPress: () => send({ kind: 'window', why: 'no-card' }) };
  return (
    <Page
      name="card"
      title={text(`card.title.${event.kind}`)}
      lead={text(`card.lead.${event.kind}`)}
      step={{ current: 2, total: VISIT_STEPS, stage: 'prepare' }}
      aside={<CardPicture state={event.kind} label={text('card.picture')} />}
      back={{ label: text('card.cancel'), onPress: () => end('left') }}
      {...actionsOf(event, readable, {
        toWindow,
        again: { label: text('card.again'), icon: 'refresh', onPress: readAgain },
        notMe: { label: text('card.notMe'), onPress: readAgain },
        next: (person) => ({ label: text('page.continue'), onPress: () => send({ kind: 'identified', person }) }),
      })}
    >
      <CardBody />
    </Page>
  );
});

/** A reader can be used: the one that failed may have come back meanwhile. */
function useReadable(): boolean {
  return tileState(useVisit().status, 'apply') === 'works';
}

function CardBody() {
  const event = useContext(CardNews);
  const readable = useReadable();
  return (
    <div className="card-body" data-card={event.kind}>
      {/* Made, without anybody's data, while the card is awaited: then the name only has to be put in. */}
      <Activity mode={event.kind === 'identified' ? 'visible' : 'hidden'}>
        <CardFound {...(event.kind === 'identified' ? event : nobody)} />
      </Activity>
      {event.kind !== 'identified' && <CardWords event={event} readable={readable} />}
    </div>
  );
}

type Identified = Extract<CardEvent, { kind: 'identified' }>;

function actionsOf(
  event: CardEvent,
  readable: boolean,
  actions: {
    readonly toWindow: PageAction;
    readonly again: PageAction;
    readonly notMe: PageAction;
    readonly next: (person: Identified['person']) => PageAction;
  },
): { readonly other?: PageAction; readonly next?: PageAction } {
  switch (event.kind) {
    case 'waiting':
      return { other: actions.toWindow };
    case 'reading':
      return {};
    case 'identified':
      return { other: actions.notMe, next: actions.next(event.person) };
    case 'failed':
      return event.again || readable ? { other: actions.toWindow, next: actions.again } : { next: actions.toWindow };
    default:
      return assertNever(event);
  }
}

const nobody = { person: { name: '', idLast4: '' }, expired: false };

function CardFound({ person, expired }: Pick<Identified, 'person' | 'expired'>) {
  const text = useText();
  return (
    <div className="card-found">
      <FactList
        facts={[
          {
            label: text('card.name'),
            value: <span className="card-name">{person.name}</span>,
            name: 'name',
          },
          {
            label: text('card.idNumber'),
            value: <span className="card-name number">{text('card.endsWith', { digits: person.idLast4 })}</span>,
            name: 'id-last4',
          },
        ]}
      />
      {expired && <Notice kind="warn" name="expired" title={text('card.expired')} />}
      <Notice kind="info" title={text('card.takeBack')} />
    </div>
  );
}

interface CardWordsProps {
  readonly event: Exclude<CardEvent, Identified>;
  readonly readable: boolean;
}

function CardWords({ event, readable }: CardWordsProps) {
  const text = useText();
  switch (event.kind) {
    case 'waiting':
    case 'reading':
      return (
        <ol className="numbered card-hints">
          <li>{text('card.hint.flat')}</li>
          <li>{text('card.hint.still')}</li>
          <li>{text('card.hint.private')}</li>
        </ol>
      );
    case 'failed':
      return (
        <Notice kind="error" name={event.reason} title={text(`card.failed.${event.reason}`)}>
          {text(adviceOf(event.reason, readable))}
        </Notice>
      );
    default:
      return assertNever(event);
  }
}

/** What to do about it: lay the card down again, or let somebody else help. */
function adviceOf(reason: ReadFailure, readable: boolean) {
  switch (reason) {
    case 'reader-absent':
    case 'reader-silent':
      return readable ? 'card.advice.back' : 'card.advice.staff';
    case 'card-unknown':
      return 'card.advice.other';
    case 'card-removed':
    case 'card-unreadable':
    case 'timed-out':
      return 'card.advice.again';
    default:
      return assertNever(reason);
  }
}
