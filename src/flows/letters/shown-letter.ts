/** A letter as our own people look at it: what it says, what became of it, what it follows from and what followed. */
import type { By } from '../../changes/by.ts';
import { type DeliveryStep, deliveryStory } from '../../outbound/delivery-story.ts';
import { type LetterShownWhole, maskLetter, shownLetter } from '../../outbound/shown-letter.ts';
import { auditOfSubject } from '../../store/audit/list-audit.ts';
import type { Database } from '../../store/database.ts';
import { type LetterDetail, letterDetail } from '../../store/letters/letter-detail.ts';
import { countedTo, countLetters, type LetterFilter, listLetters } from '../../store/letters/letter-list.ts';
import type { PageOf } from '../../store/reports/reports.ts';
import { belongsTo } from '../../store/secrets.ts';
import { blockedSenders } from '../../store/senders/blocked-senders.ts';
import type { Sealer } from '../../vault/seal.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';
import { pauseLetters, resumeLetters, sendingState } from './pause-letters.ts';

export { type LetterCounts, type LetterListItem, letterStates } from '../../store/letters/letter-list.ts';
export { countedTo, type DeliveryStep, type LetterFilter };

export type LetterBody =
  | ({ readonly kind: 'there' } & LetterShownWhole)
  /** It was held back when it was written. */
  | { readonly kind: 'never-written' }
  | { readonly kind: 'deleted'; readonly at: string }
  /** Sealed under a key that this Postern has no more. */
  | { readonly kind: 'cannot-be-opened' };

export type LetterWhole = Omit<LetterDetail, 'raw'> & {
  readonly body: LetterBody;
  readonly steps: readonly DeliveryStep[];
};

type Deps = {
  readonly database: Database;
  readonly vault: Pick<Sealer, 'open'>;
  readonly relay: Pick<Relay, 'wake'>;
};

const mostSteps = 500;

async function bodyOf(
  { vault }: Pick<Deps, 'vault'>,
  { id, raw, sealed, emptiedAt }: LetterDetail,
): Promise<LetterBody> {
  if (emptiedAt !== null) return { kind: 'deleted', at: emptiedAt };
  if (raw === null) return { kind: 'never-written' };
  let bytes: Buffer = raw;
  if (sealed)
    try {
      bytes = vault.open(raw, belongsTo('letters', id, 'raw'));
    } catch {
      return { kind: 'cannot-be-opened' };
    }
  // The parser of mails is for whoever looks at one.
  const { openMessage } = await import('../../mail/mime/open-message.ts');
  return { kind: 'there', ...shownLetter(bytes, await openMessage(bytes), sealed) };
}

export const openLetters = (deps: Deps) => ({
  async list(filter: PageOf & LetterFilter) {
    const { items, ...page } = await listLetters(deps.database, filter);
    return { ...page, items: items.map((one) => ({ ...one, subject: maskLetter(one.subject, false) })) };
  },
  counts: () => deps.database.ask(countLetters),
  sending: () => sendingState(deps.database),
  /** Who hears nothing from us, because one of our people said so. */
  blocked: () => deps.database.ask(blockedSenders),
  /** False: they were paused already, and the reason is the new one. */
  pause: (reason: string, by: By) => pauseLetters(deps, { reason, by }),
  /** Null: they were not paused; else how many that waited are on their way. */
  resume: (by: By) => resumeLetters(deps, { by }),
  async one(id: string): Promise<LetterWhole | null> {
    const [found, steps] = await deps.database.ask((db) =>
      Promise.all([letterDetail(db, id), auditOfSubject(db, { kind: 'letter', id, limit: mostSteps })]),
    );
    if (found === null) return null;
    const { raw: _, ...letter } = found;
    const subject = maskLetter(found.subject, found.sealed);
    return { ...letter, subject, body: await bodyOf(deps, found), steps: deliveryStory(steps) };
  },
});
export type Letters = ReturnType<typeof openLetters>;
