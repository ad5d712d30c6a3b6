import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  caseSubmission,
  deviceEventSubmission,
  platformApi,
  ratingSubmission,
  scanSubmission,
  UPLOAD_PATH,
} from '../contract/platform-api.ts';
import { queueLeaseRequest, queueTicketSubmission } from '../contract/queue-records.ts';
import { selfTestReport } from '../contract/self-test.ts';

/** The text of docs/openapi.json, and of `/openapi.json` of a running platform, as the contract wants it. */
export async function generateOpenApi(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(platformApi, {
    info: {
      title: 'Hall kiosk platform API',
      version: '1.0.0',
      description:
        'What a kiosk sends to and asks of the central platform. Scanned pages may also come as JPEG in resumable ' +
        `uploads, by tus 1.0 (creation, expiration) at ${UPLOAD_PATH}: the metadata are id, caseId, material and sha256 ` +
        'of an announced page; refusals are those of submitScan.',
    },
    commonSchemas: {
      CaseSubmission: { schema: caseSubmission },
      ScanSubmission: { schema: scanSubmission },
      RatingSubmission: { schema: ratingSubmission },
      DeviceEventSubmission: { schema: deviceEventSubmission },
      SelfTestReport: { schema: selfTestReport },
      QueueLeaseRequest: { schema: queueLeaseRequest },
      QueueTicketSubmission: { schema: queueTicketSubmission },
      UndefinedError: { error: 'UndefinedError' },
    },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
