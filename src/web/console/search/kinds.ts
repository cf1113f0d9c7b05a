/** What was typed into the one search, looked for among every kind: a tab each, with how many there are. */
import { normaliseAddress } from '../../../mail/address/address.ts';
import type { Html } from '../../html.ts';
import { pinRight } from '../customers/deps.ts';
import type { ConsoleDeps } from '../deps.ts';
import { type Tab, tabs } from '../frame/parts.ts';
import { listAddress as lettersAddress } from '../letters/words.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';

export type SearchDeps = Pick<ConsoleDeps, 'cases' | 'mails' | 'letters' | 'customers' | 'log'>;

const kinds = ['cases', 'mails', 'letters', 'customers'] as const;
export type Kind = (typeof kinds)[number];

const says = { cases: 'Cases', mails: 'Mails', letters: 'Letters', customers: 'Customers' } as const satisfies Record<
  Kind,
  string
>;

/** Enough to tell nothing, little and much apart; whoever wants to know more opens the tab. */
const most = 20;

export type Counted = { readonly found: number; readonly more: boolean };
const shown = ({ found, more }: Counted): string => (more || found > most ? `${Math.min(found, most)}+` : `${found}`);

/** Letters are found by whom they went to. */
const addressIn = (q: string): string | null =>
  normaliseAddress(
    q
      .trim()
      .replace(/^(?:from|to):/i, '')
      .replaceAll(/^"|"$/g, ''),
  );

const hrefs: Readonly<Record<Kind, (q: string) => string | null>> = {
  cases: (q) => `/cases?${new URLSearchParams({ q }).toString()}`,
  mails: (q) => `/mails?${new URLSearchParams({ q }).toString()}`,
  letters(q) {
    const to = addressIn(q);
    return to === null ? null : lettersAddress({ to });
  },
  customers: (q) => `/customers?${new URLSearchParams({ q }).toString()}`,
};

async function count(c: ConsoleContext, deps: SearchDeps, kind: Kind, q: string): Promise<Counted> {
  const viewer = c.get('viewer');
  const limit = most + 1;
  switch (kind) {
    case 'cases': {
      const asked = { q, fields: {}, order: null, after: null, limit, viewer: viewer.address, zone: viewer.zone };
      const { lines, next } = await deps.cases.list(asked);
      return { found: lines.length, more: next !== null };
    }
    case 'mails': {
      const { items, more, looked } = await deps.mails.list({ q, zone: viewer.zone, beside: null, limit });
      return { found: items.length, more: more || (looked !== null && !looked.whole) };
    }
    case 'letters': {
      const { items, next } = await deps.letters.list({ to: addressIn(q) ?? undefined, before: null, limit });
      return { found: items.length, more: next !== null };
    }
    case 'customers': {
      const pins = viewerMay(viewer, pinRight);
      const { items, next } = await deps.customers.list({ q, view: null, after: null, limit, pins });
      return { found: items.length, more: next !== null };
    }
    default:
      return kind satisfies never;
  }
}

/** On top of every list that is searched: `found` is that list itself, null on a later page of it. One kind that cannot be counted leaves the others. */
export async function kindTabs(
  c: ConsoleContext,
  deps: SearchDeps,
  {
    current,
    q,
    found,
  }: { readonly current: Kind; readonly q: string; readonly found: (() => Promise<Counted>) | null },
): Promise<Html | string> {
  if (q.trim() === '') return '';
  const all = await Promise.all(
    kinds.map(async (kind): Promise<Tab | null> => {
      const href = hrefs[kind](q);
      if (href === null) return null;
      const tab = { href, says: says[kind], current: kind === current };
      if (kind === current && found === null) return tab;
      const counted = await (kind === current && found ? found() : count(c, deps, kind, q)).catch((error: unknown) => {
        deps.log.warn({ kind, error: String(error) }, 'what a search finds of a kind could not be counted');
        return null;
      });
      return counted === null ? tab : { ...tab, count: shown(counted) };
    }),
  );
  return tabs(
    all.filter((tab) => tab !== null),
    'Found among',
  );
}
