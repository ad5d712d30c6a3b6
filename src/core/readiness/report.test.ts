import { expect, test } from 'vitest';
import type { SelfTestResult } from '../../contract/self-test.ts';
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
const facts = { kiosk: 'HALL01', at: new Date('2026-11-22T00:30:05Z'), results };

test('says at the top how many devices are well, then each with its steps and reasons, in the time of the hall', () => {
  expect(readinessText(facts, 'zh-CN').split('\n')).toEqual([
    '设备自检报告',
    '终端 HALL01',
    '时间 2026-11-22T08:30:05+08:00',
    '2 台设备：1 台正常，1 台故障，0 台未检完',
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
