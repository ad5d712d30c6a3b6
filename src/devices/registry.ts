import { driver as esclScanner } from '../../drivers/escl-scanner/index.ts';
import { driver as escposPrinter } from '../../drivers/escpos-printer/index.ts';
import { driver as gaopaiyiHttp } from '../../drivers/gaopaiyi-http/index.ts';
import { driver as hidPosScanner } from '../../drivers/hid-pos-scanner/index.ts';
import { driver as lineScanner } from '../../drivers/line-scanner/index.ts';
import { driver as newlandScanner } from '../../drivers/newland-scanner/index.ts';
import { driver as samReader } from '../../drivers/sam-reader/index.ts';
import { driver as slotLamp } from '../../drivers/slot-lamp/index.ts';
import { driver as ssiScanner } from '../../drivers/ssi-scanner/index.ts';
import { driver as tablePad } from '../../drivers/table-pad/index.ts';
import type { DriverModule } from './driver.ts';

/** Every driver there is, by name. A new one is added here and nowhere else. */
export const drivers: readonly DriverModule[] = [
  esclScanner,
  escposPrinter,
  gaopaiyiHttp,
  hidPosScanner,
  lineScanner,
  newlandScanner,
  samReader,
  slotLamp,
  ssiScanner,
  tablePad,
];
