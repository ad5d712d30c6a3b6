/** A morning on which the printer had no paper, for the OpenAPI file and the tests that are derived from the contract. */
export const selfTestExample = {
  id: '019ab4c0-5a00-7000-8000-000000000004',
  kioskId: 'KSK1',
  cause: 'opening' as const,
  attended: false,
  startedAt: '2026-11-22T00:30:00.000Z',
  endedAt: '2026-11-22T00:30:02.000Z',
  verdict: 'failed' as const,
  machine: [
    {
      part: 'clock' as const,
      verdict: 'passed' as const,
      steps: [{ step: 'drift' as const, subject: '+1 s', outcome: 'passed' as const }],
    },
  ],
  devices: [
    {
      device: 'printer',
      class: 'ticket-printer' as const,
      driver: 'escpos-printer',
      startedAt: '2026-11-22T00:30:00.000Z',
      endedAt: '2026-11-22T00:30:02.000Z',
      attended: false,
      verdict: 'failed' as const,
      reason: 'paper-out',
      steps: [
        { step: 'line' as const, outcome: 'passed' as const },
        { step: 'answer' as const, outcome: 'failed' as const, reason: 'paper-out' },
      ],
    },
  ],
};
