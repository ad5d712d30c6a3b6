import { randomUUID } from 'node:crypto';
import type { CaseReceipt, CaseSubmission } from '../../contract/platform-api.ts';
import { contentHash } from '../content-hash.ts';
import { publishedItem } from '../published-item.ts';
import type { Transaction } from '../sql.ts';
import { superviseArrival } from '../supervision/step-records.ts';

/** 实施编码 begin with the credit code of the department (GB/T 39046). */
export function officeOf(itemCode: string): string {
  return itemCode.slice(0, 18);
}

/**
 * Makes a case of each part of an 一件事, in the transaction that takes the whole in: with a number of its own, for its own
 * department, with the fields and materials that it names and nothing else of the form. The pages stay with the whole,
 * which announced them; what was signed is the whole.
 */
export async function addParts(
  sql: Transaction,
  whole: CaseSubmission,
  { partNumbers, receivedAt }: CaseReceipt,
  at: Date,
): Promise<void> {
  for (const [position, { code, name, department, fields, materials: named }] of whole.parts.entries()) {
    const [id, officialNumber] = [randomUUID(), partNumbers[position]];
    if (officialNumber === undefined) throw new Error('each part has a number');
    const materials = whole.materials.filter((material) => named.includes(material.id));
    const part: CaseSubmission = {
      ...whole,
      id,
      receiptCode: officialNumber,
      itemCode: code,
      // The limits of the part are those of its item as it is published now; the person saw the whole.
      itemVersion: (await publishedItem(sql, code))?.version ?? whole.itemVersion,
      itemName: name,
      department,
      situations: {},
      fields,
      materials,
      signature: '',
      parts: [],
    };
    const office = officeOf(code);
    await sql.run(
      `INSERT INTO case_record (id, provisional_number, receipt_code, official_number, content, content_hash, received_at,
         kiosk_id, item_code, office, parent_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        officialNumber,
        officialNumber,
        officialNumber,
        JSON.stringify(part),
        contentHash(part),
        receivedAt,
        whole.kioskId,
        code,
        office,
        whole.id,
      ],
    );
    await sql.run('INSERT INTO case_number (number, case_id) VALUES ($1, $2)', [officialNumber, id]);
    await sharePages(sql, id, materials);
    await superviseArrival(sql, part, { officialNumber, office, at });
  }
}

/** The pages of the whole that a part needs. Call it when they are announced. */
export async function sharePages(
  sql: Transaction,
  partId: string,
  materials: readonly { readonly pages: readonly { readonly id: string }[] }[],
): Promise<void> {
  for (const { id } of materials.flatMap(({ pages }) => pages))
    await sql.run('INSERT INTO part_page (case_id, page_id) VALUES ($1, $2)', [partId, id]);
}
