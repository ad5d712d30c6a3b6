import { describe, expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { isAnswerTo, readCommand, readReply, samBaudRates, status, statusName } from './commands.ts';
import { encodeCommand, encodeReply, FrameDecoder } from './protocol.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const bodyOf = (frame: Uint8Array): Uint8Array => {
  const [found] = new FrameDecoder().push(frame);
  return found?.kind === 'frame' ? found.body : expect.unreachable();
};

const requests: readonly (readonly [Command, string])[] = [
  ['reset', 'AA AA AA 96 69 00 03 10 FF EC'],
  ['status', 'AA AA AA 96 69 00 03 11 FF ED'],
  ['samId', 'AA AA AA 96 69 00 03 12 FF EE'],
  ['find', 'AA AA AA 96 69 00 03 20 01 22'],
  ['select', 'AA AA AA 96 69 00 03 20 02 21'],
  ['readText', 'AA AA AA 96 69 00 03 30 01 32'],
  ['readFingerprints', 'AA AA AA 96 69 00 03 30 10 23'],
  ['readNewestAddress', 'AA AA AA 96 69 00 03 30 03 30'],
  ['readManagementNumber', 'AA AA AA 96 69 00 03 30 05 36'],
  [{ setMaxRf: 80 }, 'AA AA AA 96 69 00 04 61 FF 50 CA'],
  [{ setBaud: 115_200 }, 'AA AA AA 96 69 00 03 60 00 63'],
  [{ setBaud: 57_600 }, 'AA AA AA 96 69 00 03 60 01 62'],
  [{ setBaud: 38_400 }, 'AA AA AA 96 69 00 03 60 02 61'],
  [{ setBaud: 19_200 }, 'AA AA AA 96 69 00 03 60 03 60'],
  [{ setBaud: 9_600 }, 'AA AA AA 96 69 00 03 60 04 67'],
];

describe('published requests', () => {
  test.each(requests)('%j', (command, frame) => {
    expect(hex(encodeCommand(command))).toBe(hex(bytes(frame)));
    expect(readCommand(bodyOf(bytes(frame)))).toEqual(command);
  });

  test.each(['', '11', '11 fe', '11 ff 00', '60 05', '61 ff', '61 fe 50', '62 ff 50', '61 ff 50 00'])(
    'the body %s is none',
    (body) => expect(readCommand(bytes(body))).toBeUndefined(),
  );
});

describe('published replies', () => {
  test.each([
    ['success', '00 04 00 00 90 94', { sw3: status.success, data: '' }],
    ['card found', '00 08 00 00 9F 00 00 00 00 97', { sw3: status.found, data: '00000000' }],
    ['card selected', '00 0C 00 00 90 00 00 00 00 00 00 00 00 9C', { sw3: status.success, data: '0000000000000000' }],
    ['no card', '00 04 00 00 80 84', { sw3: status.noCard, data: '' }],
    ['select failed', '00 04 00 00 81 85', { sw3: status.selectFailed, data: '' }],
    ['read failed', '00 04 00 00 41 45', { sw3: status.readFailed, data: '' }],
    ['no content', '00 04 00 00 91 95', { sw3: status.notOnCard, data: '' }],
    ['checksum error', '00 04 00 00 10 14', { sw3: status.badChecksum, data: '' }],
    ['length error', '00 04 00 00 11 15', { sw3: status.badLength, data: '' }],
    ['unknown command', '00 04 00 00 21 25', { sw3: status.unknownCommand, data: '' }],
  ])('%s', (_, tail, expected) => {
    const frame = bytes(`AA AA AA 96 69 ${tail}`);
    const reply = readReply(bodyOf(frame));
    expect(reply && { sw3: reply.sw3, data: hex(reply.data) }).toEqual(expected);
    expect(hex(encodeReply(expected.sw3, bytes(expected.data)))).toBe(hex(frame));
  });

  test('the bytes before SW3 are kept and decide nothing', () => {
    const reply = readReply(bodyOf(encodeReply(status.readFailed, undefined, 0x69, 0x85)));
    expect(reply).toMatchObject({ sw1: 0x69, sw2: 0x85, sw3: status.readFailed });
    expect(readReply(bytes('00 00'))).toBeUndefined();
  });
});

test('every status word has a name, also one that nobody knows', () => {
  expect(Object.values(status).map(statusName)).toEqual(
    expect.arrayContaining(['success', 'not-on-card', 'card-refuses-sam', 'not-authorised', 'self-test-failed']),
  );
  expect(new Set(Object.values(status)).size).toBe(20);
  expect(statusName(0x99)).toBe('status-99');
});

describe('what may be the answer to a question', () => {
  const answers = (command: Command, sw3: number, size = 0): boolean =>
    isAnswerTo(command, { sw1: 0, sw2: 0, sw3, data: new Uint8Array(size) });
  const commands = requests.map(([command]) => command);
  const takers = (sw3: number, size = 0): Command[] => commands.filter((command) => answers(command, sw3, size));
  const settings = [{ setMaxRf: 80 }, ...samBaudRates.map((setBaud) => ({ setBaud }))];

  test('a complaint about a broken command is none', () => {
    expect([...takers(status.badChecksum), ...takers(status.badLength)]).toEqual([]);
  });

  test('a success by what comes with it', () => {
    expect(takers(status.found, 4)).toEqual(['find']);
    expect(takers(status.success)).toEqual(['reset', 'status', 'select', ...settings]);
    expect(takers(status.success, 8)).toEqual(['reset', 'status', 'select', 'readManagementNumber', ...settings]);
    expect(takers(status.success, 16)).toEqual(['samId', 'readManagementNumber']);
    expect(takers(status.success, 70)).toEqual(['readNewestAddress', 'readManagementNumber']);
    expect(takers(status.success, 1_284)).toEqual(['readText', 'readFingerprints']);
  });

  test('a failure of a card only where a card was asked, a missing item only where one was', () => {
    const items = ['readFingerprints', 'readNewestAddress', 'readManagementNumber'];
    expect(takers(status.notOnCard)).toEqual(items);
    expect(takers(status.noCard)).toEqual(['find', 'select', 'readText', ...items]);
    expect(takers(status.notAuthorised)).toEqual(commands);
  });
});
