import { drivers } from '../../src/devices/registry.ts';
import { bundled } from './bundled.ts';
import type { Described } from './conformance-of.ts';
import { conformanceOf } from './conformance-of.ts';
import { overTerminals } from './over-terminals.ts';

/** A terminal cannot keep reports apart: these are tried over USB. */
const isForTerminals = ({ driver, conformance }: Described): boolean =>
  driver.profiles.every((profile) => {
    const description = conformance(profile);
    return !('line' in description) || description.line.keepsReports !== true;
  });

const place = overTerminals(drivers);
for (const described of bundled.filter(isForTerminals)) conformanceOf(described, place, drivers);
