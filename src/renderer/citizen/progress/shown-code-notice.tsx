import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ShownCodes } from './use-shown-code.ts';

/** That a code can be shown instead of typing, or why the one that was shown is not taken. */
export function ShownCodeNotice({ code: { readable, refusal } }: { readonly code: ShownCodes }) {
  const text = useText();
  if (!readable) return undefined;
  return refusal === undefined ? (
    <Notice kind="info" name="code-way" title={text('progress.code.way')} />
  ) : (
    <Notice kind="warn" name={`code-${refusal}`} title={text(`progress.code.${refusal}`)}>
      {text('progress.code.instead')}
    </Notice>
  );
}
