/** What was answered to the question who stays on record (POLICY §8.10, §9): the same by mail, call and command. */
import { z } from 'zod';
import type { OwnChange } from '../../changes/change.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import type { PersonResult } from '../../outbound/letter.ts';
import { contactMay } from '../../registry/permissions.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import { judgePeople } from '../contacts/change-people.ts';
import { lettersAbout } from '../contacts/contact-letters.ts';
import type { PeopleRecord, Person } from '../contacts/records.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { noRight } from '../self-service/telling.ts';

const addresses = z
  .array(
    z.string().transform((given, context) => {
      const address = normaliseAddress(given);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', message: `"${given}" is not an e-mail address` });
      return z.NEVER;
    }),
  )
  .max(5_000)
  .default([]);

export const attestationSaid = z.strictObject({
  /** The quarter that was asked about; left out: the one that is open. */
  period: z.string().max(10).optional(),
  /** Where it was asked about one person, whose address had come back. */
  contact: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  keep: addresses.describe('who stays'),
  remove: addresses.describe('who goes'),
  all: z.boolean().default(false).describe('all others who are asked about stay'),
  except: addresses.describe('who of all is not spoken of'),
});
export type AttestationSaid = z.output<typeof attestationSaid>;
type AnswerAttestation = AttestationSaid & { readonly site: string };
const input = attestationSaid.extend({ site: siteNumber }) as unknown as z.ZodType<AnswerAttestation>;

/** Who is asked about, and not answered for yet. */
export const askedAbout = (
  { people }: PeopleRecord,
  { period, contact }: Partial<Pick<AttestationSaid, 'period' | 'contact'>>,
): Person[] =>
  contact === undefined
    ? people.filter(({ toAttest }) => toAttest !== undefined && (period === undefined || toAttest === period))
    : people.filter(({ id }) => id === contact);

export type JudgedAttestation = {
  readonly kept: readonly Person[];
  readonly removed: readonly PersonResult[];
  /** What was said of them cannot be done. */
  readonly refused: readonly PersonResult[];
  readonly open: readonly Person[];
  readonly changes: readonly OwnChange[];
};

/** What is on record of those who stay. */
function keepingOf(
  { site: { id: site, number: siteNumber } }: PeopleRecord,
  said: AttestationSaid,
  kept: readonly Person[],
  { now: at, by }: Given,
): OwnChange[] {
  const common = { site, siteNumber, at, by } as const;
  const [first] = kept;
  if (!first) return [];
  if (said.contact !== undefined)
    return [{ ...common, kind: 'contact-reachable', contact: first.id, address: first.email }];
  const contacts = kept.map(({ id }) => id);
  return [{ ...common, kind: 'attestation-answered', period: first.toAttest ?? '', contacts }];
}

/** Each line by itself: one that cannot be done keeps no other from being done. `asker` null: our own people. */
export function judgeAttestation(
  record: PeopleRecord,
  said: AttestationSaid,
  given: Given,
  asker: Person | null,
): JudgedAttestation {
  const asked = askedAbout(record, said);
  const isOf = (person: Person, list: readonly string[]) => addressesOf(person).some((one) => list.includes(one));
  const known = (address: string) => record.people.some((one) => isOf(one, [address]));
  const lines = said.remove.map((address) => ({ do: 'remove', address }) as const);
  const tried = judgePeople(record, lines, given, { asker });
  const failed = tried.results.filter(({ why }) => why !== null);
  const good = lines.filter((_, i) => tried.results[i]?.why === null);
  const removed = good.length === lines.length ? tried : judgePeople(record, good, given, { asker });
  const unknown = said.keep
    .filter((address) => !known(address))
    .map(
      (address): PersonResult => ({
        ...{ kind: 'unread', address, name: '', role: null, privilege: null, value: null },
        ...{ newAddress: null, details: [], until: null, why: 'unknown-address' },
      }),
    );
  const stays = (one: Person) =>
    !isOf(one, said.remove) && (isOf(one, said.keep) || (said.all && !isOf(one, said.except)));
  const kept = asked.filter(stays);
  const open = asked.filter(
    (one) =>
      !kept.includes(one) &&
      !isOf(
        one,
        good.map(({ address }) => address),
      ),
  );
  return {
    kept,
    removed: removed.results,
    refused: [...failed, ...unknown],
    open,
    changes: [...keepingOf(record, said, kept, given), ...removed.changes],
  };
}

/** Whoever goes, and the primary, hear of it as of any removal. */
export const lettersOnRemoval = (
  record: PeopleRecord,
  { removed }: JudgedAttestation,
  asker: Person | null,
  given: Pick<Given, 'desk'>,
): ActLetter[] =>
  removed.length === 0 ? [] : lettersAbout(record, { results: removed, changes: [], done: true }, { asker }, given);

export const answerAttestation: Act<AnswerAttestation> = {
  name: 'answer-attestation',
  input,
  right: 'access: update',
  does: 'says for a site who of those asked about stays on record, and who goes',
  gives: {
    changes: ['attestation-answered', 'contact-reachable', 'contact-removed'],
    letters: ['contacts-changed'],
  },
  byMail: 'the answer to `contacts-quarterly` or `contact-unreached`',
  needs: ({ site }) => ({ people: { site } }),
  judge({ site, ...said }, { people: record }, given) {
    const { by, policy } = given;
    if (!record) return refused('not-found', `There is no site ${site}.`);
    const asker = by.kind === 'contact' ? (record.people.find(({ id }) => id === by.contact) ?? null) : null;
    if (by.kind === 'contact' && !(asker && contactMay('access: update', asker, policy)))
      return noRight('KEEP', asker?.role ?? 'authorized user');
    const judged = judgeAttestation(record, said, given, asker);
    const [first] = judged.refused;
    if (judged.changes.length === 0)
      return first
        ? refused('bad-input', `${first.address} of site ${site}: ${first.why?.replaceAll('-', ' ')}.`)
        : refused('conflict', `Nobody of site ${site} is asked about of whom anything is said.`);
    return {
      kind: 'done',
      changes: judged.changes,
      letters: lettersOnRemoval(record, judged, asker, given),
    };
  },
};
