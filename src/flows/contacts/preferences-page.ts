/** The page of preferences, behind the link of a letter that can be ended (POLICY §10.6): whose it is, and the act that it hands in. */
import type { Subscriber } from '../../acts/subscriptions/records.ts';
import { contactId } from '../../foundation/ids.ts';
import { readPreferencesToken } from '../../mail/subject/thread-token.ts';
import { type OptionalKind, optionalKinds, standingOf } from '../../notices/kinds.ts';
import { addressOfLink, subscriptionRecords } from '../../store/contacts/subscriptions.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

type Deps = ActDeps & { readonly keys: readonly string[] };

export type ShownPreferences = {
  readonly language: string;
  /** The kind of the letter that led there. */
  readonly kind: OptionalKind;
  /** Empty: the address that the letter went to is on record no more, and gets none of them. */
  readonly lines: readonly { readonly kind: OptionalKind; readonly wanted: boolean; readonly may: boolean }[];
  readonly address: string;
};
export type PreferencesWish = { readonly kinds: readonly OptionalKind[] | 'of the letter'; readonly wanted: boolean };

/** `gone`: nobody can tell any more where the letter went, so that nothing can be ended by its link. */
type OnLink<T> = T | 'gone' | null;

type Found = {
  readonly kind: OptionalKind;
  readonly address: string;
  /** Of whom the link is, or another one with the address; undefined: nobody has it. */
  readonly first: Subscriber | undefined;
  readonly all: readonly Subscriber[];
};

/**
 * People of one address at several sites have one letter, and one page. The link is of one of them; where that one was removed, the
 * recipients of announcements say to which address it went, and the others there are meant by it.
 */
async function found({ database, keys, policy }: Deps, token: string): Promise<OnLink<Found>> {
  const read = readPreferencesToken(token, keys);
  const kind = optionalKinds.find((one) => one === read?.kind);
  if (!read || !kind) return null;
  const { subscribers: [first] = [] } = await subscriptionRecords(database, { subscribers: { contact: read.contact } });
  const address = first
    ? standingOf(kind, first, policy).address
    : await addressOfLink(database, { contact: read.contact, kind });
  if (address === null) return 'gone';
  const { subscribers: all = [] } = await subscriptionRecords(database, { subscribers: { address } });
  return { kind, address, first: first ?? all[0], all };
}

export const openPreferences = (deps: Deps) => {
  const { policy } = deps;
  const find = async (token: string): Promise<OnLink<ShownPreferences>> => {
    const on = await found(deps, token);
    if (on === null || on === 'gone') return on;
    const { first, all, kind, address } = on;
    if (!first) return { language: '', kind, lines: [], address };
    const lines = optionalKinds.map((one) => {
      const standings = all.map((reader) => standingOf(one, reader, policy));
      return { kind: one, wanted: standings.some((s) => s.wanted), may: standings.some((s) => s.may) };
    });
    return { language: first.language, kind, lines, address };
  };
  return {
    /** Null: a link that we have not made; `gone`: one that has outlived whom it was for. Nothing is written. */
    find,
    /** What is so already stays so, and is no fault: it is as they want it. */
    async set(token: string, { kinds, wanted }: PreferencesWish): Promise<OnLink<ShownPreferences>> {
      const on = await found(deps, token);
      if (on === null || on === 'gone') return on;
      if (on.first)
        await commit(deps, {
          act: 'set-subscription',
          input: { contact: on.address, kinds: kinds === 'of the letter' ? [on.kind] : [...kinds], wanted },
          by: { kind: 'preferences', contact: contactId(on.first.id) },
        });
      return find(token);
    },
  };
};
