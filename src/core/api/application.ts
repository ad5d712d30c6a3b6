import {
  answerSituation,
  beginApplication,
  chooseCommitment,
  dropCertificate,
  hasRoomForPage,
  missing,
  removePages,
  setField,
  type ApplicationDraft,
} from '../../domain/application.ts';
import { chooseCrossRegion } from '../../domain/cross-region.ts';
import { proofLists } from '../catalogue/proof-lists.ts';
import type { Material } from '../../domain/item.ts';
import { applicableMaterials } from '../../domain/situations.ts';
import { makeUuidV7 } from '../identifiers.ts';
import { identityOf } from '../session/visit-identity.ts';
import { showsSomething } from '../application/images.ts';
import { keepPage } from '../application/keep-page.ts';
import { preReviewOf } from '../application/pre-review.ts';
import { scanPages } from '../application/scan-pages.ts';
import { checkMaterials } from '../application/check-materials.ts';
import { checkCertificates } from '../application/check-certificates.ts';
import { askFor, takeCertificates } from '../application/take-certificates.ts';
import { watchScanner } from '../application/watch-scanner.ts';
import { applicationViewOf, crossRegionViewOf, fieldViewOf, reviewViewOf } from '../application/views.ts';
import { handIn, hasNumber } from '../case/intake.ts';
import { hallDay } from '../hall-time.ts';
import { withCertificates } from './certificates.ts';
import type { CoreRoom } from '../room.ts';
import { fromEarlier, openVisit, streamSignal, watched, type Base } from './base.ts';

/** Only for these anybody is asked about the person's credit. */
const wantsCommitment = ({ source, substitutes }: Material): boolean =>
  source === 'scan' && substitutes?.includes('commitment') === true;

type DraftErrors = Parameters<typeof openVisit>[1] & Parameters<typeof fromEarlier>[1];

