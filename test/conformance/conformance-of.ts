import { describe, expect, test } from 'vitest';
import type { Conformance } from '../../src/devices/conformance/description.ts';
import type { Place } from '../../src/devices/conformance/place.ts';
import { scenariosOf } from '../../src/devices/conformance/scenarios.ts';
import type { DriverModule } from '../../src/devices/driver.ts';

/** A driver module and what its folder says about trying it out. */
export interface Described {
  readonly driver: DriverModule;
  readonly conformance: (profile: string) => Conformance;
}

/** A printer that says nothing is waited for longest, several times over. */
const SCENARIO_LIMIT_MS = 120_000;

/** Tests that hold a driver to the contract of its class: each profile, at one place. */
export function conformanceOf({ driver, conformance }: Described, place: Place, others: readonly DriverModule[]): void {
  // In real time they mostly wait.
  const suite = place.isPatient ? describe : describe.concurrent;
  suite.each(driver.profiles)(`[M-06] ${driver.name} %s ${place.name}`, (profile) => {
    const strangers = others.filter(({ name }) => name !== driver.name);
    const subject = { driver, profile, description: conformance(profile), others: strangers };
    test.each(scenariosOf(subject, place))('$name', { timeout: SCENARIO_LIMIT_MS }, async (scenario) => {
      expect(await scenario.run(place)).toEqual({ ok: true, value: undefined });
    });
  });
}
