import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { HandedIn } from '../../contract/visit-view.ts';
import type { ApplicationDraft } from '../../domain/application.ts';
import type { CardPerson } from '../../domain/identity.ts';
import { maskPerson } from '../../domain/masking.ts';
import { supplementOf } from '../../domain/notice/supplement.ts';
import { done, type Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { HandedInCase } from '../session/visits.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import type { OpenSupplement } from './open-supplement.ts';
import type { SupplementRecords } from './supplement-records.ts';

export interface HandInSupplementDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall'>;
  readonly transact: Transact;
  readonly audit: Audit;
  readonly supplements: Pick<SupplementRecords, 'add'>;
  readonly outbox: Pick<KioskOutbox, 'add'>;
}

export type HandedInSupplement = Pick<HandedIn, 'provisionalNumber' | 'handedInAt' | 'itemName' | 'phone'>;

/**
 * Commits a supplement and its delivery in one transaction. When this answers `ok` both are on the disk itself, and so are its
 * pages.
 */
export function handInSupplement(
  deps: HandInSupplementDeps,
  { case: { provisionalNumber, itemName }, notice, noticeKey, plan }: OpenSupplement,
  { draft, person }: { readonly draft: ApplicationDraft; readonly person: Pick<CardPerson, 'idNumber'> },
): Result<HandedInSupplement, WriteFailure> {
  const { clock, random, log, config, transact, audit, supplements, outbox } = deps;
  const now = clock.now();
  const [id, handedInAt] = [makeUuidV7(now, random), hallTime(now)];
  const { situations, fields, materials } = supplementOf(plan, draft);
  const content = {
    kioskId: config.kioskId,
    number: provisionalNumber,
    idNumber: person.idNumber,
    situations: { ...situations },
    fields: { ...fields },
    materials: materials.map(({ id: material, pages }) => ({ id: material, pages: [...pages] })),
    ...(notice.givenAt !== undefined && { noticeGivenAt: notice.givenAt }),
  };
  const written = transact(() => {
    supplements.add({ id, number: provisionalNumber, notice: noticeKey, handedInAt, content });
    outbox.add({ id, step: 'supplement', createdAt: handedInAt, firstAttemptAt: now.getTime(), payload: '{}' });
    audit.append({ who: 'kiosk', what: 'supplement-handed-in', target: id, outcome: 'committed' });
  });
  if (!written.ok) {
    log('core.write-failed', { what: 'supplement', cause: written.reason });
    return written;
  }
  return done({ provisionalNumber, handedInAt, itemName, phone: config.hall.phone });
}

/** What its receipt says; a case that began elsewhere has none here. */
export function receiptOf(
  { hall }: Pick<KioskConfig, 'hall'>,
  { own, plan: { item } }: OpenSupplement,
  { handedInAt }: HandedInSupplement,
  { draft, person }: { readonly draft: ApplicationDraft; readonly person: CardPerson },
): HandedInCase | undefined {
  if (!own) return undefined;
  const { id, provisionalNumber, itemName, department, receiptCode } = own;
  const { limits, phones } = item.guide;
  const answer = { provisionalNumber, handedInAt, itemName, receiptCode, promisedDays: limits.promised };
  const pagesOf = (material: string) => draft.pages[material]?.length ?? 0;
  return {
    caseId: id,
    answer: { ...answer, partNames: [], phone: hall.phone },
    receipt: {
      kind: 'supplement',
      hallName: hall.name,
      provisionalNumber,
      itemName,
      partNames: [],
      department,
      handedInAt,
      limits,
      materials: item.materials
        .map(({ id: material, name }) => ({ name, pages: pagesOf(material) }))
        .filter(({ pages }) => pages > 0),
      person: maskPerson(person),
      advicePhone: phones.advice,
      complaintPhone: phones.complaint,
      receiptCode,
    },
  };
}
