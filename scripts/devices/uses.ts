import type { DeviceClass } from '../../src/contract/device-classes.ts';
import type { PrintOutcome } from '../../src/contract/device-api.ts';
import { testPage } from '../../src/core/readiness/test-page.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import type { Bench } from './bench.ts';

/** Uses a device once, as a visit would, and gives what core is told of it, without anything about a person. */
export async function useOnce(bench: Bench, kind: DeviceClass): Promise<string[]> {
  const { client } = bench;
  switch (kind) {
    case 'id-reader': {
      const events: string[] = [];
      for await (const event of await client.idReader.read()) {
        events.push(event.kind === 'failed' ? `failed ${event.reason}` : event.kind);
      }
      return events;
    }
    case 'ticket-printer': {
      const outcome = await printNow(bench, testPage('zh-CN'));
      return [outcome.ok ? outcome.value : `failed ${outcome.reason}`];
    }
    case 'rating-pad':
      return first(await client.ratingPad.watch(), ({ level }) => level);
    case 'code-reader':
      return first(await client.codeReader.watch(), ({ symbology = '??', bytes }) => `${symbology} ${bytes.length}`);
    case 'cue-lamps':
      return first(await client.cueLamps.presence(), ({ person }) => person);
    case 'document-scanner': {
      const able = await client.documentScanner.capabilities();
      return [able.ok ? 'capabilities' : `failed ${able.reason}`];
    }
  }
}

/** Readies the printer and lets the paper move at once: no record has to be safe first. */
export async function printNow({ client }: Bench, document: PrintDocument): Promise<PrintOutcome> {
  const jobId = 'bench';
  const printing = client.ticketPrinter.print({ jobId, document });
  await client.ticketPrinter.start({ jobId });
  return printing;
}

async function first<T>(values: AsyncIterable<T>, tell: (value: T) => string): Promise<string[]> {
  for await (const value of values) return [tell(value)];
  return [];
}
