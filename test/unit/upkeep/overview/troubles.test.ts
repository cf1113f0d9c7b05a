import { describe, expect, it } from 'vitest';
import type { DatabaseSeen, Look, MailboxSeen, QueueSeen } from '../../../../src/upkeep/overview/look.ts';
import { troublesOf } from '../../../../src/upkeep/overview/troubles.ts';
import { causeWords, lasting } from '../../../../src/upkeep/overview/words.ts';

const at = '2026-11-29T10:20:00Z';
const ago = (minutes: number): string => new Date(Date.parse(at) - minutes * 60_000).toISOString();
const ledger = { seen: 10, stored: 8, tooLarge: 0, duplicates: 1, gone: 1, passedOver: 0 };
const box: MailboxSeen = {
  name: 'support',
  fetchedAt: ago(0.5),
  quietSince: ago(0.5),
  problem: null,
  problemSince: null,
  loginRefused: false,
  watched: true,
  ledger,
  today: ledger,
};
const well: DatabaseSeen = {
  mailboxes: [box],
  alerts: [],
  mails: { waiting: 0, oldest: null, again: [], givenUp: [] },
  letters: { waiting: 0, oldest: null, again: [], forPerson: 0, stopped: null, rests: null },
  held: [],
  clocks: [],
  unowned: [],
  renewals: { running: true, dueThisWeek: 3, next: null, sentThisWeek: 2, notTold: 0 },
  hours: [],
  acknowledged: null,
  workers: [],
  clockFaults: [],
  paused: [],
  missing: [],
};
const queue = (name: string, more: Partial<QueueSeen> = {}): QueueSeen => ({
  queue: name,
  waiting: 0,
  active: 0,
  delayed: 3,
  failed: 0,
  paused: false,
  oldest: null,
  ...more,
});
const queues = [queue('intake'), queue('outbound'), queue('upkeep')];
const look = (seen: Partial<DatabaseSeen> = {}, more: Partial<Look> = {}): Look => ({
  at,
  database: { seen: { ...well, ...seen }, at, fault: null },
  queues: { seen: queues, at, fault: null },
  servers: { seen: [], at, fault: null },
  problems: [],
  ...more,
});
const keys = (given: Look): string[] => troublesOf(given).map(({ key }) => key);
const only = (given: Look) => {
  const found = troublesOf(given);
  expect(found).toHaveLength(1);
  return found[0] ?? expect.fail('nothing is wrong');
};
const risk = {
  number: '100482',
  title: 'The arm drifts',
  site: 'Aldous Robotics',
  severity: 1,
  due: ago(-11),
  owner: null,
};

