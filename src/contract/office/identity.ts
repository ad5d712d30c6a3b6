import { z } from 'zod';
import { mobilePhone, namedPerson } from '../identity-calls.ts';
import { officeHeaders, officer, officeWrite } from './office-call.ts';

const codeRefusals = ['number-malformed'] as const;
export const issuedCode = z.object({ code: z.string(), expiresAt: z.iso.datetime({ offset: true }) });

/** For the services that reach people's telephones: the province's app, and whoever sends text messages. */
export const identityOfficeCalls = {
  issueCode: officeWrite(codeRefusals)
    .route({
      method: 'POST',
      path: '/identity/codes',
      summary: 'A code with which somebody says who they are at a kiosk, good once and for minutes',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({
          officer,
          to: z.discriminatedUnion('via', [
            /** An account that was registered under a real name. */
            z.strictObject({ via: z.literal('app'), person: namedPerson }),
            /** Whoever has that telephone. A later code takes the place of an earlier one. */
            z.strictObject({ via: z.literal('sms'), phone: mobilePhone }),
          ]),
        }),
      }),
    )
    .output(issuedCode),
};
