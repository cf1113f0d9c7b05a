import { z } from 'zod';
import type { OwnChange } from '../../changes/change.ts';
import { contactId, siteId } from '../../foundation/ids.ts';
import {
  type Announcement,
  type AnnouncementText,
  type AudiencePerson,
  bouncesTooOften,
  isOptional,
  readerAt,
  recipientsOf,
  textFor,
} from '../../notices/announcement.ts';
import { preferencesToCome } from '../../outbound/letters/subscriptions.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import type { AnnouncementRecord, NextRecipient } from './records.ts';
import { noSuch, turned } from './turn-announcement.ts';

const input = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });
type SendAnnouncement = z.infer<typeof input>;

const nothing = { kind: 'done', changes: [], letters: [] } as const;

const announcementLetter = (
  { subject, body, language }: AnnouncementText,
  of: Pick<Announcement, 'kind'> & Pick<NextRecipient, 'cases'>,
) => ({ template: 'announcement', language, values: { ...of, subject, body } }) as const;

/** A template in the language of the reader, where there is one. */
const supportEndLetter = ({ product, version, fullUntil }: NonNullable<Announcement['supportEnd']>) =>
  ({
    template: 'support-end',
    values: {
      ...{ kind: 'end-of-support', product, version, endsOn: fullUntil },
      from: Temporal.PlainDate.from(fullUntil).add({ days: 1 }).toString(),
    },
  }) as const;

/** Keyed by announcement and address: the same twice is one letter, whatever became of the row. */
export function letterTo(
  { id, content }: AnnouncementRecord,
  { address, language, cases }: NextRecipient,
  person: AudiencePerson,
  { desk }: Pick<Given, 'desk'>,
): ActLetter {
  const { kind, supportEnd } = content;
  const optional = isOptional(kind);
  const page = optional ? { contact: contactId(person.id), kind } : null;
  const link = page ? `${desk.publicUrl}/preferences/${preferencesToCome}` : null;
  const { support } = desk.addresses;
  const { language: written, ...text } = supportEnd
    ? { ...supportEndLetter(supportEnd), language }
    : announcementLetter(textFor(content, language), { kind, cases });
  return {
    ...{ template: text.template, values: { ...text.values, support, link, page } },
    ...{ to: address, audience: 'contact', language: written, matter: `announcement:${id}`, case: null },
    ...{ once: `announcement:${id}`, answers: null, followsOwn: false },
    asks: optional ? { kind: 'subscription', name: kind, wanted: false } : null,
    fate: { kind: 'send' },
  } as ActLetter;
}

/** POLICY §10.6: a few at a time, each letter with the step of its row in one transaction. */
export const sendAnnouncement: Act<SendAnnouncement> = {
  name: 'send-announcement',
  input,
  right: 'none',
  does: 'writes the next letters of an announcement, pauses it where too many come back, and says when it is finished',
  gives: { changes: ['recipients-written', 'announcement-turned'], letters: ['announcement', 'support-end'] },
  byClock: ['announcements'],
  needs: ({ id }) => ({ announcement: { id }, sending: { id } }),
  judge({ id }, { announcement: on, sending }, given) {
    if (!on || !sending) return noSuch(id);
    // Somebody at two sites has one letter, with the cases of both: all sites come first.
    if (on.state !== 'running' || on.gathered !== null) return nothing;
    const { policy, now: at, by } = given;
    if (bouncesTooOften(sending, policy.announcements)) return turned(on, 'paused', given, sending.bounced);
    if (sending.next.length === 0) return sending.open ? nothing : turned(on, 'finished', given);
    const { kind } = on.content;
    const all = sending.next.map((one) => {
      const cases = one.cases.map(({ number }) => number);
      return { one, reader: readerAt(one, { kind, cases }, policy) };
    });
    const goes = all.flatMap(({ one, reader }) => (typeof reader === 'string' ? [] : [{ one, reader }]));
    const leftOut = all.flatMap(({ one: { address }, reader: why }) =>
      typeof why === 'string' ? [{ address, why }] : [],
    );
    const of = { announcement: on.id, name: on.content.name } as const;
    const written = goes.map(({ one: { address }, reader: { id: contact } }) => ({ address, contact }));
    return {
      kind: 'done',
      changes: [{ kind: 'recipients-written', ...of, written, leftOut, at, by }],
      letters: goes.map(({ one, reader }) => letterTo(on, one, reader, given)),
    };
  },
};

/** Looks through the next sites for whom it goes to; what it has found are rows, whatever happens then. */
export const gatherRecipients: Act<SendAnnouncement> = {
  name: 'gather-recipients',
  input,
  right: 'none',
  does: 'notes who of the next sites gets an announcement that was started',
  gives: { changes: ['recipients-gathered'], letters: [] },
  byClock: ['announcements'],
  needs: ({ id }) => ({ announcement: { id }, gathering: { id } }),
  judge({ id }, { announcement: on, gathering }, { now: at, by, policy }) {
    if (!on || !gathering) return noSuch(id);
    if (on.state !== 'running' || on.gathered === null) return nothing;
    const recipients = gathering.flatMap((site) => recipientsOf(site, on.content, at, policy));
    const to = gathering.at(-1)?.id ?? null;
    const of = { announcement: on.id, name: on.content.name } as const;
    return {
      kind: 'done',
      changes: [{ kind: 'recipients-gathered', ...of, recipients, from: on.gathered, to, at, by }],
      letters: [],
    };
  },
};

const address = z.email().max(254);
const takeBackInput = z.strictObject({ address: address.describe('an address that letters came back from') });

/** POLICY §10.6: a suppressed address can be taken back. */
export const takeBackAddress: Act<z.infer<typeof takeBackInput>> = {
  name: 'take-back-address',
  input: takeBackInput,
  right: 'announcements: send',
  does: 'lets letters go again to an address that they came back from, those of announcements under way as well',
  gives: { changes: ['contact-reachable', 'subscription-reachable', 'recipients-taken-back'], letters: [] },
  needs: (asked) => ({ returned: asked.address.toLowerCase() }),
  judge(asked, { returned }, { now: at, by }) {
    const to = asked.address.toLowerCase();
    const { contacts = [], announcements = [], subscribers = [] } = returned ?? {};
    if (contacts.length + announcements.length + subscribers.length === 0)
      return refused('not-found', `No letters come back from ${to}.`);
    return {
      kind: 'done',
      changes: [
        ...contacts.map(({ id, site, siteNumber }): OwnChange => {
          const of = { contact: contactId(id), site: siteId(site), siteNumber } as const;
          return { kind: 'contact-reachable', ...of, address: to, at, by };
        }),
        ...subscribers.map(({ id, siteNumber }): OwnChange => {
          const of = { contact: contactId(id), siteNumber, address: to } as const;
          return { kind: 'subscription-reachable', ...of, at, by };
        }),
        ...(announcements.length === 0
          ? []
          : [{ kind: 'recipients-taken-back', address: to, announcements, at, by } as const]),
      ],
      letters: [],
    };
  },
};
