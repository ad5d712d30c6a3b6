import { beforeAll } from 'vitest';
import { drivers } from '../../src/devices/registry.ts';
import { bundled } from './bundled.ts';
import { conformanceOf } from './conformance-of.ts';
import { inProcess } from './in-process.ts';

// A driver loads it when it is first needed, and the clock of this place does not wait for the disk.
beforeAll(() => import('fast-xml-parser'));

const place = inProcess(drivers);
for (const described of bundled) conformanceOf(described, place, drivers);
