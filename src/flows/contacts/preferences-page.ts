/** The page of preferences, behind the link of a letter that can be ended (POLICY §10.6): whose it is, and the act that it hands in. */
import type { Subscriber } from '../../acts/subscriptions/records.ts';
import { contactId } from '../../foundation/ids.ts';
import { readPreferencesToken } from '../../mail/subject/thread-token.ts';
import { type OptionalKind, optionalKinds, standingOf } from '../../notices/kinds.ts';
import { subscriptionRecords } from '../../store/contacts/subscriptions.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

type Deps = ActDeps & { readonly keys: readonly string[] };

export type ShownPreferences = {
  readonly language: string;
  /** The kind of the letter that led there. */
  readonly kind: OptionalKind;
  /** Empty: whoever it was for is on record no more, and gets none of them. */
  readonly lines: readonly { readonly kind: OptionalKind; readonly wanted: boolean; readonly may: boolean }[];
  readonly address: string;
};
export type PreferencesWish = { readonly kinds: readonly OptionalKind[] | 'of the letter'; readonly wanted: boolean };

type Found = { readonly first: Subscriber; readonly all: readonly Subscriber[]; readonly kind: OptionalKind };

/** People of one address at several sites have one letter, and one page. */
async function found({ database, keys, policy }: Deps, token: string): Promise<Found | OptionalKind | null> {
  const read = readPreferencesToken(token, keys);
  const kind = optionalKinds.find((one) => one === read?.kind);
  if (!read || !kind) return null;
  const { subscribers: [first] = [] } = await subscriptionRecords(database, { subscribers: { contact: read.contact } });
  if (!first) return kind;
  const { address } = standingOf(kind, first, policy);
  const { subscribers: all = [] } = await subscriptionRecords(database, { subscribers: { address } });
  return { first, all, kind };
}

export const openPreferences = (deps: Deps) => {
  const { policy } = deps;
  const find = async (token: string): Promise<ShownPreferences | null> => {
    const on = await found(deps, token);
    if (on === null) return null;
    if (typeof on === 'string') return { language: '', kind: on, lines: [], address: '' };
    const { first, all, kind } = on;
    const lines = optionalKinds.map((one) => {
      const standings = all.map((reader) => standingOf(one, reader, policy));
      return { kind: one, wanted: standings.some((s) => s.wanted), may: standings.some((s) => s.may) };
    });
    return { language: first.language, kind, lines, address: standingOf(kind, first, policy).address };
  };
  return {
    /** Null: a link that we have not made. Nothing is written. */
    find,
    /** What is so already stays so, and is no fault: it is as they want it. */
    async set(token: string, { kinds, wanted }: PreferencesWish): Promise<ShownPreferences | null> {
      const on = await found(deps, token);
      if (on === null) return null;
      if (typeof on !== 'string')
        await commit(deps, {
          act: 'set-subscription',
          input: {
            contact: standingOf(on.kind, on.first, policy).address,
            kinds: kinds === 'of the letter' ? [on.kind] : [...kinds],
            wanted,
          },
          by: { kind: 'preferences', contact: contactId(on.first.id) },
        });
      return find(token);
    },
  };
};
