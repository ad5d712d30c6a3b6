import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { noPostgres, startPostgres } from '../fixtures/postgres.ts';
import { compare, compareNumbers, noDoubt } from './hall/ledger.ts';
import { Kiosk } from './hall/kiosk.ts';
import { PlatformProcess } from './hall/platform.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told } from './hall/visit.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';

const KIOSKS = 3;
const VISITS: Readonly<Record<Round['form'], number>> = { short: 4, long: 20 };
const LOOK_EVERY_MS = 20;

export const fleet: Scenario = {
  name: 'fleet',
  shows: {
    short:
      'kiosks that drain through two platform processes on PostgreSQL, of which one is killed: everything once, numbers without gap',
    long: 'kiosks that drain sixty cases through two platform processes on PostgreSQL, of which one is killed: everything once, numbers without gap',
  },
  rounds: { short: 1, long: 5 },
  cannotRun: noPostgres,
  run: play,
};

async function play(round: Round): Promise<RoundReport> {
  const { folder, random, form } = round;
  const postgres = await startPostgres();
  round.onEnd(() => postgres.close());
  const databaseUrl = await postgres.createDatabase();
  const uploads = join(folder, 'platform');
  const platforms = [new PlatformProcess(uploads, databaseUrl), new PlatformProcess(uploads, databaseUrl)] as const;
  const [one, two] = await Promise.all(platforms.map((platform) => platform.start()));
  if (!one || !two) throw new Error('two were started');
  round.onEnd(async () => {
    await Promise.all([one.stop(), two.stop()]);
  });
  const balancer = await openBalancer([one.port, two.port]);
  round.onEnd(() => balancer.close());

  const told: Told[] = [];
  const kiosks: Kiosk[] = [];
  for (let n = 0; n < KIOSKS; n += 1) {
    const options = { folder: join(folder, `kiosk-${n}`), platformUrl: balancer.url, kioskId: `WL0${n + 1}` };
    const kiosk = await Kiosk.start(options);
    kiosks.push(kiosk);
    round.onEnd(() => kiosk.kill());
    await kiosk.settled();
    for (let visit = 0; visit < VISITS[form]; visit += 1) {
      const case_ = await handIn(kiosk, somePapers(random));
      await rate(kiosk, case_, someLevel(random));
      await leave(kiosk);
      told.push(case_);
    }
  }
  balancer.open = true;
  // Somewhere in the middle of it.
  const enough = 1 + random.below(told.length - 1);
  while ((await two.received()).cases.length < enough) await pause(LOOK_EVERY_MS);
  await one.kill();
  await Promise.all(kiosks.map((kiosk) => kiosk.until(({ waiting }) => waiting === 0)));

  const arrived = await two.received();
  const complaints = compare(told, arrived, noDoubt);
  for (const [n, kiosk] of kiosks.entries()) {
    const own = { ...arrived, cases: arrived.cases.filter(({ kioskId }) => kioskId === `WL0${n + 1}`) };
    complaints.push(...(await compareNumbers(kiosk, own)));
    const { needsStaff } = await kiosk.alive(kiosk.core.system.status());
    if (needsStaff > 0) complaints.push(`${needsStaff} records need staff`);
    await kiosk.stop();
  }
  const serials = arrived.cases.map(({ officialNumber }) => Number(officialNumber.slice(-5))).toSorted((a, b) => a - b);
  if (serials.some((serial, index) => serial !== index + 1)) complaints.push('official numbers have a gap');
  return { counts: { cases: arrived.cases.length, replays: arrived.replays, 'before the kill': enough }, complaints };
}

interface Balancer {
  readonly url: string;
  /** While it is not, no connection comes about. */
  open: boolean;
  close(): Promise<void>;
}

/** Each connection goes to the next of the processes, or to the other one when that is not there. */
async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  let turn = 0;
  const server = createServer((kiosk) => {
    keep(kiosk);
    kiosk.on('error', () => kiosk.destroy());
    if (balancer.open) join_(kiosk, ports.length);
    else kiosk.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const balancer: Balancer = {
    url: `http://127.0.0.1:${port}`,
    open: false,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return balancer;

  function join_(kiosk: Socket, tries: number): void {
    turn += 1;
    const platform = connect(ports[turn % ports.length] ?? 0, '127.0.0.1');
    keep(platform);
    platform.on('error', () => {
      if (platform.connecting || tries <= 1 || platform.bytesRead > 0) kiosk.destroy();
      else join_(kiosk, tries - 1);
    });
    platform.once('connect', () => {
      kiosk.pipe(platform);
      platform.pipe(kiosk);
      platform.on('close', () => kiosk.destroy());
      kiosk.on('close', () => platform.destroy());
    });
  }
}
