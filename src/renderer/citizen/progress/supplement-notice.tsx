import type { ProgressView } from '../../../contract/visit-view.ts';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatDay } from '../clock.ts';

/** 补正: everything that is missing, one line each, so that nobody has to come three times. */
export function SupplementNotice({ supplement }: { readonly supplement: NonNullable<ProgressView['supplement']> }) {
  const text = useText();
  const { locale } = useLocale();
  const { defects, dueDay } = supplement;
  const title =
    dueDay === undefined
      ? text('progress.supplement')
      : text('progress.supplementBy', { day: formatDay(dueDay, locale) });
  return (
    <Notice kind="warn" name="supplement" title={title}>
      <ol className="supplement">
        {defects.map(({ material, what, how }) => (
          <li key={`${material ?? ''} ${what}`}>
            {[material, what, how].filter((part) => part !== undefined).join(' · ')}
          </li>
        ))}
      </ol>
    </Notice>
  );
}
