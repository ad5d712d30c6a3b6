import { isByteDriver } from '../../src/devices/driver.ts';
import { drivers } from '../../src/devices/registry.ts';
import { bundled } from './bundled.ts';
import { conformanceOf } from './conformance-of.ts';
import { inProcess } from './in-process.ts';

const place = inProcess(drivers.filter(isByteDriver));
for (const described of bundled) conformanceOf(described, place, drivers);
