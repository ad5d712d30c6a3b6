import { drivers } from '../../src/devices/registry.ts';
import { bundled } from './bundled.ts';
import { conformanceOf } from './conformance-of.ts';
import { overTerminals } from './over-terminals.ts';

const place = overTerminals(drivers);
for (const described of bundled) conformanceOf(described, place, drivers);
