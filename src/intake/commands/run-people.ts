/** Lines about the people of a site (POLICY §8.8), by a mail or by the code that confirmed it. */

import type { ActLetter, AnyAct } from '../../acts/act.ts';
import { addContact } from '../../acts/contacts/add-contact.ts';
import { changeContact } from '../../acts/contacts/change-contact.ts';
import { changeContacts } from '../../acts/contacts/change-contacts.ts';
import { judgePeople, type PeopleJudged } from '../../acts/contacts/change-people.ts';
import { answerToAsker, lettersAbout } from '../../acts/contacts/contact-letters.ts';
import { refusalOf } from '../../acts/contacts/people-act.ts';
import type { PeopleRecord } from '../../acts/contacts/records.ts';
import { removeContact } from '../../acts/contacts/remove-contact.ts';
import { setDocuments } from '../../acts/contacts/set-documents.ts';
import { setPrivilege } from '../../acts/contacts/set-privilege.ts';
import { setRole } from '../../acts/contacts/set-role.ts';
import { clockOfDays } from '../../cases/rating.ts';
import type { Change } from '../../changes/change.ts';
import type { ContactId, MailId } from '../../foundation/ids.ts';
import type { PersonResult } from '../../outbound/letter.ts';
import { mostLines, type PersonLine } from '../../registry/contacts/lines.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import { type Context, givenBy } from '../context.ts';
import type { SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { careNotice } from '../letters/team-letters.ts';
import { confirmLetter } from '../questions/confirm-letter.ts';
import type { Done } from './done.ts';
import type { ReadLine } from './people-lines.ts';

type By = {
  readonly contact: Contact;
  readonly site: SiteFacts;
  /** That has asked, where this one brings its code. */
  readonly mail?: MailId;
};

function peopleAt({ facts }: Context, { site }: By): PeopleRecord {
  const record = facts.people?.find((one) => one.site.id === site.site.id);
  if (!record) throw new Error(`the people of site ${site.site.number} were not loaded`);
  return record;
}

const notDone = (text: string, why: 'not-understood' | 'too-long'): PersonResult => ({
  ...{ kind: 'unread', address: '', name: text, role: null, privilege: null, value: null, newAddress: null },
  ...{ until: null, details: [], why },
});
const isRead = (line: ReadLine): line is PersonLine => line.do !== 'unread';

/** In the order of the mail; what cannot be read is refused like what cannot be done. */
function judged(context: Context, by: By, lines: readonly ReadLine[]): PeopleJudged {
  const record = peopleAt(context, by);
  const asker = record.people.find(({ id }) => id === by.contact.id) ?? by.contact;
  const readable = lines.filter(isRead).slice(0, mostLines);
  const made = judgePeople(record, readable, givenBy(context, by.contact.id), { asker });
  const left = [...made.results];
  const results = lines.map((line) =>
    isRead(line) ? (left.shift() ?? notDone(line.address, 'too-long')) : notDone(line.text, 'not-understood'),
  );
  const done = results.every(({ why }) => why === null);
  const { heir: _, ...plain } = made;
  return done ? { ...made, results } : { ...plain, results, changes: [], done };
}

/** Whether a code would do it: what is refused now is answered now. */
export const wouldBeDone = (context: Context, by: By, lines: readonly ReadLine[]): boolean =>
  judged(context, by, lines).done;

const acts = {
  add: addContact,
  remove: removeContact,
  role: setRole,
  privilege: setPrivilege,
  documents: setDocuments,
  details: changeContact,
} as const satisfies Readonly<Record<PersonLine['do'], AnyAct>>;

/** One line is the act of that name; several are done together. */
function actOf(lines: readonly PersonLine[], site: string): { readonly act: AnyAct; readonly asked: unknown } {
  const [line] = lines;
  if (!line || lines.length > 1) return { act: changeContacts, asked: { site, lines } };
  const { do: name, ...asked } = line;
  return { act: acts[name], asked: { site, ...asked } };
}

const answering = (context: Context, { answers: _, ...letter }: ActLetter): PlannedLetter =>
  planned(context, letter, letter, null);
/** To somebody else: it is no answer to a mail of theirs. */
const telling = (context: Context, letter: ActLetter): PlannedLetter =>
  planned(context, letter, { ...letter, answers: null });

/** §8.8: more than a site may add by mail is done by client care, who owe an answer by then. */
function careOf(context: Context, { site }: By): { changes: readonly Change[]; letters: readonly PlannedLetter[] } {
  const { mail, policy } = context;
  const due = clockOfDays(mail.arrivedAt, policy.careBusinessDays, site.site, policy, policy.publicHolidays);
  return {
    changes: [
      { kind: 'care-clock-started', mail: mail.id, due, at: mail.arrivedAt, by: { kind: 'mail', mail: mail.id } },
    ],
    letters: careNotice(context, { due, timezone: site.site.timezone }),
  };
}

export function runPeople(context: Context, by: By, lines: readonly ReadLine[]): Done {
  const { contact, site } = by;
  const record = peopleAt(context, by);
  const made = judged(context, by, lines);
  const { heir } = made;
  const address = answerTo(contact, context.sender ?? contact.email);
  const answer = answering(context, answerToAsker(record, made, contact, address, context.mail.facts.contentHash));
  const { act, asked } = actOf(lines.filter(isRead), site.site.number);
  const done = made.done
    ? act.judge(asked, { cases: [], letters: [], people: record }, givenBy(context, contact.id))
    : refusalOf(made, false);
  if (done.kind === 'refused') {
    const tooMany = made.results.some(({ why }) => why === 'too-many');
    const care = tooMany ? careOf(context, by) : { changes: [], letters: [] };
    return { kind: 'refused', reason: done.says, letters: [answer, ...care.letters], changes: care.changes };
  }
  if (heir) {
    const handOver = { kind: 'hand-over', site: site.site.id, from: contact.id } as const;
    const to = { act: handOver, contact: heir, site, case: null, ...(by.mail && { mail: by.mail }) };
    const reason = `The primary role of site ${site.site.number} waits for the code of who is to have it.`;
    const asks = { ...confirmLetter(context, to), answers: null };
    return { kind: 'done', reason, letters: [answer, asks], waits: true };
  }
  const reason = `The people of site ${site.site.number} were changed, as its contact may: ${lines.length} line(s).`;
  const others = done.letters.map((one) => telling(context, one));
  return { kind: 'done', reason, letters: [answer, ...others], changes: done.changes };
}

/** Whoever is to be the primary has brought the code (POLICY §1): it counts as long as whoever asked for it still is. */
export function takeOver(context: Context, by: By, from: ContactId): Done {
  const record = peopleAt(context, by);
  const { contact } = by;
  const asker = record.people.find(({ id }) => id === from) ?? contact;
  const line = { do: 'role', address: contact.email, role: 'primary' } as const;
  const made = judgePeople(record, [line], givenBy(context, contact.id), { asker, handOver: true });
  const address = answerTo(contact, context.sender ?? contact.email);
  const answer = answering(context, answerToAsker(record, made, contact, address, context.mail.facts.contentHash));
  if (!made.done) return { kind: 'refused', reason: refusalOf(made, false).says, letters: [answer] };
  const others = lettersAbout(record, made, { asker: contact }, context.policy).map((one) => telling(context, one));
  const reason = `The primary role of site ${record.site.number} was handed over, as both have said.`;
  return { kind: 'done', reason, letters: [answer, ...others], changes: made.changes };
}
