import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { ORPCError } from '@orpc/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../contract/log.ts';
import { OFFICE_PATH } from '../contract/office/office-api.ts';
import { TOKEN_PATH } from '../contract/platform-api.ts';
import { type Device, type Devices, fingerprintOf } from './devices.ts';
import { sendError } from './errors.ts';
import type { Tokens } from './tokens.ts';

/** Lets in known kiosks and offices only, each to its own calls, by their certificate and then by a token for it. */
export interface Guard {
  /** Before anything of a request is looked at. A connection whose certificate is not let in just ends, without a word. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** The kiosk or office behind a request that was admitted. */
  deviceOf(request: IncomingMessage): Device | undefined;
}

export function createGuard(devices: Devices, tokens: Tokens, log: EventLog): Guard {
  const admitted = new WeakMap<IncomingMessage, Device>();
  return {
    async admit(request, reply) {
      const device = await findDevice(request.raw, devices);
      if (!device) {
        log('platform.refused', { call: 'connection', code: 'UNKNOWN_DEVICE' });
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      }
      admitted.set(request.raw, device);
      if (request.url === TOKEN_PATH) return undefined;
      const wanted = request.url.startsWith(`${OFFICE_PATH}/`) ? 'office' : 'kiosk';
      if (device.role !== wanted) return sendError(reply, new ORPCError('FORBIDDEN'));
      const [, token = ''] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? [];
      const holder = tokens.read(token);
      if (holder?.fingerprint === device.fingerprint) return undefined;
      return sendError(reply.header('www-authenticate', 'Bearer'), new ORPCError('UNAUTHORIZED'));
    },
    deviceOf: (request) => admitted.get(request),
  };
}

async function findDevice(request: IncomingMessage, devices: Devices): Promise<Device | undefined> {
  const { socket } = request;
  const certificate = socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined;
  return certificate && devices.find(fingerprintOf(certificate));
}
