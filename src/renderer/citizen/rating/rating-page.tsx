import { useCallback, useEffect, useState } from 'react';
import { ratingLevels } from '../../../domain/rating-levels.ts';
import type { RatingChannel, RatingLevel } from '../../../domain/rating.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { leadOf } from './lead.ts';
import { RatingButton } from './rating-button.tsx';

/**
 * Five levels and skipping, all alike in size and colour, nothing chosen beforehand: the page must not lead anybody to a
 * level. One press is the whole rating, here or on the pad.
 */
export function RatingPage() {
  const text = useText();
  const { send, fail, end, status } = useVisit();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState(false);
  useKeepAwake(sending);
  const rate = useCallback(
    async (level: RatingLevel, channel: RatingChannel) => {
      setSending(true);
      setProblem(false);
      const kept = await kiosk.rating.submit({ level, channel });
      setSending(false);
      // The same case was rated already, by the pad a moment earlier: nothing is lost.
      if (kept.ok || kept.error.code === 'ALREADY_RATED') send({ kind: 'rated' });
      else if (kept.error.code === 'STORE_FAILED') setProblem(true);
      else fail(kept.error);
    },
    [send, fail],
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
  return (
    <Page name="rating" title={text('rating.title')} lead={text(leadOf(status))}>
      {problem && (
        <Notice kind="error" title={text('rating.notKept')}>
          {text('rating.notKeptText')}
        </Notice>
      )}
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
