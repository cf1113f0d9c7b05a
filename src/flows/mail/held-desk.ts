/** Held mail as people work on it in the console: lists, one mail with all that is known of it, and what would become of it now. */
import type { Trial } from '../../acts/mail/records.ts';
import { isFailure } from '../../foundation/failure.ts';
import { decide } from '../../intake/decide.ts';
import { explain } from '../../intake/explain.ts';
import { type HeldKind, heldKinds } from '../../intake/held-kinds.ts';
import { senderWarnings } from '../../mail/address/sender-warnings.ts';
import type { Database } from '../../store/database.ts';
import { storedMail } from '../../store/intake/replay.ts';
import { becameOf, earlierMails, heldMailShown } from '../../store/mail/held-detail.ts';
import {
  countHeld,
  type HeldKey,
  type HeldLine,
  type HeldOrder,
  heldAmong,
  listHeld,
  listRefused,
} from '../../store/mail/held-lists.ts';
import { heldLetIn } from '../../store/mail/held-trials.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';
import { tryHeld } from './held-trials.ts';
import { trialInWords, tryMail } from './trial.ts';

export type { Became, EarlierMail, HeldMailShown, HeldQuestion } from '../../store/mail/held-detail.ts';
export type { HeldCount, HeldKey, HeldLine, HeldOrder } from '../../store/mail/held-lists.ts';

/** Where a page begins: behind this mail, or before it. */
export type HeldFrom = { readonly side: 'after' | 'before'; readonly key: HeldKey };
export type HeldPage = {
  readonly lines: readonly HeldLine[];
  readonly next: HeldKey | null;
  readonly prev: HeldKey | null;
};

/** A held mail by the policy and the registry of today. */
export type HeldNow = {
  readonly trial: Trial;
  /** The same in labelled lines, as `mail explain` has them. */
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
  /** The contract of its site when it arrived; null where nobody knows the site. */
  readonly contract: string | null;
};

/** Read before the page, not while somebody waits for it. */
const mostAtOnce = 20;
/** So many are listed with what each would be decided; the rest is a number. */
export const mostOffered = 50;
const mostCounted = 10_001;

const keyOf = ({ arrivedAt, id }: HeldLine): HeldKey => ({ arrivedAt, id });
const other = { oldest: 'newest', newest: 'oldest' } as const satisfies Record<HeldOrder, HeldOrder>;

async function heldPage(
  database: Database,
  given: { kinds: readonly HeldKind[]; order: HeldOrder; from: HeldFrom | null; limit: number },
): Promise<HeldPage> {
  const { kinds, order, from, limit } = given;
  const back = from?.side === 'before';
  const rows = await listHeld(database, kinds, {
    order: back ? other[order] : order,
    after: from?.key ?? null,
    limit,
  });
  const more = rows.length > limit;
  const lines = back ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const [first, last] = [lines[0], lines.at(-1)];
  return {
    lines,
    next: last && (back || more) ? keyOf(last) : null,
    prev: first && (back ? more : from !== null) ? keyOf(first) : null,
  };
}

/** A mail that quotes a secret is stored sealed; after a change of SECRET_KEY without the older one it is only to be looked at. */
async function unlessSealed<T>(reading: Promise<T>): Promise<T | 'sealed'> {
  try {
    return await reading;
  } catch (error) {
    if (isFailure(error, 'seal-key-missing') || isFailure(error, 'seal-broken')) return 'sealed';
    throw error;
  }
}

/** `gone`: there is nothing to read it by. `sealed`: it does not open with the keys that are here. */
export type NotHeldNow = 'gone' | 'sealed';

async function heldNow(deps: IntakeDeps, id: string): Promise<HeldNow | NotHeldNow> {
  const stored = await storedMail(deps.database, id);
  if (!stored?.raw || stored.state === 'new') return 'gone';
  const tried = await unlessSealed(tryMail(deps, stored));
  if (tried === 'sealed') return 'sealed';
  const { mail, facts, now, decision } = tried;
  // Whoever is let in meets the contract; whoever is not is never asked for it.
  const letIn = decide({ ...mail, admitted: { by: 'release', site: null } }, facts, deps.policy, now);
  const contract = explain(letIn, mail).evidence.find(({ label }) => label === 'contract')?.value ?? null;
  return { trial: trialInWords({ mail, decision }), evidence: explain(decision, mail).evidence, contract };
}

/** What each would be decided now; those that cannot be read any more are left out. */
async function trialsOf(deps: IntakeDeps, ids: readonly string[]): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const id of ids) {
    const stored = await storedMail(deps.database, id);
    const tried = stored?.raw ? await unlessSealed(tryMail(deps, stored)) : 'sealed';
    if (tried !== 'sealed') trials.push(trialInWords(tried));
  }
  return trials;
}

export type HeldDesk = ReturnType<typeof openHeldDesk>;

type DeskDeps = {
  readonly database: Database;
  /** Opens what reads mails, and is asked only where one is to be read. */
  readonly intake: () => IntakeDeps;
  readonly policy: Pick<IntakeDeps['policy'], 'desk'>;
  readonly settings: { readonly ours: readonly string[] };
};

export const openHeldDesk = ({ database, intake, policy, settings }: DeskDeps) => ({
  /** What in the name of a sender may mislead; our people are those of now. */
  warnings: (from: { readonly address: string; readonly name: string }) =>
    senderWarnings({ kind: 'one', ...from }, { addresses: settings.ours, people: policy.desk.people }),
  counts: () => countHeld(database, heldKinds),
  page: (given: Parameters<typeof heldPage>[1]) => heldPage(database, given),
  refused: (given: Parameters<typeof listRefused>[1]) => listRefused(database, given),
  among: (ids: readonly string[]) => heldAmong(database, ids),
  one: (id: string) => heldMailShown(database, id),
  earlier: (mail: Parameters<typeof earlierMails>[1]) => earlierMails(database, mail),
  became: (id: string) => becameOf(database, id),
  now: (id: string) => heldNow(intake(), id),
  /** Those that would be let in now: ids of the first, and how many there are. `look`: what has changed since is tried before. */
  async letIn({ look, shown = mostOffered }: { readonly look: boolean; readonly shown?: number }) {
    if (look) await tryHeld(intake(), mostAtOnce);
    return heldLetIn(database, { shown, most: mostCounted });
  },
  trials: (ids: readonly string[]) => trialsOf(intake(), ids.slice(0, mostOffered)),
});
