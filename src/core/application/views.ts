import type {
  ApplicationView,
  CrossRegionView,
  FieldView,
  ItemSummary,
  ReviewView,
} from '../../contract/application-view.ts';
import { isMaterialComplete, missing, type ApplicationDraft } from '../../domain/application.ts';
import { offersFor, outlineOf } from '../../domain/cross-region.ts';
import type { CardPerson } from '../../domain/identity.ts';
import type { CatalogueItem, FormField } from '../../domain/item.ts';
import { maskCardValue, maskPerson } from '../../domain/masking.ts';
import { nameOfRegion } from '../catalogue/region-names.ts';
import { applicableFields, applicableMaterials, applicableSituations } from '../../domain/situations.ts';
import { isCommitmentOffered, standInOf } from '../../domain/stand-in.ts';

export function itemSummaryOf(item: CatalogueItem): ItemSummary {
  const { code, name, alsoCalled, kind, department, guide, parts } = item;
  return {
    code,
    name,
    alsoCalled,
    kind,
    department: department.name,
    visits: guide.visits,
    isLifeEvent: parts !== undefined,
    promisedDays: guide.limits.promised,
  };
}

export function fieldViewOf(draft: ApplicationDraft, field: FormField): FieldView {
  const known = draft.values[field.name];
  if (!known) return { field, masked: false };
  const shown = known.source === 'card' && field.prefill ? maskCardValue(field.prefill, known.value) : known.value;
  return { field, value: shown, masked: shown !== known.value, source: known.source };
}

export function applicationViewOf(draft: ApplicationDraft): ApplicationView {
  const { item, answers } = draft;
  return {
    code: item.code,
    name: item.name,
    situations: applicableSituations(item, answers).map(({ id, question, help, options }) => {
      const answer = answers[id];
      return { id, question, options, ...(help !== undefined && { help }), ...(answer !== undefined && { answer }) };
    }),
    materials: applicableMaterials(item, answers).map((material) => {
      const certificate = draft.certificates?.[material.id];
      const check = draft.checks?.[material.id];
      const standIn = standInOf(draft, material)?.by;
      return {
        id: material.id,
        name: material.name,
        source: material.source,
        reason: material.reason,
        basis: material.basis,
        pages: draft.pages[material.id]?.length ?? 0,
        complete: isMaterialComplete(draft, material),
        ...(standIn && { standIn }),
        ...(isCommitmentOffered(draft, material) && {
          commitment: draft.commitments?.[material.id] ?? 'offered',
          ...(material.pledge && { pledge: material.pledge }),
        }),
        ...(check && { networkCheck: { ...check } }),
        ...(certificate && { takenFrom: { name: certificate.name, issuer: certificate.issuer } }),
      };
    }),
    fields: applicableFields(item, answers).map((field) => fieldViewOf(draft, field)),
  };
}

export function reviewViewOf(draft: ApplicationDraft, person: CardPerson, signed: boolean): ReviewView {
  return {
    application: applicationViewOf(draft),
    person: maskPerson(person),
    missing: missing(draft),
    signed,
  };
}

/** The ways in which it can be done here by somebody of that home region. */
export function crossRegionViewOf(draft: ApplicationDraft, homeRegion: string): CrossRegionView {
  const { item, crossRegion } = draft;
  const regionName = nameOfRegion(homeRegion);
  const ways = offersFor(item, homeRegion).map(({ regions: _regions, ...offer }) => {
    const { acts, online, envelope } = outlineOf(draft, offer.mode);
    return {
      ...offer,
      promisedDays: item.guide.limits.promised + offer.addedDays,
      acts: [...acts],
      online: [...online],
      envelope: [...envelope],
      chosen: crossRegion?.homeRegion === homeRegion && crossRegion.mode === offer.mode,
    };
  });
  return { homeRegion, ways, ...(regionName !== undefined && { regionName }) };
}
