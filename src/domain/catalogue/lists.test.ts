import { expect, test } from 'vitest';
import { certificateType, changeNotice, proofLists, region } from './lists.ts';

const basis = { title: '户口登记条例', article: '第八条', text: '公民死亡……应当申报死亡登记。' };
const proof = { id: 'RP-01', name: '死亡证明', issuer: '医疗机构', basis, reason: '法律要求，且没有别的凭据。' };
const notice = {
  batch: '2026-11',
  operation: 'U',
  code: '11990101MB000001934990500001000',
  name: '高龄津贴',
  version: 3,
  decree: '安民发〔2026〕1号',
  publishedOn: '2026-11-02',
};
const town = { code: '990101001000', name: '城关镇', level: '5', parent: '990101', offices: [] };

test('a proof may only be retained with law and reason, or cancelled by one of the six grounds', () => {
  const list = (change: object, ground = 'network-check') => ({
    retained: [{ ...proof, ...change }],
    cancelled: [{ name: '婚姻状况证明', ground, instead: '由办事机构联网核验。' }],
  });
  expect(proofLists.safeParse(list({})).success).toBe(true);
  for (const change of [{ reason: ' ' }, { basis: undefined }, { id: '1' }])
    expect(proofLists.safeParse(list(change)).success, JSON.stringify(change)).toBe(false);
  expect(proofLists.safeParse(list({}, 'habit')).success).toBe(false);
});

test('a region has a code of six or twelve digits and a level below the nation', () => {
  expect(region.safeParse(town).success).toBe(true);
  for (const change of [{ code: '9901' }, { level: '1' }, { offices: [{ name: '民政办' }] }])
    expect(region.safeParse({ ...town, ...change }).success, JSON.stringify(change)).toBe(false);
});

test('a notice of change names the version that brings it, what decided it and when', () => {
  expect(changeNotice.safeParse(notice).success).toBe(true);
  for (const change of [{ version: 0 }, { decree: '' }, { operation: 'X' }, { publishedOn: '2026-11-31' }])
    expect(changeNotice.safeParse({ ...notice, ...change }).success, JSON.stringify(change)).toBe(false);
});

test('a certificate says whether halls ask for it and whether a telephone can show it', () => {
  const marriage = { id: 'marriage', name: '结婚证', issuer: '民政部门', paperNotAsked: true, showable: false };
  expect(certificateType.safeParse(marriage).success).toBe(true);
  expect(certificateType.safeParse({ ...marriage, showable: undefined }).success).toBe(false);
});
