import { changesOfMerge, type ProofsDue } from '../../changes/registry.ts';
import { siteNumber } from '../../foundation/ids.ts';
import { licenceNews } from '../../registry/licences/proofs.ts';
import type { readRegistry } from '../../registry/registry-file.ts';
import type { Fault } from '../../registry/registry-form.ts';
import { mergeRegistry } from '../../registry/registry-merge.ts';
import type { Given, Judged, Records } from '../act.ts';

export type ReadFiles = ReturnType<typeof readRegistry>;

/** All or nothing: what files come to beside what is on record, one change a site, or every fault at once. */
export function judgeFiles(
  read: ReadFiles,
  how: { readonly prune: boolean; readonly welcome: boolean; readonly tell: (fault: Fault) => string },
  { registry, welcomed }: Records,
  { by, now: at, desk, policy }: Given,
): Judged {
  if (!registry) throw new Error('the registry was not loaded');
  const { record, ...pins } = registry;
  const staff = desk.people.map(({ email }) => email);
  const facts = { clears: read.clears, staff, ...pins };
  const merged = mergeRegistry(record, read.document, read.places, how.prune, facts);
  const faults = [...read.faults, ...merged.faults];
  if (faults.length > 0) return { kind: 'refused', why: 'bad-input', says: faults.map(how.tell).join('; '), faults };
  const before = new Map(record.sites.map((site) => [site.number, site]));
  const due = merged.document.sites.flatMap((site): ProofsDue[] => {
    const licences = licenceNews(before.get(site.number), site, at, policy);
    return licences.length > 0 ? [{ kind: 'proofs-due', site: siteNumber(site.number), licences, at, by }] : [];
  });
  // Nobody is written to by an import alone (§11.6), and nobody is welcomed twice.
  const sites = how.welcome ? read.document.sites.map((one) => one.number).filter((one) => !welcomed?.has(one)) : [];
  return {
    kind: 'done',
    changes: [
      ...changesOfMerge(merged.document, merged.changes, { at, by }),
      ...due,
      ...(sites.length > 0 ? [{ kind: 'welcome-due', sites, at, by } as const] : []),
    ],
    letters: [],
  };
}