describe('what is wrong', () => {
  it('is nothing where all is well', () => {
    expect(troublesOf(look())).toEqual([]);
  });

  it('says since when the database is away, and nothing that it said before', () => {
    const seen = { ...well, letters: { ...well.letters, forPerson: 4 } };
    const fault = { says: 'DATABASE_URL: connecting to PostgreSQL at db:5432: refused', since: ago(3) };
    const trouble = only(look({}, { database: { seen, at: ago(4), fault }, problems: ['mailbox support: gone'] }));
    expect(trouble.says).toBe('The database has not answered for 3 minutes.');
    expect(trouble.because).toBe('DATABASE_URL: connecting to PostgreSQL at db:5432: refused.');
    expect(trouble.meanwhile).toContain('nothing is lost');
  });

  it('says that the queues are away, and of none of them that it stands', () => {
    const stands = [queue('intake', { waiting: 9, oldest: ago(60) })];
    const away = look(
      {},
      { queues: { seen: stands, at: ago(1), fault: { says: 'no answer in time', since: ago(1) } } },
    );
    expect(keys(away)).toEqual(['queues-away']);
  });

  it('tells of a mailbox once, by what its watcher said rather than by a look from here', () => {
    const wrong = {
      ...box,
      problem: 'mailbox support: IMAP_URL: signing in: refused',
      problemSince: ago(14),
      loginRefused: true,
    };
    const servers = { seen: [{ server: 'mail:993', mailbox: 'support', says: 'refused' }], at, fault: null };
    const trouble = only(look({ mailboxes: [wrong] }, { servers }));
    expect(trouble.says).toBe('Mailbox support refuses our login.');
    expect(trouble.because).toBe('IMAP_URL: signing in: refused.');
    expect(trouble.way).toMatchObject({ href: '/queues/mailboxes/support' });
  });

  it('names a server that greets nobody before any watcher or letter has found out', () => {
    const servers = {
      seen: [
        { server: 'mail:993', mailbox: 'support', says: 'nothing listens at mail:993 (connection refused)' },
        { server: 'smtp:587', mailbox: null, says: 'it has not answered within 3 s' },
      ],
      at,
      fault: null,
    };
    expect(keys(look({}, { servers }))).toEqual(['server-silent support', 'server-silent letters']);
  });

  it('asks for UIDs to be fetched again where nothing became of a mail', () => {
    const trouble = only(look({ mailboxes: [{ ...box, ledger: { ...ledger, seen: 13 } }] }));
    expect(trouble.says).toBe('Of 3 mails seen in mailbox support nothing became.');
    expect(trouble.way).toMatchObject({ kind: 'page', says: 'Fetch again' });
  });

  it('offers to try mails again by their cause, and those that come again by themselves as less urgent', () => {
    const cause = { count: 2, since: ago(30), next: null };
    const given = look({
      mails: {
        waiting: 1,
        oldest: ago(30),
        again: [{ ...cause, cause: 'database-away', next: ago(-1) }],
        givenUp: [{ ...cause, cause: 'parser-crashed' }],
      },
    });
    const [first, second] = troublesOf(given);
    expect(first).toMatchObject({ level: 'now', key: 'given-up parser-crashed' });
    expect(first?.way).toEqual({
      kind: 'act',
      act: 'retry-mails',
      input: { cause: 'parser-crashed' },
      says: 'Try all of them again',
    });
    expect(second).toMatchObject({ level: 'soon', because: 'The last time: the database did not answer.' });
  });

  it('tells of mails that wait only where nothing else explains it', () => {
    const mails = { ...well.mails, waiting: 12, oldest: ago(5) };
    expect(only(look({ mails })).says).toBe('12 mails wait to be decided, the oldest for 5 minutes.');
    const paused = [{ queue: 'intake', at: ago(9), by: 'console for kim@desk.example', reason: 'new server' }];
    const stands = { seen: [queue('intake', { paused: true, waiting: 12, oldest: ago(5) })], at, fault: null };
    const trouble = only(look({ mails, paused }, { queues: stands }));
    expect(trouble.says).toBe('Mail is not decided: the queue intake has been paused for 9 minutes; 12 jobs wait.');
    expect(trouble.because).toBe('By console for kim@desk.example: new server.');
    expect(troublesOf(look({ mails: { ...mails, oldest: ago(1) } }))).toEqual([]);
  });

  it('says who has paused the letters, and then nothing of the server that rests', () => {
    const stopped = { at: ago(30), by: 'command', reason: 'move of the mail server' };
    const rests = { until: ago(-1), why: 'refused', loginRefused: false };
    const trouble = only(look({ letters: { ...well.letters, waiting: 40, stopped, rests } }));
    expect(trouble.says).toBe('Letters have been paused for 30 minutes; 40 letters wait.');
  });

  it('says when a server that refuses letters is asked again', () => {
    const rests = { until: ago(-2), why: 'SMTP_URL: signing in: refused', loginRefused: true };
    const trouble = only(look({ letters: { ...well.letters, waiting: 1, rests } }));
    expect(trouble.says).toBe('The mail server for letters refuses our login; 1 letter waits.');
    expect(trouble.meanwhile).toBe('It is asked again in 2 minutes; no letter is lost.');
  });

  it('misses a worker only where others say that they are here', () => {
    const here = { id: 'a', host: 'one', pid: 1, startedAt: ago(60), seenAt: ago(0.1), mails: 0, letters: 0 };
    expect(keys(look({ workers: [{ ...here, does: ['intake', 'outbound', 'scheduler'] }] }))).toEqual([]);
    expect(keys(look({ workers: [{ ...here, does: ['web', 'outbound'] }] }))).toEqual([
      'no-worker intake',
      'no-worker upkeep',
    ]);
    const silent = { ...here, does: ['intake', 'outbound', 'scheduler'], seenAt: ago(5) };
    expect(keys(look({ workers: [silent] }))).toHaveLength(3);
  });

  it('finds a queue that does not move by its oldest job', () => {
    const seen = [queue('outbound', { waiting: 7, oldest: ago(6) }), queue('intake', { waiting: 7, oldest: ago(1) })];
    expect(only(look({}, { queues: { seen, at, fault: null } })).key).toBe('queue-stands outbound');
  });

  it('offers to take a case of severity 1 that runs out, and names the time that is left', () => {
    const trouble = only(look({ clocks: [risk], unowned: [risk] }));
    expect(trouble.says).toBe(
      'Case 100482 (severity 1, Aldous Robotics) without an owner has 11 minutes left for its first answer.',
    );
    expect(trouble).toMatchObject({
      way: { kind: 'page', href: '/cases/100482' },
      also: { act: 'take-case', input: { case: '100482' } },
      link: { words: 'Case 100482', href: '/cases/100482' },
    });
    const late = only(look({ clocks: [{ ...risk, due: ago(4), owner: 'Kim' }] }));
    expect(late).toMatchObject({ level: 'now', way: { kind: 'page', href: '/cases/100482' } });
    expect(late.also).toBeUndefined();
    expect(late.says).toContain('is 4 minutes late with its first answer');
  });

  it('tells of a severity 1 that nobody has before an answer that is late', () => {
    const late = { ...risk, number: '100001', severity: 3, due: ago(20) };
    const stands = { ...risk, number: '100005', severity: 1 };
    expect(keys(look({ clocks: [late], unowned: [stands] }))).toEqual(['unowned 100005', 'clock-at-risk 100001']);
    expect(keys(look({ clocks: [late, stands], unowned: [stands] }))).toEqual([
      'clock-at-risk 100005',
      'clock-at-risk 100001',
    ]);
  });

  it('counts the cases beyond the third together', () => {
    const clocks = [1, 2, 3, 4, 5].map((n) => ({ ...risk, number: `10000${n}`, due: ago(-n) }));
    expect(keys(look({ clocks }))).toEqual([
      'clock-at-risk 100001',
      'clock-at-risk 100002',
      'clock-at-risk 100003',
      'clocks-at-risk',
    ]);
  });

  it('tells of held mail when it has waited a day, and of spam never', () => {
    expect(keys(look({ held: [{ reason: 'spam', count: 48, oldest: ago(9_999) }] }))).toEqual([]);
    expect(keys(look({ held: [{ reason: 'unknown', count: 1, oldest: ago(60) }] }))).toEqual([]);
    expect(only(look({ held: [{ reason: 'unknown', count: 1, oldest: ago(1_500) }] })).way).toMatchObject({
      href: '/held?reason=unknown',
    });
  });

  it('says what is missing in the settings, and what workers of this process say that nobody else has', () => {
    const missing = [{ code: 'staff', says: 'nobody is alerted', todo: 'name the staff' }];
    expect(troublesOf(look({ missing })).map(({ says }) => says)).toEqual(['Nobody is alerted.']);
    expect(troublesOf(look({}, { problems: ['SMTP_URL is not set: letters are written and wait'] }))).toMatchObject([
      { says: 'SMTP_URL is not set: letters are written and wait.' },
    ]);
  });

  it('puts what needs a person now before what will', () => {
    const given = look({
      renewals: { ...well.renewals, notTold: 2 },
      alerts: [{ cause: 'disk', subject: '/data', count: 100, why: null, since: ago(1) }],
    });
    expect(troublesOf(given).map(({ level }) => level)).toEqual(['now', 'soon']);
  });
});

