import type { ProgressView } from '../../contract/visit-view.ts';
import { parseProvisionalNumber } from '../../domain/provisional-number.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { CaseRecord, CaseRecords } from '../case/case-records.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PlatformClient } from '../sync/platform-client.ts';

export interface ProgressDeps {
  readonly cases: CaseRecords;
  readonly outbox: Outbox;
  readonly platform: Pick<PlatformClient, 'progress'>;
}

/**
 * Where a case stands, by provisional number, official number or receipt code. This kiosk's own cases are found without
 * the platform, as far as it knows them.
 */
export async function lookUp(
  deps: ProgressDeps,
  entered: string,
  signal?: AbortSignal,
): Promise<Result<ProgressView, 'unknown-number' | 'platform-unreachable'>> {
  const number = normalise(entered);
  if (number === undefined) return refused('unknown-number');
  const own = deps.cases.find(number);
  if (own && own.officialNumber === null) return done(stillHere(own, deps.outbox.caseState(own.id)));
  const answer = await deps.platform.progress(number, signal);
  switch (answer.kind) {
    case 'done': {
      const { provisionalNumber, officialNumber, itemName, stage, handedInAt, receivedAt, department } = answer.value;
      return done({ provisionalNumber, officialNumber, itemName, stage, handedInAt, receivedAt, department });
    }
    case 'refused':
      return refused('unknown-number');
    default:
      return own ? done(arrived(own)) : refused('platform-unreachable');
  }
}

/** As people type them. A provisional number with a wrong check character is nobody's. */
function normalise(entered: string): string | undefined {
  const provisional = parseProvisionalNumber(entered);
  if (provisional.ok) return provisional.value;
  return provisional.reason === 'mistyped' ? undefined : entered.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

function stillHere(own: CaseRecord, state: string | undefined): ProgressView {
  return { ...base(own), stage: state === 'needs-staff' ? 'needs-staff' : 'waiting-to-send' };
}

/** The platform has it; more is not known while it does not answer. */
function arrived(own: CaseRecord): ProgressView {
  return {
    ...base(own),
    stage: 'applied',
    ...(own.officialNumber !== null && { officialNumber: own.officialNumber }),
    ...(own.receivedAt !== null && { receivedAt: own.receivedAt }),
  };
}

function base({ provisionalNumber, itemName, handedInAt, department }: CaseRecord) {
  return { provisionalNumber, itemName, handedInAt, department };
}
