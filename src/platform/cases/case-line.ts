import type { CaseLine } from '../../contract/office/cases.ts';
import { waitsFor } from '../../domain/case/states.ts';
import { caseDeadline } from '../../domain/limits/case-deadline.ts';
import type { Deadline } from '../../domain/limits/deadline.ts';
import { warningColour } from '../../domain/limits/warning.ts';
import { maskName } from '../../domain/masking.ts';
import type { Sql } from '../sql.ts';
import type { CaseFile } from './case-file.ts';
import { readItem } from './case-item.ts';
import { officeTime } from '../office-time.ts';

/**
 * By when the step that a case is at has to be done; nothing when none runs, or its item was never published here. An 一件事
 * has none beside those of its parts.
 */
export async function deadlineOfCase(
  sql: Sql,
  { content, trail, isComposite }: CaseFile,
): Promise<Deadline | undefined> {
  if (isComposite) return undefined;
  const item = await readItem(sql, content.itemCode, content.itemVersion);
  return item && caseDeadline(officeTime, trail, item.guide.limits.promised);
}

/** A case as a department's list has it. */
export async function lineOf(sql: Sql, file: CaseFile, now: Date): Promise<CaseLine> {
  const { id, officialNumber, receivedAt, pagesMissing, content, trail } = file;
  const deadline = await deadlineOfCase(sql, file);
  return {
    caseId: id,
    officialNumber,
    itemCode: content.itemCode,
    itemName: content.itemName,
    applicant: maskName(content.applicant.name),
    receivedAt,
    state: trail.state,
    waitsFor: waitsFor(trail.state),
    pagesMissing,
    ...(deadline?.state === 'due' && { dueDay: deadline.day }),
    ...(deadline && { warning: warningColour(officeTime, deadline, now.toISOString()) }),
  };
}
