/**
 * What is said between the host and the SAM of an identity card reader (GA/T 467-2019, chapter 7), inside the frames of
 * `protocol.ts`: a command's body is CMD PARA and sometimes one byte of data, a reply's body SW1 SW2 SW3 and data.
 */

const plain = {
  reset: [0x10, 0xff],
  /** Self-test of the SAM. */
  status: [0x11, 0xff],
  samId: [0x12, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  readText: [0x30, 0x01],
  /** Address that was written to the card after it was made. */
  readNewestAddress: [0x30, 0x03],
  readManagementNumber: [0x30, 0x05],
  readFingerprints: [0x30, 0x10],
} as const;
const setBaud = 0x60;
const setMaxRf = [0x61, 0xff] as const;

/** Line speeds that a SAM knows, in the order of their parameter byte. */
export const samBaudRates = [115_200, 57_600, 38_400, 19_200, 9_600] as const;
type SamBaudRate = (typeof samBaudRates)[number];

export type PlainCommand = keyof typeof plain;
export type Command =
  | PlainCommand
  /** Answered at the old speed, then the SAM changes over. */
  | { readonly setBaud: SamBaudRate }
  /** The most bytes of one radio message to a card. */
  | { readonly setMaxRf: number };

/** SW3, the only status byte that decides: SW1 and SW2 repeat the card's own answer in some failures. */
export const status = {
  success: 0x90,
  found: 0x9f,
  notOnCard: 0x91,
  badChecksum: 0x10,
  badLength: 0x11,
  unknownCommand: 0x21,
  beyondAuthority: 0x23,
  unrecognisedError: 0x24,
  cardRefusesSam: 0x31,
  samRefusesCard: 0x32,
  informationRefused: 0x33,
  fingerprintRefused: 0x37,
  informationLength: 0x3f,
  cardTypeUnknown: 0x40,
  readFailed: 0x41,
  noRandomNumber: 0x47,
  selfTestFailed: 0x60,
  notAuthorised: 0x66,
  noCard: 0x80,
  selectFailed: 0x81,
} as const;
type StatusName = keyof typeof status;

export interface Reply {
  readonly sw1: number;
  readonly sw2: number;
  readonly sw3: number;
  readonly data: Uint8Array;
}

export function commandBody(command: Command): Uint8Array {
  if (typeof command === 'string') return Uint8Array.from(plain[command]);
  if ('setBaud' in command) return Uint8Array.of(setBaud, samBaudRates.indexOf(command.setBaud));
  return Uint8Array.of(...setMaxRf, command.setMaxRf);
}

/** The command that a request's body is, or nothing for one that no SAM knows. */
export function readCommand(body: Uint8Array): Command | undefined {
  const [command, parameter, data] = body;
  if (body.length === 3 && command === setMaxRf[0] && parameter === setMaxRf[1] && data !== undefined) {
    return { setMaxRf: data };
  }
  if (body.length !== 2 || parameter === undefined) return undefined;
  if (command === setBaud) {
    const baudRate = samBaudRates[parameter];
    return baudRate && { setBaud: baudRate };
  }
  const names = Object.keys(plain) as PlainCommand[];
  return names.find((name) => plain[name][0] === command && plain[name][1] === parameter);
}

export function replyBody(sw3: number, data: Uint8Array = new Uint8Array(), sw1 = 0, sw2 = 0): Uint8Array {
  const body = new Uint8Array(3 + data.length);
  body.set([sw1, sw2, sw3]);
  body.set(data, 3);
  return body;
}

/** Nothing when the body is too short for the three status bytes. */
export function readReply(body: Uint8Array): Reply | undefined {
  const [sw1, sw2, sw3] = body;
  if (sw1 === undefined || sw2 === undefined || sw3 === undefined) return undefined;
  return { sw1, sw2, sw3, data: body.subarray(3) };
}

/** For people who look after readers. */
export function statusName(sw3: number): string {
  const names = Object.keys(status) as StatusName[];
  const found = names.find((name) => status[name] === sw3);
  return found ? found.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : `status-${sw3.toString(16)}`;
}

/** The head of an answer with a card's text is longer than any other answer, whose longest is an address of 70 bytes. */
const LONGEST_SHORT_DATA = 100;
export const SAM_ID_BYTES = 16;
/** 35 characters, as in the card's text. */
export const ADDRESS_BYTES = 70;

const failuresOfCards: readonly number[] = [
  status.cardTypeUnknown,
  status.readFailed,
  status.noRandomNumber,
  status.noCard,
  status.selectFailed,
];

/**
 * Replies do not name their command, so what cannot be the answer to this one is a late answer to a question given up. A complaint
 * about a broken command is about what the cable cut off when it was pulled: the command behind it is answered next.
 */
export function isAnswerTo(command: Command, { sw3, data }: Reply): boolean {
  switch (sw3) {
    case status.badChecksum:
    case status.badLength:
      return false;
    case status.found:
      return command === 'find';
    case status.success:
      return fits(command, data.length);
    case status.notOnCard:
      return about(command) === 'item';
    default:
      return about(command) !== 'reader' || !failuresOfCards.includes(sw3);
  }
}

/** Whether a successful answer to the command may have so much data. */
function fits(command: Command, bytes: number): boolean {
  switch (command) {
    case 'find':
      return false;
    case 'readText':
    case 'readFingerprints':
      return bytes >= LONGEST_SHORT_DATA;
    case 'samId':
      return bytes === SAM_ID_BYTES;
    case 'readNewestAddress':
      return bytes === ADDRESS_BYTES;
    case 'readManagementNumber':
      return bytes > 0 && bytes < LONGEST_SHORT_DATA;
    default:
      return bytes < SAM_ID_BYTES;
  }
}

/** `item`: something that not every card has. */
function about(command: Command): 'reader' | 'card' | 'item' {
  switch (command) {
    case 'find':
    case 'select':
    case 'readText':
      return 'card';
    case 'readNewestAddress':
    case 'readManagementNumber':
    case 'readFingerprints':
      return 'item';
    default:
      return 'reader';
  }
}
