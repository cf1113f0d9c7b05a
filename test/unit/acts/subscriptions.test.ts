/** POLICY §7 `UNSUBSCRIBE`, §10.6: ends letters of a kind, and lets them come again; the answer is true. */
import { describe, expect, it } from 'vitest';
import { judgePeople } from '../../../src/acts/contacts/change-people.ts';
import type { Subscriber } from '../../../src/acts/subscriptions/records.ts';
import { type SetSubscription, setSubscription } from '../../../src/acts/subscriptions/set-subscription.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import { asking, givenFor } from '../../support/worked-case.ts';

const subscriber = (id: string, more: Partial<Subscriber> = {}): Subscriber => ({
  ...{ id: contactId(id), siteId: siteId(id), name: 'Ada', email: 'ada@aldous.example', aliases: ['a@aldous.example'] },
  ...{ role: 'primary', types: [], siteNumber: siteNumber(`100034${id}`), language: 'en', subscriptions: [] },
  ...more,
});
const api = givenFor(asking(null));
const byMail = { ...api, by: { kind: 'contact', contact: contactId('1'), mail: mailId('5') } } as const;
const byPage = { ...api, by: { kind: 'preferences', contact: contactId('1') } } as const;
const ask = (
  asked: Partial<SetSubscription>,
  subscribers: readonly Subscriber[] = [subscriber('1')],
  given: typeof api | typeof byMail | typeof byPage = byMail,
) =>
  setSubscription.judge(
    { contact: 'ada@aldous.example', kinds: ['releases'], wanted: false, ...asked },
    { cases: [], letters: [], subscribers },
    given,
  );
const told = (...given: Parameters<typeof ask>) => {
  const judged = ask(...given);
  if (judged.kind === 'refused') return judged.says;
  const [letter] = judged.letters;
  const values = letter?.template === 'subscriptions' ? letter.values : null;
  const lines = values?.lines.map(({ kind, to }) => `${kind}: ${to.join(' ') || '-'}`);
  return { does: judged.changes.map(sentenceOf), to: letter?.to, result: values?.result, lines };
};

describe('UNSUBSCRIBE', () => {
  it('ends that kind and no other, and says how it stands then', () => {
    expect(told({})).toEqual({
      does: ['Letters of the kind releases go to ada@aldous.example of site 1000341 no more.'],
      ...{ to: 'ada@aldous.example', result: 'ended' },
      lines: [
        'announcements: ada@aldous.example',
        'releases: -',
        'media: ada@aldous.example',
        'end-of-support: ada@aldous.example',
      ],
    });
  });
  it('ends it at every site of theirs: there is one letter to an address', () => {
    const both = [subscriber('1'), subscriber('2')];
    expect(told({}, both)).toMatchObject({ does: [expect.anything(), expect.anything()], result: 'ended' });
  });
  it('is answered truly where it was so already', () => {
    const ended = subscriber('1', {
      subscriptions: [{ kind: 'releases', wanted: false, address: 'ada@aldous.example' }],
    });
    expect(told({}, [ended])).toMatchObject({ does: [], result: 'was-ended' });
    expect(told({}, [ended], api)).toBe('It is so already for ada@aldous.example.');
  });
  it('from an address that is on record no more ends what still goes there, and nothing else', () => {
    const moved = subscriber('1', {
      subscriptions: [{ kind: 'releases', wanted: true, address: 'old@aldous.example' }],
    });
    const asked = { contact: 'old@aldous.example', kinds: ['announcements', 'releases'] } as const;
    expect(told({ ...asked, kinds: [...asked.kinds] }, [moved])).toMatchObject({
      does: ['Letters of the kind releases go to old@aldous.example of site 1000341 no more.'],
      to: 'old@aldous.example',
    });
  });
  it('needs no right: a licence user may, too', () => {
    const lise = subscriber('1', {
      role: 'licence user',
      types: ['site technical'],
    });
    expect(told({ kinds: ['end-of-support'] }, [lise])).toMatchObject({ result: 'ended' });
  });
  it('on a page writes no letter, and by one of ours writes one', () => {
    expect(ask({}, undefined, byPage)).toMatchObject({ changes: [{ kind: 'subscription-set' }], letters: [] });
    expect(ask({}, undefined, api)).toMatchObject({ letters: [{ to: 'ada@aldous.example' }] });
  });
  it('of nobody is refused', () => expect(told({}, [])).toContain('No letters that can be ended'));
});

