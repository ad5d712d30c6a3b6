import { refused, done, type Result } from './result.ts';

/** The parts of an item code. Lengths after ZWFW C0109.1-2018 and GB/T 39554.1-2020; GB/T 39046-2020 prints older ones. */
export interface ItemCode {
  /** 基本编码, 12 digits: equal for the same item everywhere. */
  readonly basic: string;
  /** Its first two digits: 00 national, else the province that made the item. */
  readonly source: string;
  /** Its next two digits: 事项类型, GB/T 39046-2020 A.1. */
  readonly type: string;
  /** Of 实施编码 and 业务办理项编码: the body that carries the item out, and its level (GB/T 39046-2020 A.2). */
  readonly body?: { readonly creditCode: string; readonly level: string };
  /** Of a 业务办理项编码: which case of the item. */
  readonly variant?: string;
}

const shapes = new Map([
  [12, /^(?<basic>\d{12})$/],
  [31, /^(?<creditCode>[0-9A-Z]{18})(?<level>[1-7])(?<basic>\d{12})$/],
  [33, /^(?<creditCode>[0-9A-Z]{18})(?<level>[1-7])(?<basic>\d{12})(?<variant>\d{2})$/],
]);

/** Takes apart a 基本编码 (12), 实施编码 (31) or 业务办理项编码 (33). The credit code's own check is the caller's. */
export function parseItemCode(code: string): Result<ItemCode, 'wrong-length' | 'malformed'> {
  const shape = shapes.get(code.length);
  if (!shape) return refused('wrong-length');
  const parts = shape.exec(code)?.groups;
  if (!parts?.['basic']) return refused('malformed');
  const { basic, creditCode, level, variant } = parts;
  return done({
    basic,
    source: basic.slice(0, 2),
    type: basic.slice(2, 4),
    ...(creditCode && level && { body: { creditCode, level } }),
    ...(variant && { variant }),
  });
}
