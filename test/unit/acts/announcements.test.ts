/** POLICY §10.6: the file of an announcement, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import { readAnnouncement } from '../../../src/acts/announcements/read-file.ts';
import type { AnnouncementRecord, NextRecipient, SendingRecord } from '../../../src/acts/announcements/records.ts';
import { gatherRecipients, sendAnnouncement } from '../../../src/acts/announcements/send-announcement.ts';
import { pauseAnnouncement, startAnnouncement } from '../../../src/acts/announcements/turn-announcement.ts';
import { writeAnnouncement } from '../../../src/acts/announcements/write-announcement.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import type { Announcement } from '../../../src/notices/announcement.ts';
import { asking, givenFor } from '../../support/worked-case.ts';

const file = `---
kind: releases
subject: Vault 12 is out
products: [Vault]
versions: [11.6, 10.2]
contactTypes: [site technical]
resolves: [VLT-1]
---
**Vault 12** is out. See [what is new](https://vault.example/12).

- faster
- smaller

---
language: de
subject: Vault 12 ist da
---
Vault 12 ist da.
`;
const faults = (text: string): readonly string[] => {
  const read = readAnnouncement(text, 'vault-12');
  return read.kind === 'faulty' ? read.faults : [];
};
const head = (more: string, body = 'Text.') => `---\nkind: releases\nsubject: A\n${more}\n---\n${body}\n`;

describe('the file of an announcement', () => {
  it('is front matter and Markdown, one a language', () => {
    const read = readAnnouncement(file, 'vault-12');
    expect(read).toMatchObject({
      kind: 'read',
      announcement: {
        ...{ name: 'vault-12', kind: 'releases', products: ['Vault'], versions: ['11.6', '10.2'] },
        ...{ contactTypes: ['site technical'], resolves: ['VLT-1'] },
        texts: [
          { language: 'en', subject: 'Vault 12 is out' },
          { language: 'de', subject: 'Vault 12 ist da', body: 'Vault 12 ist da.' },
        ],
      },
    });
  });
  it.each([
    ['no front matter', 'Hello', 'It does not begin with a front matter'],
    ['a kind that is none', '---\nkind: news\nsubject: A\n---\nText', 'kind: '],
    ['a key that is none', head('product: [Vault]'), 'did you mean "products"'],
    ['no text', head('', ''), 'it has no text'],
    ['HTML', head('', 'Hello <b>you</b>'), 'HTML'],
    ['a picture', head('', '![logo](https://x.example/a.png)'), 'a picture'],
    ['a table', head('', '| a | b |\n|---|---|\n| 1 | 2 |'), 'a table'],
    ['a block of code', head('', '```\nrm\n```'), 'a block of code'],
    ['a link that runs something', head('', '[x](tel:1)'), 'a link that is neither'],
    ['marks of our templates', head('', 'a {% endraw %} b'), 'which our templates use'],
    ['a language twice', `${head('')}---\nlanguage: en\nsubject: B\n---\nB\n`, 'is there twice'],
    ['defects of what is no release', head('resolves: [VLT-1]').replace('releases', 'announcements'), 'only releases'],
    ['YAML that is none', '---\nkind: [\n---\nText', 'is no YAML'],
  ])('says what is wrong with %s', (_, text, says) => expect(faults(text).join('; ')).toContain(says));
  it('takes code, and links in angle brackets, as they are', () => {
    expect(faults(head('', 'Run `<vault> --update`, or see <https://vault.example/12>. {{ this }} stays.'))).toEqual(
      [],
    );
  });
});

const given = givenFor(asking(null));
const content = (readAnnouncement(file, 'vault-12') as { announcement: Announcement }).announcement;
const audience = {
  ...{ recipients: 7, sites: 3, unreachable: 1, doubtful: 0, withCases: 1, unknownProducts: [] as string[] },
  sample: [{ address: 'ada@aldous.example', siteNumber: '1000345' }],
};
const record = (more: Partial<AnnouncementRecord> = {}): AnnouncementRecord => ({
  ...{ id: '5', state: 'running', content, gathered: null, counts: { open: 2, written: 5, leftOut: 0 } },
  dueAt: null,
  ...more,
});
const next = (more: Partial<NextRecipient> = {}): NextRecipient => ({
  ...{ address: 'ada@aldous.example', language: 'de', cases: [] },
  person: { id: '1' as never, email: 'ada@aldous.example', role: 'primary', types: [] },
  others: [],
  ...more,
});
const none = { cases: [], letters: [] } as const;
const some = { bounced: 0, open: true, next: [next()] };
const send = (on: AnnouncementRecord, sending: SendingRecord) =>
  sendAnnouncement.judge({ id: '5' }, { ...none, announcement: on, sending }, given);

describe('§10.6 an announcement', () => {
  it('says before it starts how many get it, who of them, and who is unreachable', () => {
    const written = writeAnnouncement.judge(
      { text: file, name: 'vault-12' },
      { ...none, announcement: null, audience },
      given,
    );
    expect(written.kind === 'done' && written.changes.map(sentenceOf)).toEqual([
      'vault-12 (releases) is kept. As everything stands it goes to 7 people at 3 sites: ada@aldous.example (site 1000345), and 6 more. 1 of them is told that a case of theirs is resolved. 1 more person is left out, for letters to them come back.',
    ]);
    const ready = record({ state: 'ready', gathered: '0' });
    expect(startAnnouncement.judge({ id: '5' }, { ...none, announcement: ready, audience }, given)).toMatchObject({
      changes: [{ kind: 'announcement-started' }],
      letters: [],
    });
  });
  it('is not started twice, not for nobody, and not for a product that nobody has', () => {
    const says = (judged: ReturnType<typeof send>) => (judged.kind === 'refused' ? judged.says : '');
    expect(says(startAnnouncement.judge({ id: '5' }, { ...none, announcement: record(), audience }, given))).toContain(
      'already',
    );
    const empty = { ...audience, recipients: 0 };
    const ready = record({ state: 'ready' });
    expect(
      says(startAnnouncement.judge({ id: '5' }, { ...none, announcement: ready, audience: empty }, given)),
    ).toContain('nobody');
    const unknown = { ...audience, unknownProducts: ['Vualt'] };
    const input = { text: file, name: 'vault-12' };
    expect(says(writeAnnouncement.judge(input, { ...none, announcement: null, audience: unknown }, given))).toContain(
      '"Vualt"',
    );
    expect(says(writeAnnouncement.judge(input, { ...none, announcement: record(), audience }, given))).toContain(
      'another name',
    );
  });
  it('goes to each in their language, with their cases, and how to end it', () => {
    const cases = [{ number: '100042', title: 'The vault is slow' }];
    const sent = send(record(), { ...some, next: [next({ cases })] });
    expect(sent).toMatchObject({
      changes: [
        { kind: 'recipients-written', written: [{ address: 'ada@aldous.example', contact: '1' }], leftOut: [] },
      ],
      letters: [
        {
          ...{ template: 'announcement', to: 'ada@aldous.example', language: 'de', once: 'announcement:5' },
          values: { subject: 'Vault 12 ist da', cases },
          asks: { kind: 'subscription', name: 'releases' },
        },
      ],
    });
  });
  it('leaves out who has ended it, has gone, or cannot be reached, since it started', () => {
    const ended = [{ kind: 'releases', wanted: false, address: 'b@aldous.example' }] as const;
    const at = (address: string, more: object) =>
      next({ address, person: { ...(next().person as object), ...more } as NextRecipient['person'] });
    const all = [
      next(),
      at('b@aldous.example', { subscriptions: ended }),
      at('c@aldous.example', { email: 'c@aldous.example', unreachable: true }),
      next({ address: 'd@aldous.example', person: null }),
    ];
    expect(send(record(), { ...some, next: all })).toMatchObject({
      changes: [
        {
          written: [{ address: 'ada@aldous.example', contact: '1' }],
          leftOut: [
            { address: 'b@aldous.example', why: 'ended' },
            { address: 'c@aldous.example', why: 'unreachable' },
            { address: 'd@aldous.example', why: 'gone' },
          ],
        },
      ],
      letters: [{ to: 'ada@aldous.example' }],
    });
  });
  it('goes to somebody at two sites who has gone from one, or cannot be reached there alone, as the other', () => {
    const { person: ada } = next();
    const elsewhere = { ...(ada as NonNullable<typeof ada>), id: '2' as never };
    const goes = [{ address: 'ada@aldous.example', contact: '2' }];
    for (const person of [null, { ...elsewhere, id: '1' as never, unreachable: true }]) {
      const sent = send(record(), { ...some, next: [next({ person, others: [elsewhere] })] });
      expect(sent).toMatchObject({
        changes: [{ written: goes, leftOut: [] }],
        letters: [{ values: { page: { contact: '2' } } }],
      });
    }
  });
  it('goes as nobody else where they have ended it, or the other one is a caller, cannot be reached or has another address for it', () => {
    const { person: ada } = next();
    const elsewhere = { ...(ada as NonNullable<typeof ada>), id: '2' as never };
    const said = (wanted: boolean, address: string) => ({
      subscriptions: [{ kind: 'releases', wanted, address }] as const,
    });
    const why = (person: NextRecipient['person'], other: object) => {
      const sent = send(record(), { ...some, next: [next({ person, others: [{ ...elsewhere, ...other }] })] });
      const [change] = sent.kind === 'done' ? sent.changes : [];
      return change?.kind === 'recipients-written' ? change.leftOut.map((one) => one.why) : null;
    };
    expect(why({ ...elsewhere, ...said(false, 'ada@aldous.example') }, {})).toEqual(['ended']);
    expect(why(null, { role: 'provisional caller' })).toEqual(['gone']);
    expect(why(null, { unreachable: true })).toEqual(['gone']);
    expect(why(null, said(true, 'else@aldous.example'))).toEqual(['gone']);
  });
  it('pauses by itself where too many come back', () => {
    expect(send(record(), { ...some, bounced: 11 })).toMatchObject({
      changes: [{ kind: 'announcement-turned', to: 'paused', bounced: 11 }],
      letters: [],
    });
  });
  it('is finished only where no row is open, and all sites have been looked through', () => {
    const waits = { bounced: 0, open: true, next: [] };
    const nobody = { ...waits, open: false };
    expect(send(record({ counts: null }), waits)).toMatchObject({ changes: [] });
    expect(send(record({ counts: null, gathered: '9' }), nobody)).toMatchObject({ changes: [] });
    const counts = { open: 0, written: 7, leftOut: 0 };
    expect(send(record({ counts }), nobody)).toMatchObject({ changes: [{ to: 'finished', counts }] });
  });
  it('goes to nobody before all sites have been looked through: somebody at two of them has one letter', () => {
    expect(send(record({ gathered: '9' }), some)).toMatchObject({ changes: [], letters: [] });
  });
  it('writes nothing while it is paused, and is paused once', () => {
    expect(send(record({ state: 'paused' }), some)).toMatchObject({
      changes: [],
      letters: [],
    });
    const paused = { ...none, announcement: record({ state: 'paused' }) };
    expect(pauseAnnouncement.judge({ id: '5' }, paused, given)).toMatchObject({ kind: 'refused' });
    expect(gatherRecipients.judge({ id: '5' }, { ...paused, gathering: [] }, given)).toMatchObject({ changes: [] });
  });
});
