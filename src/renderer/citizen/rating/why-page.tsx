import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/locale.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Page } from '../../ui/page.tsx';

interface WhyPageProps {
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
  readonly isDisabled: boolean;
  readonly onDone: (codes: readonly string[]) => void;
  readonly problem: ReactNode;
}

/** After a bad level: what was not good, as published. Saying nothing is as good an answer, and the level is kept either way. */
export function WhyPage({ reasons, isDisabled, onDone, problem }: WhyPageProps) {
  const text = useText();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <Page
      name="rating-why"
      title={text('rating.why.title')}
      lead={text('rating.why.lead')}
      other={{ label: text('rating.why.skip'), isDisabled, onPress: () => onDone([]) }}
      next={{
        label: text('rating.why.submit'),
        isDisabled: isDisabled || chosen.length === 0,
        onPress: () => onDone(chosen),
      }}
    >
      {problem}
      <CheckList
        label={text('rating.why.title')}
        options={reasons.map(({ code, label }) => ({ id: code, label }))}
        value={chosen}
        onChange={setChosen}
        columns={2}
      />
    </Page>
  );
}
