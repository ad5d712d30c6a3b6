import { useCallback, useEffect, useState } from 'react';
import { badLevels, ratingLevels } from '../../../domain/rating-levels.ts';
import type { RatingChannel, RatingLevel } from '../../../domain/rating.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { leadOf } from './lead.ts';
import { RatingButton } from './rating-button.tsx';
import { WhyPage } from './why-page.tsx';

/** A bad level, and the reasons to choose from. */
interface Asked {
  readonly level: RatingLevel;
  readonly channel: RatingChannel;
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
}

/**
 * Five levels and skipping, all alike in size and colour, nothing chosen beforehand: the page must not lead anybody to a
 * level. One press is the whole rating, here or on the pad; after a bad one the person is asked why, and may keep it to
 * themselves.
 */
export function RatingPage() {
  const text = useText();
  const { send, fail, end, status } = useVisit();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  useKeepAwake(sending);
  const keep = useCallback(
    async (level: RatingLevel, channel: RatingChannel, tags: readonly string[]) => {
      setSending(true);
      setProblem(false);
      const kept = await kiosk.rating.submit({ level, channel, ...(tags.length > 0 && { tags: [...tags] }) });
      setSending(false);
      // The same case was rated already, by the pad a moment earlier: nothing is lost.
      if (kept.ok || kept.error.code === 'ALREADY_RATED') send({ kind: 'rated' });
      else if (kept.error.code === 'STORE_FAILED') setProblem(true);
      else fail(kept.error);
    },
    [send, fail],
  );
  const rate = useCallback(
    async (level: RatingLevel, channel: RatingChannel) => {
      if (!badLevels.has(level)) return keep(level, channel, []);
      setSending(true);
      const why = await kiosk.rating.askWhy({ level, channel });
      setSending(false);
      if (why.ok) setAsked({ level, channel, reasons: why.value });
      else if (why.error.code === 'ALREADY_RATED') send({ kind: 'rated' });
      else fail(why.error);
    },
    [keep, send, fail],
  );
  useEffect(
    () =>
      kiosk.rating.watchPad(
        ({ level }) => void rate(level, 'pad'),
        // Without a pad the page alone takes the rating; a line that is gone shows with the next press.
        () => void kiosk.system.reportFault({ code: 'stream-ended' }),
      ),
    [rate],
  );
  const notice = problem && (
    <Notice kind="error" title={text('rating.notKept')}>
      {text('rating.notKeptText')}
    </Notice>
  );
  if (asked) {
    const { level, channel, reasons } = asked;
    return (
      <WhyPage
        key={level}
        reasons={reasons}
        isDisabled={sending}
        problem={notice}
        onDone={(codes) => void keep(level, channel, codes)}
      />
    );
  }
  return (
    <Page name="rating" title={text('rating.title')} lead={text(leadOf(status))}>
      {notice}
      <div className="rating">
        {ratingLevels.map((level) => (
          <RatingButton
            key={level}
            name={level}
            icon={`face-${level}`}
            label={text(`rating.${level}`)}
            isDisabled={sending}
            onPress={() => void rate(level, 'page')}
          />
        ))}
        <RatingButton
          name="skip"
          icon="exit"
          label={text('rating.skip')}
          isDisabled={sending}
          onPress={() => end('finished')}
        />
      </div>
    </Page>
  );
}