export function applicationRoutes({ application: os }: Base, room: CoreRoom) {
  const openDraft = (errors: DraftErrors) => {
    const { service, visit } = openVisit(room, errors);
    const draft = fromEarlier(visit.draft, errors);
    const keep = (next: ApplicationDraft) => {
      visit.draft = next;
      // What was signed is no longer what is there.
      visit.signature = undefined;
      return next;
    };
    return { service, visit, draft, keep };
  };
  return {
    begin: os.begin.handler(async ({ input, errors }) => {
      // The newest address comes a moment after the name, and the form begins with it.
      await openVisit(room, errors).visit.cardTold;
      const { service, visit } = openVisit(room, errors);
      const person = fromEarlier(visit.person, errors);
      const item = service.catalogue.items.get(input.code);
      if (!item) throw errors.UNKNOWN_ITEM();
      // Who began before may finish.
      if (service.backlog().state === 'full') throw errors.BACKLOG_FULL();
      if (!hasNumber(service)) throw errors.NUMBERS_USED_UP();
      service.visits.discardDraft(visit);
      visit.handedIn = undefined;
      visit.draft = beginApplication(item, person, proofLists);
      return applicationViewOf(visit.draft);
    }),

    view: os.view.handler(({ errors }) => applicationViewOf(openDraft(errors).draft)),

    answerSituation: os.answerSituation.handler(({ input, errors }) => {
      const { draft, keep } = openDraft(errors);
      const answered = answerSituation(draft, input.question, input.option);
      if (!answered.ok) throw errors.UNKNOWN_ANSWER();
      return applicationViewOf(keep(answered.value));
    }),

    takeCertificates: os.takeCertificates.handler(async ({ errors }) => {
      const looked = await withCertificates(openDraft, errors, takeCertificates);
      const { draft: now, keep } = openDraft(errors);
      const { certificates, caseId } = looked.value;
      // The form may have grown while the platform was asked.
      if (now.item !== looked.item || certificates === undefined) return applicationViewOf(now);
      return applicationViewOf(keep({ ...now, certificates, ...(caseId !== undefined && { caseId }) }));
    }),

    checkCertificates: os.checkCertificates.handler(async ({ errors }) => {
      const looked = await withCertificates(openDraft, errors, checkCertificates);
      const { draft: now, keep } = openDraft(errors);
      const findings = now.item === looked.item ? looked.value : [];
      const flawed = findings.filter(({ flaw }) => flaw !== undefined);
      const next = flawed.reduce((draft, { material }) => dropCertificate(draft, material), now);
      return { application: applicationViewOf(flawed.length > 0 ? keep(next) : now), findings };
    }),

    checkMaterials: os.checkMaterials.handler(async ({ errors }) => {
      const looked = await withCertificates(openDraft, errors, checkMaterials);
      const { draft: now, keep } = openDraft(errors);
      const { checks, caseId } = looked.value;
      if (now.item !== looked.item || checks === undefined) return applicationViewOf(now);
      return applicationViewOf(keep({ ...now, checks, ...(caseId !== undefined && { caseId }) }));
    }),

    askCommitments: os.askCommitments.handler(async ({ errors }) => {
      const { service, visit, draft } = openDraft(errors);
      const person = fromEarlier(visit.person, errors);
      const wanted = applicableMaterials(draft.item, draft.answers).find(wantsCommitment);
      if (draft.credit || !wanted) return applicationViewOf(draft);
      const identity = await identityOf(service, visit, person);
      const caseId = draft.caseId ?? makeUuidV7(service.clock.now(), service.random);
      const ask = askFor(service, draft, caseId, wanted.id);
      const asked =
        identity.kind === 'done' ? await service.platform.creditStanding(identity.value, ask, visit.ended) : identity;
      if (asked.kind === 'retry') throw errors.PLATFORM_UNREACHABLE();
      if (asked.kind !== 'done') throw errors.CREDIT_REFUSED();
      const { visit: open, draft: now, keep } = openDraft(errors);
      if (open !== visit || open.person !== person || now.item !== draft.item) throw errors.WRONG_STEP();
      const { standing: credit } = asked.value;
      return applicationViewOf(credit ? keep({ ...now, caseId: now.caseId ?? caseId, credit }) : now);
    }),

    chooseCommitment: os.chooseCommitment.handler(({ input, errors }) => {
      const { draft, keep } = openDraft(errors);
      const chosen = chooseCommitment(draft, input.material, input.choice);
      if (chosen.ok) return applicationViewOf(keep(chosen.value));
      throw chosen.reason === 'unknown-material' ? errors.UNKNOWN_MATERIAL() : errors.NOT_OFFERED();
    }),

    crossRegion: os.crossRegion.handler(({ input: { homeRegion }, errors }) =>
      crossRegionViewOf(openDraft(errors).draft, homeRegion),
    ),

    chooseCrossRegion: os.chooseCrossRegion.handler(({ input, errors }) => {
      const { draft, keep } = openDraft(errors);
      const chosen = chooseCrossRegion(draft, input ?? undefined);
      if (!chosen.ok) throw errors.NOT_OFFERED();
      keep(chosen.value);
    }),

    setField: os.setField.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const set = setField(draft, input.name, input.value, hallDay(service.clock.now()));
      const field = draft.item.fields.find(({ name }) => name === input.name);
      if (set.ok && field) return fieldViewOf(keep(set.value), field);
      if (set.ok || set.reason === 'unknown-field') throw errors.UNKNOWN_FIELD();
      throw errors.INVALID({ data: { rule: set.reason } });
    }),

    addPage: os.addPage.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const kept = keepPage(service, draft, input.material, Buffer.from(input.image, 'base64'));
      if (kept.ok) return applicationViewOf(keep(kept.value.draft));
      switch (kept.reason) {
        case 'unknown-material':
          throw errors.UNKNOWN_MATERIAL();
        case 'not-asked-for':
          throw errors.NOT_ASKED_FOR();
        case 'too-many-pages':
          throw errors.TOO_MANY_PAGES();
        case 'too-large':
        case 'not-a-jpeg':
          throw errors.NOT_A_JPEG();
        default:
          throw errors.STORE_FAILED({ data: { cause: kept.reason } });
      }
    }),

    watchScanner: os.watchScanner.handler(({ errors, signal }) => {
      const { visit } = openDraft(errors);
      return watched(room, watchScanner(room, streamSignal(visit, signal)));
    }),

    scan: os.scan.handler(({ input, errors, signal }) => {
      const { service, visit, draft, keep } = openDraft(errors);
      const hasRoom = hasRoomForPage(draft, input.material);
      if (!hasRoom.ok && hasRoom.reason === 'unknown-material') throw errors.UNKNOWN_MATERIAL();
      if (!hasRoom.ok && hasRoom.reason === 'not-asked-for') throw errors.NOT_ASKED_FOR();
      const bench = { devices: room.deps.devices, service, keep, draft: () => visit.draft };
      return watched(room, scanPages(bench, input, streamSignal(visit, signal)));
    }),

    removePages: os.removePages.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const removed = removePages(draft, input.material);
      if (!removed.ok) throw errors.UNKNOWN_MATERIAL();
      service.visits.removePages(draft.pages[input.material] ?? []);
      return applicationViewOf(keep(removed.value));
    }),

    review: os.review.handler(({ errors }) => {
      const { visit, draft } = openDraft(errors);
      return reviewViewOf(draft, fromEarlier(visit.person, errors), visit.signature !== undefined);
    }),

    preReview: os.preReview.handler(({ errors }) => {
      const { service, visit, draft } = openDraft(errors);
      const defects = preReviewOf(draft, visit.certificates, hallDay(service.clock.now()));
      return { defects: defects.map((one) => ({ ...one, on: [...one.on] })) };
    }),

    sign: os.sign.handler(({ input, errors }) => {
      const { visit } = openDraft(errors);
      if (!showsSomething(Buffer.from(input.image, 'base64'))) throw errors.EMPTY_SIGNATURE();
      visit.signature = input.image;
    }),

    submit: os.submit.handler(({ errors }) => {
      const { service, visit } = openVisit(room, errors);
      if (visit.supplement) throw errors.WRONG_STEP();
      if (visit.handedIn) return visit.handedIn.answer;
      const draft = fromEarlier(visit.draft, errors);
      const person = fromEarlier(visit.person, errors);
      const { signature } = visit;
      const open = missing(draft);
      if (open.length > 0 || signature === undefined) {
        throw errors.INCOMPLETE({ data: { missing: signature === undefined ? [...open, 'signature'] : open } });
      }
      const committed = handIn(service, { draft, person, signature });
      if (!committed.ok) {
        if (committed.reason === 'numbers-used-up') throw errors.NUMBERS_USED_UP();
        throw errors.STORE_FAILED({ data: { cause: committed.reason } });
      }
      const pages = Object.values(draft.pages).flat();
      service.visits.removePages(pages.filter(({ id }) => !service.outbox.isUnsent(id)));
      visit.draft = undefined;
      visit.signature = undefined;
      visit.certificates.clear();
      visit.handedIn = committed.value;
      service.onQueued();
      room.board.changed();
      return committed.value.answer;
    }),
  };
}
