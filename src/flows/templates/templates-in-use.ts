/**
 * The templates that count in this process. Every few seconds one look-up of an index says whether any was changed; only then are they
 * loaded and checked, each version once. A letter asks nobody (decision 0080).
 */
import type { Log } from '../../foundation/log.ts';
import type { Templates } from '../../outbound/rendering/render.ts';
import { forgetRendered } from '../../outbound/rendering/render.ts';
import { faultsOfKept, type InUse, inUse, type Unused } from '../../outbound/templates/in-use.ts';
import type { Database } from '../../store/database.ts';
import { keptTemplates, newestVersion } from '../../store/templates/versions.ts';

export type TemplatesInUse = {
  /** As they came with this version of Postern. */
  readonly shipped: Templates;
  now(): Templates;
  /** Those that do not check: the shipped one is used in their place. */
  unused(): readonly Unused[];
  /** As the database has them now. */
  refresh(): Promise<void>;
};

const everyMs = 4_000;

export async function keepTemplates(
  { database, shipped, log }: { readonly database: Database; readonly shipped: Templates; readonly log: Log },
  onClose: (closer: () => Promise<void>) => void,
): Promise<TemplatesInUse> {
  const checked = new Map<string, readonly string[]>();
  let version = '0';
  let known: InUse = { templates: shipped, unused: [] };
  async function load(): Promise<void> {
    // Before the rows: what is written in between is looked for once more.
    const newest = await newestVersion(database);
    if (newest === version) return;
    const kept = newest === '0' ? [] : await keptTemplates(database);
    for (const id of checked.keys()) if (!kept.some((one) => one.id === id)) checked.delete(id);
    known = inUse(shipped, kept, (one) => {
      const faults = checked.get(one.id) ?? faultsOfKept(shipped, one);
      if (faults.length > 0 && !checked.has(one.id))
        log.warn(
          { template: `${one.language}/${one.name}`, version: one.id, faults },
          'a template that was changed here does not check: the shipped one is used',
        );
      checked.set(one.id, faults);
      return faults;
    });
    forgetRendered();
    version = newest;
  }
  let loading: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    // Whoever asks while it is looked may have written after that look began.
    if (loading) await loading.catch(() => {});
    loading ??= load().finally(() => {
      loading = null;
    });
    return loading;
  };
  await refresh();
  let away = false;
  const look = async (): Promise<void> => {
    try {
      await refresh();
      away = false;
    } catch (error) {
      // Said once: those that are known go on to count.
      if (!away) log.warn({ error: String(error) }, 'changed templates could not be looked at');
      away = true;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  onClose(async () => clearInterval(timer));
  return { shipped, now: () => known.templates, unused: () => known.unused, refresh };
}
