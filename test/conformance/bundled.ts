import { conformance as esclScanner } from '../../drivers/escl-scanner/conformance.ts';
import { conformance as escposPrinter } from '../../drivers/escpos-printer/conformance.ts';
import { conformance as gaopaiyiHttp } from '../../drivers/gaopaiyi-http/conformance.ts';
import { conformance as hidPosScanner } from '../../drivers/hid-pos-scanner/conformance.ts';
import { conformance as lineScanner } from '../../drivers/line-scanner/conformance.ts';
import { conformance as newlandScanner } from '../../drivers/newland-scanner/conformance.ts';
import { conformance as samReader } from '../../drivers/sam-reader/conformance.ts';
import { conformance as slotLamp } from '../../drivers/slot-lamp/conformance.ts';
import { conformance as ssiScanner } from '../../drivers/ssi-scanner/conformance.ts';
import { conformance as tablePad } from '../../drivers/table-pad/conformance.ts';
import type { Conformance } from '../../src/devices/conformance/description.ts';
import { drivers } from '../../src/devices/registry.ts';
import type { Described } from './conformance-of.ts';

const descriptions: Readonly<Record<string, (profile: string) => Conformance>> = {
  'escl-scanner': esclScanner,
  'escpos-printer': escposPrinter,
  'gaopaiyi-http': gaopaiyiHttp,
  'hid-pos-scanner': hidPosScanner,
  'line-scanner': lineScanner,
  'newland-scanner': newlandScanner,
  'sam-reader': samReader,
  'slot-lamp': slotLamp,
  'ssi-scanner': ssiScanner,
  'table-pad': tablePad,
};

/** Every driver of the registry; throws for one that came without a description. */
export const bundled: readonly Described[] = drivers.map((driver) => {
  const conformance = descriptions[driver.name];
  if (!conformance) throw new Error(`drivers/${driver.name}/conformance.ts is missing`);
  return { driver, conformance };
});
