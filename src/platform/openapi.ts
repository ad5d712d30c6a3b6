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
import {
  CONTRACT_VERSION,
  OWN_VERSIONS,
  VERSION_HEADER,
  VERSIONS_HEADER,
  writeVersions,
} from '../contract/contract-version.ts';
import { officeApi } from '../contract/office/office-api.ts';
import { queueLeaseRequest, queueTicketSubmission } from '../contract/queue-records.ts';
import { selfTestReport } from '../contract/self-test.ts';

const schemaConverters = [new ZodToJsonSchemaConverter()];

/** The text of docs/openapi.json, and of `/openapi.json` of a running platform, as the contract wants it. */
export async function generateOpenApi(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters });
  const document = await generator.generate(platformApi, {
    info: {
      title: 'Hall kiosk platform API',
      version: `${CONTRACT_VERSION}.0.0`,
      description:
        'What a kiosk sends to and asks of the central platform. Scanned pages come as JPEG in resumable uploads, by ' +
        `tus 1.0 (creation, expiration) at ${UPLOAD_PATH}: the metadata are those of AnnouncedPage. Refusals have the ` +
        'form of the errors below: 404 UNKNOWN_CASE, 400 BAD_REQUEST, 400 REFUSED with page-not-announced or hash-mismatch. ' +
        `A request says its version of this contract in ${VERSION_HEADER}; every answer says in ${VERSIONS_HEADER}, as in ` +
        `${writeVersions(OWN_VERSIONS)}, from which to which version the platform speaks, and a request in another one is ` +
        'refused with 400 VERSION_NOT_SPOKEN. Answers may have further fields, and further words where there are several.',
    },
    commonSchemas: {
      CaseSubmission: { schema: caseSubmission },
      AnnouncedPage: { schema: announcedPage },
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

/** The text of docs/office-openapi.json, and of `/office/openapi.json` of a running platform. */
export async function generateOfficeOpenApi(): Promise<string> {
  const document = await new OpenAPIGenerator({ schemaConverters }).generate(officeApi, {
    info: {
      title: 'Hall platform API for offices',
      version: `${CONTRACT_VERSION}.0.0`,
      description:
        'What departments, windows and those who answer complaints say to the central platform. Over TLS it takes the ' +
        "certificate of an office, and a token as the kiosks' calls do.",
    },
    commonSchemas: { UndefinedError: { error: 'UndefinedError' } },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
