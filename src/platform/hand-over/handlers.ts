import { implement } from '@orpc/server';
import { z } from 'zod';
import { handOverCalls } from '../../contract/office/hand-over.ts';
import type { Sql } from '../sql.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import type { Uploads } from '../uploads.ts';
import { unpack } from './package.ts';
import { mismatchedArrivals, noteMismatch, reportMismatch } from './mismatches.ts';
import { acknowledge, handOversOf, pack, readPackage, receive } from './records.ts';

const packed = z.object({ packageId: z.string(), manifestHash: z.string() });
const received = packed.extend({ officialNumber: z.string(), receivedAt: z.string() });

/** Where pages are, and what happens when a case and its pages came. */
export interface PageStore extends Pick<Uploads, 'put' | 'read'> {
  readonly arrived: (caseId: string) => Promise<void>;
}

export function handOverHandlers(deps: SubjectDeps, uploads: PageStore) {
  const { database, faults } = deps;
  const server = implement(handOverCalls).$context<CallContext>();

  async function images(sql: Sql, pages: readonly string[]): Promise<{ id: string; image: Buffer }[]> {
    const found = [];
    for (const id of pages) {
      const row = await sql.get<{ upload: string | null }>('SELECT upload FROM page WHERE id = $1', [id]);
      if (!row?.upload) throw new Error('a page that is said to be here has no upload');
      found.push({ id, image: await uploads.read(row.upload) });
    }
    return found;
  }

  return {
    pack: server.pack.handler((call) =>
      writeOnce(deps, 'hand-over-pack', call, packed, (sql, { officer: _by, ...what }, at) =>
        pack(sql, what, images, at),
      ),
    ),
    fetch: server.fetch.handler(async ({ input: { packageId }, errors, signal }) => {
      await faults.mayBegin(signal);
      const found = await readPackage(database, packageId, images);
      if (!found) throw errors.UNKNOWN_PACKAGE();
      return found;
    }),
    receive: server.receive.handler(async (call) => {
      const { officer, region, package: sent } = call.input.body;
      const { device } = call.context;
      if (device && device.kioskId !== officer.office) throw call.errors.OTHER_DEVICE();
      const unpacked = unpack(sent);
      if (!unpacked.ok) {
        await faults.mayBegin(call.signal);
        const { packageId, caseId } = sent.manifest;
        const part = unpacked.detail ?? unpacked.reason;
        await noteMismatch(database, { packageId, caseId, direction: 'in', part, at: deps.clock.now().toISOString() });
        throw call.errors.REFUSED({ data: { reason: unpacked.reason, detail: part } });
      }
      if (sent.manifest.to !== region) throw call.errors.REFUSED({ data: { reason: 'not-for-here' } });
      const answer = await writeOnce(deps, 'hand-over-receive', call, received, (sql, _body, at) =>
        receive(sql, sent, unpacked.value, at),
      );
      // Also when the case was taken in before: what ended the process then may have come before its pages.
      const { content, pages } = unpacked.value;
      for (const { id: material, pages: list } of content.materials)
        for (const { id, sha256 } of list) {
          const image = pages.get(id) ?? Buffer.alloc(0);
          const kept = await uploads.put({ id, caseId: content.id, material, sha256 }, image);
          if (!kept.ok) throw new Error(`a page that was checked is refused: ${kept.reason}`);
        }
      await uploads.arrived(content.id);
      return answer;
    }),
    acknowledge: server.acknowledge.handler((call) =>
      writeOnce(deps, 'hand-over-acknowledge', call, z.object({ acknowledgedAt: z.string() }), (sql, body, at) =>
        acknowledge(sql, body.acknowledgement, at),
      ),
    ),
    reportMismatch: server.reportMismatch.handler((call) =>
      writeOnce(deps, 'hand-over-mismatch', call, z.object({ reportedAt: z.string() }), reportMismatch),
    ),
    arrivals: server.arrivals.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return { mismatches: await mismatchedArrivals(database) };
    }),
    trail: server.trail.handler(async ({ input: { caseId }, signal }) => {
      await faults.mayBegin(signal);
      return { lines: await handOversOf(database, caseId) };
    }),
  };
}
