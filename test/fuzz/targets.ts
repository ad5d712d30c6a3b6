import type { FuzzTarget } from './target.ts';
import { esclScanner } from './targets/escl-scanner.ts';
import { escposPrinter } from './targets/escpos-printer.ts';
import { gaopaiyiHttp } from './targets/gaopaiyi-http.ts';
import { hidPosScanner } from './targets/hid-pos-scanner.ts';
import { lineScanner } from './targets/line-scanner.ts';
import { newlandScanner } from './targets/newland-scanner.ts';
import { samReader } from './targets/sam-reader.ts';
import { slotLamp } from './targets/slot-lamp.ts';
import { ssiScanner } from './targets/ssi-scanner.ts';
import { tablePad } from './targets/table-pad.ts';

/** Every parser of every driver. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...samReader,
  ...escposPrinter,
  ...tablePad,
  ...ssiScanner,
  ...newlandScanner,
  ...hidPosScanner,
  ...lineScanner,
  ...slotLamp,
  ...esclScanner,
  ...gaopaiyiHttp,
];
