import { expect, test } from 'vitest';
import type { MachineTestResult, SelfTestResult } from '../../contract/self-test.ts';
import { readinessHtml, readinessText } from './report.ts';

const results: readonly SelfTestResult[] = [
  {
    device: 'printer',
    class: 'ticket-printer',
    driver: 'escpos-printer',
    startedAt: '2026-11-22T00:30:00.000Z',
    endedAt: '2026-11-22T00:30:02.000Z',
    attended: false,
    verdict: 'failed',
    reason: 'paper-out',
    steps: [
      { step: 'line', outcome: 'passed' },
      { step: 'answer', outcome: 'failed', reason: 'paper-out' },
    ],
  },
  {
    device: 'lamps<b>',
    class: 'cue-lamps',
    driver: 'slot-lamp',
    startedAt: '2026-11-22T00:30:00.000Z',
    endedAt: '2026-11-22T00:30:01.000Z',
    attended: false,
    verdict: 'passed',
    steps: [{ step: 'lamp', subject: 'card', outcome: 'passed' }],
  },
];
const machine: readonly MachineTestResult[] = [
  {
    part: 'clock',
    verdict: 'failed',
    reason: 'clock-off',
    steps: [{ step: 'drift', subject: '+61 s', outcome: 'failed', reason: 'clock-off' }],
  },
];
const facts = { kiosk: 'HALL01', at: new Date('2026-11-22T00:30:05Z'), machine, results };

test('says at the top how many devices are well, then each with its steps and reasons, in the time of the hall', () => {
  expect(readinessText(facts, 'zh-CN').split('\n')).toEqual([
    '设备自检报告',
    '终端 HALL01',
    '时间 2026-11-22T08:30:05+08:00',
    '2 台设备：1 台正常，1 台故障，0 台未检完',
    '另查 1 项：0 项正常，1 项故障，0 项未检完',
    '',
    '时钟: 故障 (原因：clock-off)',
    '  未通过  本机时钟与平台时钟相差 +61 s (原因：clock-off)',
    '',
    '凭条打印机 printer (escpos-printer): 故障，已停用 (原因：paper-out)',
    '  2026-11-22T08:30:02+08:00, 无人值守',
    '  通过  接口能打开',
    '  未通过  设备有应答，自检正常 (原因：paper-out)',
    '',
    '指示灯 lamps<b> (slot-lamp): 正常',
    '  2026-11-22T08:30:01+08:00, 无人值守',
    '  通过  灯亮灭 card',
    '',
  ]);
  expect(readinessText(facts, 'en')).toContain('2 devices: 1 well, 1 failed, 0 not finished');
});

test('as a page it says the same, and no name of a device becomes markup', () => {
  const page = readinessHtml(facts, 'en');
  expect(page).toContain('<h2>Cue lamps lamps&lt;b&gt; (slot-lamp): well</h2>');
  expect(page).toContain('<li>failed  the device answers and is well (reason: paper-out)</li>');
});

test('names the keys of a rating pad: those pressed, mixed up, unknown and missing', () => {
  const pad: SelfTestResult = {
    device: 'pad',
    class: 'rating-pad',
    driver: 'table-pad',
    startedAt: '2026-11-22T00:30:00.000Z',
    endedAt: '2026-11-22T00:30:20.000Z',
    attended: true,
    verdict: 'failed',
    reason: 'wrong-key',
    steps: [
      { step: 'key', subject: 'satisfied', outcome: 'passed', pressed: { key: '02', level: 'satisfied' } },
      {
        step: 'key',
        subject: 'dissatisfied',
        outcome: 'failed',
        reason: 'wrong-key',
        pressed: { key: '01', level: 'fairly-satisfied' },
      },
      { step: 'key', subject: 'fairly-satisfied', outcome: 'failed', reason: 'unknown-key', pressed: { key: '09' } },
      { step: 'key', subject: 'very-dissatisfied', outcome: 'skipped', reason: 'no-key' },
    ],
  };
  const text = readinessText({ ...facts, machine: [], results: [pad] }, 'zh-CN');
  expect(text.split('\n').slice(7, 11)).toEqual([
    '  通过  按评价键 满意 (键码 02)',
    '  未通过  按评价键 不满意 (原因：wrong-key) (按下的是“基本满意”，键码 01)',
    '  未通过  按评价键 基本满意 (原因：unknown-key) (按下的键没有对应等次，键码 09)',
    '  跳过  按评价键 非常不满意 (原因：no-key)',
  ]);
});
