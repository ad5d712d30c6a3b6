/** What the reasons for which records wait for staff come down to. */
export type RecordTrouble = 'unreadable' | 'conflict' | 'gave-up' | 'refused';

const troubles: Readonly<Record<string, RecordTrouble>> = {
  'payload-missing': 'unreadable',
  'sealed-broken': 'unreadable',
  'content-broken': 'unreadable',
  'content-lost': 'unreadable',
  'page-missing': 'unreadable',
  'content-differs': 'conflict',
  'key-reused': 'conflict',
  'unknown-case': 'conflict',
};

/** @param reason the sender's own word, such as `gave-up:failing` */
export function troubleOf(reason: string): RecordTrouble {
  return reason.startsWith('gave-up:') ? 'gave-up' : (troubles[reason] ?? 'refused');
}
