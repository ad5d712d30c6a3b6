import type { CatalogueItem, FormField, Material, Situation } from './item.ts';
import type { Condition } from './item-details.ts';

/** Answers to situation questions: question id to option id. */
export type Answers = Readonly<Record<string, string>>;

/** Whether a part of an item applies: always without a condition, else when every question named has one of its answers. */
export function appliesTo(condition: Condition | undefined, answers: Answers): boolean {
  return (condition ?? []).every(({ question, anyOf }) => {
    const answer = answers[question];
    return answer !== undefined && anyOf.includes(answer);
  });
}

/** The questions to ask, answered or not, in the order of the item. */
export function applicableSituations(item: CatalogueItem, answers: Answers): Situation[] {
  return item.situations.filter((situation) => appliesTo(situation.when, answers));
}

export function applicableFields(item: CatalogueItem, answers: Answers): FormField[] {
  return item.fields.filter((field) => appliesTo(field.when, answers));
}

export function applicableMaterials(item: CatalogueItem, answers: Answers): Material[] {
  return item.materials.filter((material) => appliesTo(material.when, answers));
}

/**
 * The answers without those to questions that are no longer asked. One pass is enough, since a condition names earlier
 * questions only (the catalogue is refused otherwise).
 */
export function standingAnswers(item: CatalogueItem, answers: Answers): Answers {
  const standing: Record<string, string> = {};
  for (const situation of item.situations) {
    const answer = answers[situation.id];
    if (answer !== undefined && appliesTo(situation.when, standing)) standing[situation.id] = answer;
  }
  return standing;
}
