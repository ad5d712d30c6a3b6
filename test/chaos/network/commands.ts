import fc from 'fast-check';
import type { FaultyHall, HallModel } from './faulty-hall.ts';

type HallCommand = fc.AsyncCommand<HallModel, FaultyHall>;

const MOST_FAULTS = 8;
const HOUR_MS = 3_600_000;
/** Longer than what was acknowledged is kept. */
const LONGEST_WAIT_HOURS = 30;

/** Everything that may happen in a hall, in any order. */
export function hallCommands(): fc.Arbitrary<HallCommand>[] {
  return [
    fc.boolean().map((rated) => new Visit(rated)),
    fc.boolean().map((rated) => new Visit(rated)),
    fc.integer({ min: 1, max: MOST_FAULTS }).map((faults) => new Trouble(faults)),
    fc.integer({ min: 1, max: MOST_FAULTS }).map((faults) => new Trouble(faults)),
    fc.boolean().map((online) => new Line(online)),
    fc.integer({ min: 1, max: LONGEST_WAIT_HOURS * 60 }).map((minutes) => new TimePasses(minutes)),
    fc.constant(new CrashCore()),
    fc.constant(new CrashPlatform()),
  ];
}

/** Case with pages, and sometimes a rating. */
class Visit implements HallCommand {
  readonly #rated: boolean;
  constructor(rated: boolean) {
    this.#rated = rated;
  }
  check = () => true;
  async run(model: HallModel, hall: FaultyHall): Promise<void> {
    const told = await hall.handIn();
    model.told.push(told);
    if (this.#rated) await hall.rate(told);
    await hall.leave();
  }
  toString = () => (this.#rated ? 'rated visit' : 'visit');
}

class Trouble implements HallCommand {
  readonly #faults: number;
  constructor(faults: number) {
    this.#faults = faults;
  }
  check = ({ online }: HallModel) => online;
  async run(_model: HallModel, hall: FaultyHall): Promise<void> {
    hall.trouble(this.#faults);
  }
  toString = () => `${this.#faults} faults`;
}

class Line implements HallCommand {
  readonly #online: boolean;
  constructor(online: boolean) {
    this.#online = online;
  }
  check = ({ online }: HallModel) => online !== this.#online;
  async run(model: HallModel, hall: FaultyHall): Promise<void> {
    model.online = this.#online;
    hall.online(this.#online);
  }
  toString = () => (this.#online ? 'online' : 'offline');
}

class TimePasses implements HallCommand {
  readonly #minutes: number;
  constructor(minutes: number) {
    this.#minutes = minutes;
  }
  check = () => true;
  async run(_model: HallModel, hall: FaultyHall): Promise<void> {
    await hall.pass((this.#minutes * HOUR_MS) / 60);
  }
  toString = () => `${this.#minutes} minutes`;
}

class CrashCore implements HallCommand {
  check = () => true;
  async run(_model: HallModel, hall: FaultyHall): Promise<void> {
    await hall.crashCore();
  }
  toString = () => 'core crashes';
}

class CrashPlatform implements HallCommand {
  check = () => true;
  async run(_model: HallModel, hall: FaultyHall): Promise<void> {
    await hall.crashPlatform();
  }
  toString = () => 'platform crashes';
}
