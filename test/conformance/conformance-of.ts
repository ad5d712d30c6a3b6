import { describe, expect, test } from 'vitest';
import type { Conformance } from '../../src/devices/conformance/description.ts';
import type { Place } from '../../src/devices/conformance/place.ts';
import { scenariosOf } from '../../src/devices/conformance/scenarios.ts';
import type { DriverModule } from '../../src/devices/driver.ts';

/** A driver module and what its folder says about trying it out. */
export interface Described {
  readonly driver: DriverModule;
  readonly conformance: (profile: string) => Conformance;
  /** Those to try; all of the driver's unless said. */
  readonly profiles?: readonly string[];
}

/** A printer that says nothing is waited for longest, several times over. */
const SCENARIO_LIMIT_MS = 120_000;

/** Tests that hold a driver to the contract of its class: each profile, at one place. */
export function conformanceOf(described: Described, place: Place, others: readonly DriverModule[]): void {
  const { driver, conformance, profiles = driver.profiles } = described;
  // In real time they mostly wait.
  const suite = place.isPatient ? describe : describe.concurrent;
  suite.each(profiles)(`[M-06] ${driver.name} %s ${place.name}`, (profile) => {
    const strangers = others.filter(({ name }) => name !== driver.name);
    const subject = { driver, profile, description: conformance(profile), others: strangers };
    test.each(scenariosOf(subject, place))('$name', { timeout: SCENARIO_LIMIT_MS }, async (scenario) => {
      const outcome = await scenario.run(place);
      expect(outcome, outcome.ok ? 'conforms' : `${outcome.reason}: ${outcome.detail}`).toMatchObject({ ok: true });
    });
  });
}