describe('SUBSCRIBE', () => {
  const ended = subscriber('1', {
    subscriptions: [{ kind: 'releases', wanted: false, address: 'old@aldous.example' }],
  });
  it('lets them come again, to the address on record that asks', () => {
    expect(told({ wanted: true, contact: 'a@aldous.example' }, [ended])).toMatchObject({
      does: ['Letters of the kind releases go to a@aldous.example of site 1000341.'],
      result: 'begun',
    });
  });
  it('moves them where they went elsewhere', () => {
    const elsewhere = subscriber('1', {
      subscriptions: [{ kind: 'releases', wanted: true, address: 'old@aldous.example' }],
    });
    expect(told({ wanted: true }, [elsewhere])).toMatchObject({
      does: ['Letters of the kind releases go to ada@aldous.example of site 1000341.'],
    });
  });
  it('from an address of old lets come again what went there', () => {
    expect(told({ wanted: true, contact: 'old@aldous.example' }, [ended])).toMatchObject({
      does: ['Letters of the kind releases go to old@aldous.example of site 1000341.'],
    });
  });
  it('§11.7 is not done where their privileges do not open it, and says so', () => {
    const noel = subscriber('1', { role: 'authorized user', privileges: { downloads: 'none' } });
    expect(told({ wanted: true }, [noel])).toMatchObject({ does: [], result: 'may-not' });
    expect(told({ wanted: true }, [noel], api)).toContain('"downloads"');
  });
});

describe('§10.6 another address of a contact', () => {
  const person = { ...subscriber('1'), subscriptions: [] };
  const { siteNumber: _, language: __, ...ada } = person;
  const record = {
    site: {
      ...{ id: siteId('1'), number: siteNumber('1000341'), name: 'Aldous', country: 'GB' },
      ...{ timezone: 'Europe/London', language: 'en' },
    },
    ...{ version: 1, people: [ada], addedByMail: { hour: 0, day: 0 } },
  };
  const move = { do: 'details', address: 'ada@aldous.example', newAddress: 'new@aldous.example' } as const;
  it('leaves the letters that can be ended where they go, and says so', () => {
    const { changes, results } = judgePeople(record, [move], api, { asker: null });
    expect(changes.map(sentenceOf)).toEqual([
      ...['announcements', 'releases', 'media', 'end-of-support'].map(
        (kind) => `Letters of the kind ${kind} still go to ada@aldous.example of site 1000341.`,
      ),
      expect.stringContaining('letters go to new@aldous.example'),
    ]);
    expect(results[0]?.stays?.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'announcements ada@aldous.example',
      'releases ada@aldous.example',
      'media ada@aldous.example',
      'end-of-support ada@aldous.example',
    ]);
  });
  it.each(['unreachable', 'doubtful'])('leaves nothing at an address that letters come back from: %s', (mark) => {
    const lost = {
      ...ada,
      [mark]: true,
      subscriptions: [
        { kind: 'releases', wanted: true, address: 'ada@aldous.example' },
        { kind: 'media', wanted: true, address: 'else@aldous.example' },
      ] as const,
    };
    const { changes, results } = judgePeople({ ...record, people: [lost] }, [move], api, { asker: null });
    expect(changes.map(sentenceOf)).toEqual([
      'Letters of the kind releases go to new@aldous.example of site 1000341.',
      expect.stringContaining('letters go to new@aldous.example'),
    ]);
    expect(results[0]?.stays?.map(({ kind, address }) => `${kind} ${address}`)).toEqual(['media else@aldous.example']);
  });
  it('says nothing of what was ended, or goes to the new one already', () => {
    const said = {
      ...ada,
      subscriptions: [
        { kind: 'announcements', wanted: false, address: 'ada@aldous.example' },
        { kind: 'releases', wanted: true, address: 'new@aldous.example' },
        { kind: 'media', wanted: true, address: 'else@aldous.example' },
      ] as const,
    };
    const { changes, results } = judgePeople({ ...record, people: [said] }, [move], api, { asker: null });
    expect(changes.map(sentenceOf)).toEqual([
      'Letters of the kind end-of-support still go to ada@aldous.example of site 1000341.',
      expect.stringContaining('letters go to new@aldous.example'),
    ]);
    expect(results[0]?.stays?.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'media else@aldous.example',
      'end-of-support ada@aldous.example',
    ]);
  });
});
