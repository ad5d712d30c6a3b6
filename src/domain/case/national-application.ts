import { z } from 'zod';
import { hallClock } from '../calendar/day.ts';
import type { CrossRegionChoice, Pledge } from '../item-details.ts';
import { serviceObjectCodes, handlingFormCodes, terminalHandlingForm } from '../codes/case-codes.ts';

const modeNames = {
  'all-online': '全程网办',
  'collect-and-forward': '异地代收代办',
  joint: '多地联办',
} as const satisfies Record<CrossRegionChoice['mode'], string>;
const filled = z.string().trim().min(1);
/** YYYYMMDDThhmmss, as GB/T 39046-2020 writes times. */
const compactTime = z.string().regex(/^\d{8}T\d{6}$/);
const creditCode = z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/);

/**
 * An application as it is registered with a platform of the national style: the content of the data set 办事申请 of
 * GB/T 39046-2020, its codes by Annex A, and where the rating interface has a name for a field (projectNo, taskCode, …
 * as public integrations print them) that name. Every field is there; what is not known is an empty string. The 办件编号 is
 * not among them: the platform gives it (统一赋码). The standard lets its data sets be extended (clause 4): queryCode,
 * homeAreaCode and crossRegionMode, certificateId, commitmentFlag, commitmentText, networkCheck and the materials of a part are such additions.
 */
export const nationalApplication = z.strictObject({
  /** The number it was handed in under; the same one is registered once. */
  applyNo: filled,
  /** What is on the receipt, to ask after it by. */
  queryCode: filled,
  /** 实施编码 */
  taskCode: z.string().length(31),
  taskName: filled,
  taskVersion: z.string().regex(/^[1-9]\d*$/),
  /** 服务对象, A.4 */
  serviceObject: z.string().regex(/^[1-6]$/),
  applicantName: filled,
  certNo: filled,
  /** 办理形式, A.5 */
  applyForm: z.string().regex(/^[1-49]$/),
  applyTime: compactTime,
  deptCode: creditCode,
  deptName: filled,
  /** 12 digits: that of the hall, filled up with zeros. */
  areaCode: z.string().regex(/^\d{12}$/),
  /** As areaCode, the region whose office decides where that is another one; else empty. */
  homeAreaCode: z.string().regex(/^(\d{12})?$/),
  /** How it is done from here then (国办发〔2020〕35号); else empty. */
  crossRegionMode: z.enum(['', ...Object.values(modeNames)]),
  /** JSON: the form, and the answers that decided what belongs to it. */
  formInfo: filled,
  /** PNG, base64 */
  signature: filled,
  materials: z.array(
    z.strictObject({
      materialCode: filled,
      materialName: filled,
      /** 电子证照标识 (GB/T 36904) of what stands for it; then there are no pages. */
      certificateId: z.string(),
      /** 1: a written commitment (告知承诺) stands for it. */
      commitmentFlag: z.enum(['0', '1']),
      /** What was committed to, as JSON. */
      commitmentText: z.string(),
      /** 网络核验 in its place: confirmed, or asked of its department, which answers later. */
      networkCheck: z.enum(['', 'confirmed', 'asked']),
      pages: z.array(z.strictObject({ pageId: filled, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
    }),
  ),
  /** 子办件 of an 一件事 */
  parts: z.array(
    z.strictObject({
      partCode: filled,
      partName: filled,
      deptName: filled,
      formInfo: filled,
      /** Which of the materials it needs. */
      materialCodes: z.array(filled),
    }),
  ),
});
export type NationalApplication = z.infer<typeof nationalApplication>;

/** What is handed in, as far as the national record has a place for it. */
export interface HandedInApplication {
  readonly provisionalNumber: string;
  readonly receiptCode: string;
  readonly hallCode: string;
  /** 实施编码, 31 characters: it begins with the credit code of the body that carries the item out. */
  readonly itemCode: string;
  readonly itemVersion: number;
  readonly itemName: string;
  readonly department: string;
  /** ISO 8601 with offset */
  readonly handedInAt: string;
  readonly applicant: { readonly name: string; readonly idNumber: string };
  readonly situations: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly materials: readonly {
    readonly id: string;
    readonly name: string;
    readonly pages: readonly { readonly id: string; readonly sha256: string }[];
    readonly certificate?: string | undefined;
    readonly commitment?: true | undefined;
    readonly pledge?: Pledge | undefined;
    readonly networkCheck?: 'confirmed' | 'asked' | undefined;
  }[];
  readonly crossRegion?: CrossRegionChoice | undefined;
  readonly signature: string;
  readonly parts: readonly {
    readonly code: string;
    readonly name: string;
    readonly department: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly materials: readonly string[];
  }[];
}

/** What a terminal hands in is of a natural person: the card was read there. */
export function applicationRecord(handedIn: HandedInApplication): Readonly<Record<keyof NationalApplication, unknown>> {
  return {
    applyNo: handedIn.provisionalNumber,
    queryCode: handedIn.receiptCode,
    taskCode: handedIn.itemCode,
    taskName: handedIn.itemName,
    taskVersion: String(handedIn.itemVersion),
    serviceObject: serviceObjectCodes.pairs.get('natural-person'),
    applicantName: handedIn.applicant.name,
    certNo: handedIn.applicant.idNumber,
    applyForm: handlingFormCodes.pairs.get(terminalHandlingForm),
    applyTime: compact(handedIn.handedInAt),
    deptCode: handedIn.itemCode.slice(0, 18),
    deptName: handedIn.department,
    areaCode: handedIn.hallCode.padEnd(12, '0'),
    homeAreaCode: handedIn.crossRegion?.homeRegion.padEnd(12, '0') ?? '',
    crossRegionMode: handedIn.crossRegion ? modeNames[handedIn.crossRegion.mode] : '',
    formInfo: JSON.stringify({ situations: handedIn.situations, fields: handedIn.fields }),
    signature: handedIn.signature,
    materials: handedIn.materials.map(
      ({ id, name, pages, certificate = '', commitment, pledge, networkCheck = '' }) => ({
        materialCode: id,
        materialName: name,
        certificateId: certificate,
        commitmentFlag: commitment ? '1' : '0',
        commitmentText: pledge ? JSON.stringify(pledge) : '',
        networkCheck,
        pages: pages.map((page) => ({ pageId: page.id, sha256: page.sha256 })),
      }),
    ),
    parts: handedIn.parts.map(({ code, name, department, fields, materials }) => ({
      partCode: code,
      partName: name,
      deptName: department,
      formInfo: JSON.stringify({ fields }),
      materialCodes: materials,
    })),
  };
}

function compact(instant: string): string {
  return hallClock(instant).replaceAll(/[-:]/g, '');
}

/** ISO 8601 with the hall's offset, of a time that GB/T 39046-2020 writes; undefined when it is none. */
export function readCompactTime(text: string): string | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`;
  return Number.isNaN(Date.parse(instant)) ? undefined : instant;
}
