import { driver as escposPrinter } from '../../drivers/escpos-printer/index.ts';
export const drivers: readonly DriverModule[] = [
  escposPrinter,
  lineScanner,
  newlandScanner,
  samReader,
  ssiScanner,
  tablePad,
];
import { driver as samReader } from '../../drivers/sam-reader/index.ts';
import { driver as ssiScanner } from '../../drivers/ssi-scanner/index.ts';
import { driver as tablePad } from '../../drivers/table-pad/index.ts';
import type { DriverModule } from './driver.ts';

/** Every driver there is. A new one is added here and nowhere else. */
export const drivers: readonly DriverModule[] = [
export const drivers: readonly DriverModule[] = [
  escposPrinter,
  lineScanner,
  newlandScanner,
  samReader,
  ssiScanner,
  tablePad,
];
];
