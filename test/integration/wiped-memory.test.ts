import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HallSimulators } from '../../scripts/hall/simulators.ts';
import type { CoreApi } from '../../src/contract/core-api.ts';
import { joinPorts } from '../../src/contract/process-link.ts';
import { hiddenWords, phone } from '../drive/people.ts';
import { jpegWith, makeFolder, removeFolder, signaturePng, writeConfig } from '../fixtures/core-bench.ts';
import { RoomProcesses, type RoomProcess } from './support/room-process.ts';

const reader = { id: 'reader', driver: 'sam-reader', profile: 'serial-115200' };
const seniorAllowance = '11990101MB000001934990500001000';

let folder: string;
let simulators: HallSimulators;
let rooms: RoomProcesses;
beforeEach(async () => {
  folder = makeFolder();
  rooms = new RoomProcesses(folder);
  simulators = await HallSimulators.open(join(folder, 'ports'), [{ ...reader, baudRate: 115_200 }], () => undefined);
});
afterEach(async () => {
  await rooms.stop();
  await simulators.close();
  removeFolder(folder);
});

interface Room extends RoomProcess {
  /** Where it leaves its snapshots. */
  readonly snapshots: string;
}

async function startRoom(room: 'core' | 'devices', configPath: string): Promise<Room> {
  const snapshots = join(folder, `${room}-snapshots`);
  mkdirSync(snapshots);
  const snapshotting = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${snapshots}`];
  return { ...(await rooms.start(room, configPath, snapshotting)), snapshots };
}

/** The secrets that live in a process, each as often as it does: writing a snapshot collects garbage first. */
async function secretsIn({ child, snapshots }: Room): Promise<readonly string[]> {
  const before = readdirSync(snapshots).length;
  child.kill('SIGUSR2');
  await expect.poll(() => snapshotAfter(snapshots, before), { interval: 200 }).toBeDefined();
  const living = snapshotAfter(snapshots, before) ?? [];
  return living.flatMap((text) => secrets.filter((word) => text.replaceAll(/\s/g, '').includes(word)));
}

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[] } };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** The text of every object on the heap that has one; what V8 calls the name of a string is the string. */
function snapshotAfter(folderOfIt: string, before: number): readonly string[] | undefined {
  const name = readdirSync(folderOfIt).toSorted()[before];
  if (name === undefined) return undefined;
  const text = readFileSync(join(folderOfIt, name), 'utf8');
  // Written as a stream: whole only with its last bracket.
  if (!text.trimEnd().endsWith(']}')) return undefined;
  const { snapshot, nodes, strings }: Snapshot = JSON.parse(text);
  const fields = snapshot.meta.node_fields;
  const at = fields.indexOf('name');
  return nodes.flatMap((value, index) => (index % fields.length === at ? [strings[value] ?? ''] : []));
}

const secrets = [...hiddenWords('zhang'), phone];

it('[S-03] once a visit has ended, neither core nor the devices hold anything of the person in memory', async () => {
  const path = simulators.ports.get('reader');
  const link = { kind: 'serial', path, baudRate: 115_200 };
  const configPath = writeConfig(folder, 'http://127.0.0.1:9', [{ ...reader, class: 'id-reader', link }]);
  const core = await startRoom('core', configPath);
  const devices = await startRoom('devices', configPath);
  joinPorts(core.link.openPort('devices'), devices.link.openPort('core'));
  const port = core.link.openPort('page');
  const kiosk: ContractRouterClient<CoreApi> = createORPCClient(new RPCLink({ port }));
  port.start();
  for await (const { services } of await kiosk.system.watchStatus())
    if (services.some(({ service, available }) => service === 'apply' && available)) break;

  // The simulated cards, which the drivers bring along; this reader has its own elsewhere.
  const brought = await secretsIn(devices);
  await kiosk.session.start({ locale: 'zh-CN' });
  await kiosk.session.consent();
  const card = await kiosk.session.watchCard();
  await simulators.act('reader', { card: 'zhang' });
  for await (const event of card) if (event.kind === 'failed') throw new Error(event.reason);
  await kiosk.application.begin({ code: seniorAllowance });
  const answers = { applicant: 'self', 'age-band': '80-to-89', household: 'long-settled', payment: 'social-card' };
  for (const [question, option] of Object.entries(answers))
    await kiosk.application.answerSituation({ question, option });
  for (const [name, value] of Object.entries({ phone, monthlyIncome: '1850', livesAlone: 'yes' }))
    await kiosk.application.setField({ name, value });
  await kiosk.application.addPage({ material: 'M-HOUSEHOLD-BOOK', image: jpegWith('户口簿') });
  await kiosk.application.sign({ image: signaturePng() });
  // The search finds what is there: while the visit goes on, core knows the person.
  expect(await secretsIn(core)).toEqual(expect.arrayContaining([phone, '990101198803092111']));

  await kiosk.application.submit();
  await kiosk.session.end({ cause: 'finished' });
  expect(await secretsIn(core)).toEqual([]);
  expect((await secretsIn(devices)).toSorted()).toEqual(brought.toSorted());
});
