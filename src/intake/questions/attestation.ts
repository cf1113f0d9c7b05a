/** What an answer about who stays on record comes to (POLICY §8.10): the same for one that was verified and one that brought its code (§11.2). */

import type { PeopleRecord, Person } from '../../acts/contacts/records.ts';
import {
  type AttestationSaid,
  askedAbout,
  type JudgedAttestation,
  judgeAttestation,
  lettersOnRemoval,
} from '../../acts/schedule/answer-attestation.ts';
import { contactId } from '../../foundation/ids.ts';
import type { KeepLine } from '../../mail/answers/keep-answer.ts';
import type { AttestAsks } from '../../outbound/letter.ts';
import { contactMay } from '../../registry/permissions.ts';
import { answerTo } from '../../registry/recognise.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { type Context, givenBy, senderAt, siteOf } from '../context.ts';
import type { LetterFacts, SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

type By = { readonly contact: Contact; readonly site: SiteFacts };
export type AskedToAttest = By & {
  readonly letter: LetterFacts;
  readonly asks: AttestAsks;
  readonly record: PeopleRecord;
  readonly open: readonly Person[];
};

const recordOf = ({ facts }: Context, { site }: SiteFacts): PeopleRecord | null =>
  facts.people?.find((one) => one.site.id === site.id) ?? null;

/** The question who stays, answered by somebody of that site who may, as the registry stands now. */
export function askedToAttest(context: Context): AskedToAttest | null {
  const letter = context.answered;
  if (letter?.asks?.kind !== 'attest') return null;
  const { asks } = letter;
  const site = siteOf(context.facts, asks.site);
  const contact = senderAt(context, asks.site);
  const record = site && recordOf(context, site);
  if (!contact || !record || !contactMay('access: update', contact, context.policy)) return null;
  return { letter, asks, contact, site, record, open: askedAbout(record, asks) };
}

/** What the lines come to. A word without an address is about the one person who is asked about; two answers about one are none. */
export function saidIn(
  lines: readonly KeepLine[],
  { asks, open }: Pick<AskedToAttest, 'asks' | 'open'>,
): AttestationSaid | null {
  const [only] = open;
  const one = open.length === 1 && only ? [only.email] : [];
  const said = (word: KeepLine['word']) =>
    lines.flatMap((line) => {
      if (line.word !== word) return [];
      if (line.word === 'keep-all') return line.except;
      return line.addresses.length > 0 ? line.addresses : one;
    });
  const [keep, remove] = [said('keep'), said('remove')];
  // Both of one person, whichever address is used.
  const aliases = (address: string) =>
    addressesOf(open.find((who) => addressesOf(who).includes(address)) ?? { email: address, aliases: [] });
  const both = new Set(keep.filter((address) => remove.some((other) => aliases(address).includes(other))));
  const isBoth = (address: string) => aliases(address).some((other) => both.has(other));
  const all = lines.some(({ word }) => word === 'keep-all');
  const answer = {
    ...aboutOf(asks),
    keep: [...new Set(keep)].filter((address) => !isBoth(address)),
    remove: [...new Set(remove)].filter((address) => !isBoth(address)),
    all,
    except: [...said('keep-all'), ...both],
  };
  return all || answer.keep.length > 0 || answer.remove.length > 0 ? answer : null;
}

/** The question that it is, in the same form wherever it stands. */
const aboutOf = ({ period, contact }: Partial<Pick<AttestationSaid, 'period' | 'contact'>>) => ({
  ...(period !== undefined && { period }),
  ...(contact !== undefined && { contact }),
});

/** Asked again, it is the same question. */
function asksOf(site: AttestAsks['site'], { period = '', contact }: AttestationSaid): AttestAsks {
  return contact === undefined
    ? { kind: 'attest', site, period }
    : { kind: 'attest', site, contact: contactId(contact) };
}

/** So many are named. */
const mostNamed = 20;

function resultLetter(
  context: Context,
  { contact, site }: By,
  { said, judged }: { readonly said: AttestationSaid; readonly judged: JudgedAttestation },
): PlannedLetter {
  const { kept, removed, refused, open } = judged;
  const asks = asksOf(site.site.id, said);
  const values = {
    ...{ siteName: site.site.name, site: site.site.number, kept: kept.length },
    removed: removed.map(({ address }) => address),
    refused: refused.map(({ address, why }) => ({
      address,
      why: why === 'unknown-address' || why === 'needs-primary' ? why : ('no-right' as const),
    })),
    open: open.slice(0, mostNamed).map(({ email }) => email),
    more: Math.max(0, open.length - mostNamed),
  };
  return planned(
    context,
    { template: 'contacts-attested', values },
    {
      to: answerTo(contact, context.sender ?? contact.email),
      audience: 'contact',
      language: site.site.language,
      // Other lines are another matter: nobody who goes on within the hour is met with silence.
      matter: `attested:${site.site.number}:${context.mail.facts.contentHash}`,
      case: null,
    },
    asks,
  );
}

export function runAttestation(context: Context, by: By, said: AttestationSaid): Done {
  const record = recordOf(context, by.site);
  const given = givenBy(context, by.contact.id);
  const asker = record?.people.find(({ id }) => id === by.contact.id);
  if (!record || !asker || !contactMay('access: update', asker, context.policy))
    return { kind: 'refused', reason: 'Whoever answered may decide who stays on record no more.', letters: [] };
  const judged = judgeAttestation(record, said, given, asker);
  const others = lettersOnRemoval(record, judged, asker, given).map(({ answers: _, ...letter }) =>
    planned(context, letter, { ...letter, answers: null }),
  );
  const { kept, removed, open } = judged;
  const reason = `Of those asked about at site ${record.site.number} ${kept.length} stay, ${removed.length} go, and ${open.length} are open.`;
  return {
    kind: 'done',
    reason,
    letters: [resultLetter(context, by, { said, judged }), ...others],
    changes: judged.changes,
  };
}
