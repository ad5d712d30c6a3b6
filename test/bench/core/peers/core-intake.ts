import { join, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { parseKioskConfig } from '../../../../src/contract/config.ts';
import { AuditTrail } from '../../../../src/core/audit/audit-trail.ts';
import { CaseRecords } from '../../../../src/core/case/case-records.ts';
import { type FinishedApplication, handIn, type IntakeDeps } from '../../../../src/core/case/intake.ts';
import { loadCatalogue } from '../../../../src/core/catalogue/load-catalogue.ts';
import { Outbox } from '../../../../src/core/outbox/outbox.ts';
import { randomBytesInStock } from '../../../../src/core/random-bytes.ts';
import { KeyRing } from '../../../../src/core/store/key-ring.ts';
import { openStore } from '../../../../src/core/store/open-store.ts';
import { createTransact } from '../../../../src/core/store/transact.ts';
import { answerSituation, type ApplicationDraft, beginApplication } from '../../../../src/domain/application.ts';
import { benchKey, seniorAllowance, signaturePng } from '../../../fixtures/core-bench.ts';
import type { Contender } from './contender.ts';

const catalogueFolder = resolve(import.meta.dirname, '../../../../resources/catalogue');

const config = {
  kioskId: 'WL01',
  hall: { code: '990101', name: '望岭县政务服务中心', hours: '9:00-17:00', phone: '0990-12345' },
  platform: { url: 'http://127.0.0.1:9' },
  catalogue: catalogueFolder,
  devices: [],
};

const person: FinishedApplication['person'] = {
  kind: 'resident',
  name: '张示例',
  sex: '1',
  nation: '01',
  birth: '1950-01-01',
  address: '示例省望岭县文安路1号',
  idNumber: '990101195001010010',
  issuer: '望岭县公安局',
  validFrom: '2015-01-01',
  validTo: 'long-term',
  idNumberValid: true,
};

const answers = { applicant: 'self', 'age-band': '80-to-89', household: 'long-settled', payment: 'social-card' };
const typed = { phone: '13900000000', monthlyIncome: '1800', livesAlone: 'yes' };

/** What handing in adds rows to. */
export const writtenTables = ['case_record', 'outbox', 'audit'] as const;

export interface CoreIntake extends Contender {
  readonly database: Database;
}

/** Core's own intake over its own store: an application without pages, so one case, one outbox row and one audit row. */
export async function coreIntake(path: string): Promise<CoreIntake> {
  const { deps, database } = openDeps(path);
  const application = { draft: await finishedDraft(), person, signature: signaturePng() };
  return {
    database,
    commit(count) {
      for (let done = 0; done < count; done += 1) {
        const handedIn = handIn(deps, application);
        if (!handedIn.ok) throw new Error(handedIn.reason);
      }
    },
    close: () => void database.close(),
  };
}

function openDeps(path: string): { readonly deps: IntakeDeps; readonly database: Database } {
  const opened = openStore({ path, now: () => new Date() });
  if (!opened.ok) throw new Error(opened.reason);
  const parsed = parseKioskConfig(JSON.stringify(config));
  if (!parsed.ok) throw new Error(parsed.detail ?? parsed.reason);
  const { database } = opened.value;
  const bytes = randomBytesInStock();
  const keys = new KeyRing(benchKey, undefined, bytes);
  const audit = new AuditTrail(database, () => new Date());
  const deps: IntakeDeps = {
    clock: { now: () => new Date(), delay: () => Promise.reject(new Error('nothing waits here')) },
    random: { fraction: Math.random, bytes },
    log: () => undefined,
    config: parsed.value,
    transact: createTransact(database),
    cases: new CaseRecords(database),
    outbox: new Outbox(database, audit),
    seal: keys.sealFor('outbox'),
    audit,
    clockDrift: { mark: {} },
  };
  return { deps, database };
}

async function finishedDraft(): Promise<ApplicationDraft> {
  const catalogue = await loadCatalogue(join(catalogueFolder));
  if (!catalogue.ok) throw new Error(catalogue.detail ?? catalogue.reason);
  const item = catalogue.value.items.get(seniorAllowance);
  if (!item) throw new Error('the catalogue has no such item');
  let draft = beginApplication(item, person);
  for (const [question, option] of Object.entries(answers)) {
    const answered = answerSituation(draft, question, option);
    if (!answered.ok) throw new Error(answered.reason);
    draft = answered.value;
  }
  const values = Object.entries(typed).map(([name, value]) => [name, { value, source: 'person' as const }]);
  return { ...draft, values: { ...draft.values, ...Object.fromEntries(values) } };
}
