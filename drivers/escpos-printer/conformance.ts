import type { Describe, LineDescription } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import type { PrinterProfile } from './profile.ts';
import { profileNamed } from './profile.ts';

const paperOut = { undo: [{ paper: 'ok' }], reason: 'paper-out' } as const;

const framings: Readonly<
  Record<NonNullable<PrinterProfile['framing']>, Pick<LineDescription, 'hid' | 'keepsReports'>>
> = {
  'length-prefixed-64': { hid: { kind: 'length-prefixed-64' }, keepsReports: true },
  cp2110: { hid: { kind: 'cp2110', baudRate: 115_200 } },
};

export const conformance: Describe<'ticket-printer'> = (profile) => {
  const { completion, answersStatus, framing } = profileNamed(profile);
  const answersProbe = answersStatus === 'always';
  return {
    class: 'ticket-printer',
    manifest,
    answersProbe,
    personal: ['7K3Q', '7k3q'],
    line: {
      baudRate: 115_200,
      ...(framing && framings[framing]),
      // Half an automatic status, blocks that do not end, a held line.
      falsePreambles: ['10', '1000', '3722', '5F4142', '1311', 'FF80'],
    },
    outcome: completion === 'none' ? 'unconfirmed' : 'printed',
    printed: { event: 'printed' },
    // A printer that tells nothing cannot tell of these either.
    faults: answersProbe
      ? [
          { act: [{ paper: 'out' }], ...paperOut },
          { act: [{ paperOutAfterBytes: 60 }], ...paperOut },
          { act: [{ cover: 'open' }], undo: [{ cover: 'closed' }], reason: 'cover-open' },
          { act: [{ cutter: 'jammed' }], undo: [{ cutter: 'ok' }], reason: 'cutter' },
          { act: [{ fault: 'silent' }], undo: [{ fault: 'none' }], reason: 'offline' },
        ]
      : [],
  };
};
