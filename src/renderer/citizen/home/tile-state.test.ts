import { describe, expect, it } from 'vitest';
import type { StatusView } from '../../../contract/visit-view.ts';
import { tileState } from './tile-state.ts';

const status = (services: StatusView['services']): StatusView => ({
  services,
  devices: [],
  platform: 'reachable',
  waiting: 0,
  needsStaff: 0,
  notices: [],
});

describe('state of a home tile', () => {
  it('follows what core says', () => {
    expect(tileState(status([{ service: 'apply', available: true }]), 'apply')).toBe('works');
    expect(tileState(status([{ service: 'apply', available: false, why: 'id-reader' }]), 'apply')).toBe('id-reader');
    expect(tileState(status([{ service: 'progress', available: false, why: 'platform' }]), 'progress')).toBe(
      'platform',
    );
    expect(tileState(status([{ service: 'apply', available: false }]), 'apply')).toBe('now-not');
  });

  it('never promises what nobody confirmed', () => {
    expect(tileState(undefined, 'apply')).toBe('making-ready');
    expect(tileState(undefined, undefined)).toBe('here-not');
    expect(tileState(status([{ service: 'apply', available: false, why: 'making-ready' }]), 'apply')).toBe(
      'making-ready',
    );
    expect(tileState(status([]), 'apply')).toBe('now-not');
    expect(tileState(status([{ service: 'apply', available: true }]), undefined)).toBe('here-not');
  });
});
