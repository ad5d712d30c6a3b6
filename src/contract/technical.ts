const LONGEST = 400;
/** Where an error came from; further out it is only the machinery that called us. */
const FRAMES = 4;

/** Makes a technical text fit for the log: no run of digits that might be an identity or telephone number, and not long. */
export function technical(text: string): string {
  return text.replaceAll(/\d{7,}/g, '…').slice(0, LONGEST);
}

/** Where a bug is, without its message: that may quote what a person entered or a card said. */
export function describeBug(error: unknown): { name: string; frames: string } {
  if (!(error instanceof Error)) return { name: 'not-an-error', frames: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? `:${error.code}` : '';
  const name = `${error.name}${code}`.replaceAll(/[^A-Za-z0-9._:-]/g, '-').slice(0, 80);
  return {
    name,
    frames: technical(
      frames
        .slice(0, FRAMES)
        .map((line) => line.trim())
        .join(' | '),
    ),
  };
}
