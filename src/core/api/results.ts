import { createHash } from 'node:crypto';
import type { CoreRoom } from '../room.ts';
import type { Outcome } from '../sync/outcome.ts';
import { inService, type Base } from './base.ts';

export function resultRoutes({ results: os }: Base, room: CoreRoom) {
  return {
    list: os.list.handler(async ({ input: { before }, errors, signal }) => {
      const { platform, config } = inService(room, errors);
      const ask = { kioskId: config.kioskId, hallCode: config.hall.code, ...(before !== undefined && { before }) };
      return answered(await platform.publicResults(ask, signal), errors);
    }),
    check: os.check.handler(async ({ input: { document, file }, errors, signal }) => {
      const { platform, config } = inService(room, errors);
      const sha256 = createHash('sha256').update(Buffer.from(file, 'base64')).digest('hex');
      return answered(await platform.checkDocument({ kioskId: config.kioskId, document, sha256 }, signal), errors);
    }),
  };
}

function answered<T>(outcome: Outcome<T>, errors: { PLATFORM_UNREACHABLE(): Error }): T {
  if (outcome.kind === 'done') return outcome.value;
  throw errors.PLATFORM_UNREACHABLE();
}
