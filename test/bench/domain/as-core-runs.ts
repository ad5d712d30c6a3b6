// What is measured here runs in core, so it runs as there: schemas are not compiled unasked.
import '../../../src/contract/lean-start.ts';
import { setFlagsFromString } from 'node:v8';

// As the shell starts core, with `--max-semi-space-size=1`: new objects have no more than the 1 MB they begin with, so that
// looking through them for those that stay takes a millisecond and not twenty.
setFlagsFromString('--semi-space-growth-factor=1');
