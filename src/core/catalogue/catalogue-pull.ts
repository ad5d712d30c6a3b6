import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { CatalogueChange, CatalogueHead } from '../../contract/platform-api.ts';
import { technical } from '../../contract/technical.ts';
import { manifestText, type ManifestLine } from '../../domain/catalogue/manifest.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { hallTime } from '../hall-time.ts';
import { CATALOGUE_PULL_EVERY_MS } from '../limits.ts';
import type { Transact } from '../store/transact.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { waitOrWake, Wake } from '../sync/wake.ts';
import { Catalogue } from './catalogue.ts';
import { logNotices } from './log-notices.ts';
import { judgeItem, type ItemVerdict } from './judge-item.ts';
import { checkInTurns, type LiveCatalogue } from './live-catalogue.ts';
import { portions, type PulledStore } from './pulled-store.ts';

export interface CataloguePullDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly platform: Pick<PlatformClient, 'catalogueHead' | 'catalogueChanges'>;
  readonly reachability: Pick<Reachability, 'state' | 'onChange'>;
  readonly pulled: PulledStore;
  readonly live: LiveCatalogue;
  readonly onChange: () => void;
}

/**
 * Why the catalogue that was live stays live. `interrupted`: a request did not come through. `hash-mismatch`: what came is
 * not what was published. `no-valid-item`: nothing of it can be offered. `write-failed`: the disk took it not.
 */
type Kept = 'interrupted' | 'hash-mismatch' | 'no-valid-item' | 'write-failed';

/**
 * Keeps the kiosk's catalogue as the platform publishes it. What comes is laid beside what is live, checked, and only then
 * made live by changing one row and one reference; until that moment nothing of a pull can be seen.
 */
export class CataloguePull {
  readonly #deps: CataloguePullDeps;
  readonly #wake = new Wake();

  constructor(deps: CataloguePullDeps) {
    this.#deps = deps;
    deps.reachability.onChange(() => this.#wake.call());
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, reachability } = this.#deps;
    while (!signal.aborted) {
      if (reachability.state === 'reachable') await this.pull(signal);
      await waitOrWake(clock, CATALOGUE_PULL_EVERY_MS, this.#wake, signal);
    }
  }

  /** Asks once, and takes over what is newer. */
  async pull(signal: AbortSignal): Promise<void> {
    const { log, platform, pulled, live, onChange } = this.#deps;
    const asked = await platform.catalogueHead(signal);
    if (signal.aborted || asked.kind !== 'done') return;
    const head = asked.value;
    const base = pulled.live();
    if (head.version === 0 || head.hash === base?.hash) return;
    const newer = base !== undefined && base.version < head.version;
    // What changed does not help where the base is not what the platform thinks it is, as after its backup was restored.
    let how = newer ? 'changes' : 'all';
    let outcome = await this.#take(head, newer ? base : undefined, signal);
    if (newer && !outcome.ok && outcome.reason === 'hash-mismatch') {
      how = 'all';
      outcome = await this.#take(head, undefined, signal);
    }
    if (signal.aborted) return;
    if (!outcome.ok) log('core.catalogue-kept', { version: head.version, reason: outcome.reason });
    else {
      logNotices(log, live);
      log('core.catalogue-switched', { version: head.version, batch: technical(head.batch), items: head.items, how });
      onChange();
    }
    await this.#tidy(signal);
  }

  /** `base`: what is live, to which the changes are added; without it all of the catalogue is asked for. */
  async #take(
    head: CatalogueHead,
    base: ReturnType<PulledStore['live']>,
    signal: AbortSignal,
  ): Promise<Result<undefined, Kept>> {
    const { clock, transact, pulled, live } = this.#deps;
    const lines = new Map((base ? pulled.linesOf(base.generation) : []).map((line) => [line.code, line.sha256]));
    const verdicts = new Map(live.verdicts);
    const fetched = await this.#fetchChanges(head, base?.version ?? 0, { lines, verdicts }, signal);
    if (!fetched.ok) return fetched;
    const all = portions(inOrder(lines));
    if ((await manifestHash(all)) !== head.hash) return refused('hash-mismatch');
    const generation = pulled.nextGeneration();
    for (const portion of all) {
      if (!pulled.preparing(transact)(() => pulled.addLines(generation, portion)).ok) return refused('write-failed');
      await setImmediate();
      if (signal.aborted) return refused('interrupted');
    }
    const next = new Catalogue(pulled.textsOf(all.flat()), verdicts);
    await checkInTurns(next, signal);
    if (signal.aborted) return refused('interrupted');
    if (!next.hasValidItem()) return refused('no-valid-item');
    const switched = transact(() => pulled.makeLive(generation, head, hallTime(clock.now())));
    if (!switched.ok) return refused('write-failed');
    live.replace(next);
    return done();
  }

  /** Lays the texts of every page down, applies the changes to the lines, and checks what was never seen before. */
  async #fetchChanges(
    head: CatalogueHead,
    from: number,
    { lines, verdicts }: { readonly lines: Map<string, string>; readonly verdicts: Map<string, ItemVerdict> },
    signal: AbortSignal,
  ): Promise<Result<undefined, Kept>> {
    const { platform, transact, pulled } = this.#deps;
    let after = '';
    for (let more = true; more;) {
      const page = await platform.catalogueChanges({ from, to: head.version, after }, signal);
      if (signal.aborted || page.kind !== 'done') return refused('interrupted');
      const { changes } = page.value;
      if (!changes.every(isWhole)) return refused('hash-mismatch');
      const kept = pulled.preparing(transact)(() => {
        for (const change of changes) if (change.operation !== 'D') pulled.addContent(change.sha256, change.content);
      });
      if (!kept.ok) return refused('write-failed');
      for (const change of changes) {
        if (change.operation === 'D') {
          lines.delete(change.code);
          continue;
        }
        lines.set(change.code, change.sha256);
        if (verdicts.has(change.sha256)) continue;
        verdicts.set(change.sha256, judgeItem(change.content));
        await setImmediate();
        if (signal.aborted) return refused('interrupted');
      }
      after = changes.at(-1)?.code ?? after;
      more = page.value.more && changes.length > 0;
    }
    return done();
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    const { transact, pulled } = this.#deps;
    for (let more = true; more && !signal.aborted;) {
      const tidied = pulled.preparing(transact)(() => pulled.tidy());
      more = tidied.ok && tidied.value;
      await setImmediate();
    }
  }
}

/** In the order of the codes. */
function inOrder(lines: ReadonlyMap<string, string>): ManifestLine[] {
  return [...lines.keys()].toSorted().map((code) => ({ code, sha256: lines.get(code) ?? '' }));
}

/** Of lines in order, with room for others in between. */
async function manifestHash(all: readonly (readonly ManifestLine[])[]): Promise<string> {
  const hash = createHash('sha256');
  for (const portion of all) {
    await setImmediate();
    hash.update(manifestText(portion));
  }
  return hash.digest('hex');
}

function isWhole(change: CatalogueChange): boolean {
  return change.operation === 'D' || hashOf(change.content) === change.sha256;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