describe('words', () => {
  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [89_000, '89 seconds'],
    [14 * 60_000, '14 minutes'],
    [200 * 60_000, '3 h 20 min'],
    [180 * 60_000, '3 h'],
    [3 * 86_400_000, '3 days'],
  ])('%i ms are %s', (ms, says) => {
    expect(lasting(ms)).toBe(says);
  });

  it('translates codes and leaves what a server said', () => {
    expect(causeWords('smtp-away')).toBe('the mail server for letters could not be reached');
    expect(causeWords('job stalled more than allowable limit')).toBe('its worker died or stood still over it');
    expect(causeWords('450 4.2.1 mailbox busy')).toBe('450 4.2.1 mailbox busy');
    expect(causeWords('constructor')).toBe('constructor');
  });
});

describe('templates that were changed and do not check', () => {
  it('are said with why, and where they are mended; letters go out as shipped', () => {
    const template = {
      ...{ language: 'de', name: 'acknowledgement', by: 'console for kim@desk.example', at },
      faults: ['{{ due }} is missing: the letter has to say it.', 'another'],
    };
    expect(only(look({}, { templates: [template] }))).toMatchObject({
      key: 'template de/acknowledgement',
      level: 'soon',
      because: '{{ due }} is missing: the letter has to say it.',
      way: { kind: 'page', href: '/templates/de/acknowledgement' },
    });
  });
});
