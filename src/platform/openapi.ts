import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  announcedPage,
  caseSubmission,
  deviceEventSubmission,
  platformApi,
  ratingSubmission,
  UPLOAD_PATH,
} from '../contract/platform-api.ts';
import { selfTestReport } from '../contract/self-test.ts';

/** The text of docs/openapi.json, and of `/openapi.json` of a running platform, as the contract wants it. */
export async function generateOpenApi(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(platformApi, {
    info: {
      title: 'Hall kiosk platform API',
      version: '1.0.0',
      description:
        'What a kiosk sends to and asks of the central platform. Scanned pages come as JPEG in resumable uploads, by ' +
        `tus 1.0 (creation, expiration) at ${UPLOAD_PATH}: the metadata are those of AnnouncedPage. Refusals have the ` +
        'form of the errors below: 404 UNKNOWN_CASE, 400 BAD_REQUEST, 400 REFUSED with page-not-announced or hash-mismatch.',
    },
    commonSchemas: {
      CaseSubmission: { schema: caseSubmission },
      AnnouncedPage: { schema: announcedPage },
      RatingSubmission: { schema: ratingSubmission },
      DeviceEventSubmission: { schema: deviceEventSubmission },
      SelfTestReport: { schema: selfTestReport },
      UndefinedError: { error: 'UndefinedError' },
    },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
