import type { Conformance } from '../../src/devices/conformance/description.ts';
import { drivers } from '../../src/devices/registry.ts';
import { bundled } from './bundled.ts';
import { conformanceOf } from './conformance-of.ts';
import { overTerminals } from './over-terminals.ts';

/** A terminal has no reports: HID devices are tried in this process and over USB. */
const isForTerminals = (description: Conformance): boolean =>
  !('line' in description) || (description.line.hid === undefined && description.line.keepsReports !== true);

const place = overTerminals(drivers);
for (const { driver, conformance } of bundled) {
  const profiles = driver.profiles.filter((profile) => isForTerminals(conformance(profile)));
  if (profiles.length > 0) conformanceOf({ driver, conformance, profiles }, place, drivers);
}
