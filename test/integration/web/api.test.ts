import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/acts/act.ts';
import { acts } from '../../../src/acts/list.ts';
import type { PrivilegedPinRecord } from '../../../src/acts/pins/records.ts';
import { noSuchPin, usePrivilegedPin } from '../../../src/acts/pins/use-privileged-pin.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { caseNumber, contactId } from '../../../src/foundation/ids.ts';
import { privilegedPinOf } from '../../../src/foundation/pin-form.ts';
import type { Perform } from '../../../src/web/api/act-route.ts';
import type { WebActions } from '../../../src/web/deps.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { policy } from '../../support/world.ts';
import { addCase, addLetter, addMail, addSite, openWeb, type TestWeb, token, told } from './support.ts';

let web: TestWeb;
const actions: WebActions = {
  perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }),
  replay: async (id, { dryRun }) =>
    id === '404404'
      ? { id, notFound: true }
      : { id, before: 'held-unknown', after: 'case-opened', changed: !dryRun, why: 'the PIN is known now' },
  exportSite: async (number) => (number === '1000345' ? { number, name: 'Aldous Robotics' } : null),
};
const secret = ['7BCDEFGH', '7BCDEFGJ', '7BCDEFGK'].map(privilegedPinOf).find((pin) => pin !== null) ?? '';
const decided = { state: 'decided', outcome: 'case-opened', reason: 'a PIN and a contact' };
let site: string;
let caseId: string;
const mails: string[] = [];

beforeAll(async () => {
  web = await openWeb({ actions });
  site = await addSite(web);
  await addSite(web, '1000346');
  caseId = await addCase(web, { number: '100001', site_id: site, due: '2026-03-02T10:00:00Z' });
  const follow = await addCase(web, { number: '100002', site_id: site, follow_up_of: caseId, severity: 1 });
  await addCase(web, {
    number: '100003',
    site_id: site,
    status: 'closed',
    closed_at: '2026-03-03T10:00:00Z',
    title: `PIN ${secret}`,
  });
  for (let i = 0; i < 5; i++) {
    mails.push(
      await addMail(web, {
        raw: `From: ada@aldous.example\r\nSubject: mail ${i}\r\n\r\nthe PIN is ${secret}, caf\xe9\r\n`,
        ...decided,
        message_id: i < 2 ? '<twice@aldous.example>' : `<m${i}@aldous.example>`,
        from_address: 'ada@aldous.example',
        to_addresses: ['support@desk.example'],
        subject: `mail ${i}`,
        case_id: caseId,
      }),
    );
  }
  mails.push(await addMail(web, { raw: 'not read yet', mail_from: 'x@y.example', rcpt_to: ['support@desk.example'] }));
  mails.push(
    await addMail(web, { raw: 'copy', ...decided, outcome: 'duplicate', reason: 'a copy', duplicate_of: mails[0] }),
  );
  mails.push(await addMail(web, { raw: 'poison', state: 'dead', last_failure: 'parser-crashed' }));
  for (const door of ['lmtp', 'imap'])
    await web.sql('insert into arrivals (mail_id, door, door_name, first) values ($1, $2, $2, false)', [
      mails[0],
      door,
    ]);
  const evidence = { grade: 'verified', pin: '345', site: '1000345', contact: '7', note: `said ${secret}` };
  for (const outcome of ['held-unknown', 'case-opened'])
    await web.sql(
      "insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id) values ($1, now(), $2, 'r14', 'because', $3, $4)",
      [mails[0], outcome, evidence, caseId],
    );
  await web.sql(
    `insert into case_messages (case_id, direction, author, text, at) values
      ($1, 'out', 'support@desk.example', 'second', '2026-03-01T11:00:00Z'), ($1, 'in', 'ada@aldous.example', $2, '2026-03-01T10:00:00Z')`,
    [caseId, `first, ${secret}`],
  );
  await web.sql(
    "insert into case_events (case_id, at, kind) values ($1, '2026-03-01T10:00:00Z', 'opened'), ($1, '2026-03-01T10:00:00Z', 'clock-started')",
    [caseId],
  );
  await addLetter(web, { case_id: caseId, caused_by: mails[0], sent_at: '2026-03-01T10:00:05Z', response: '250 ok' });
  await addLetter(web, { template: 'neutral-receipt', to_address: 'm.ernst@aldous.example', state: 'waiting' });
  await addLetter(web, { case_id: follow, state: 'waiting' });
});
afterAll(() => web.close());

describe('who may ask', () => {
  it('refuses a call without the token, with another one, and with a longer one, as a problem', async () => {
    for (const authorization of ['', 'Bearer wrong', 'Bearer a-token-of-the-tests-and-more', 'Basic eDp5']) {
      const answer = await web.ask('/api/v1/mails', { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(await answer.json()).toMatchObject({ type: 'about:blank', status: 401, title: 'Unauthorized' });
    }
  });
  it('says that API_TOKEN is not set where there is none, whatever is sent', async () => {
    const closed = await openWeb({ apiToken: null });
    try {
      const answer = await closed.ask('/api/v1/mails');
      expect(answer.status).toBe(503);
      expect((await told(answer)).detail).toContain('API_TOKEN is not set');
      expect((await closed.ask('/healthz')).status).toBe(200);
    } finally {
      await closed.close();
    }
  });
  it('asks for the token before it says what there is not', async () => {
    expect((await web.ask('/api/v1/nothing', { headers: { authorization: '' } })).status).toBe(401);
    const answer = await web.ask('/api/v1/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('mails', () => {
  it('lists the newest first with every field of the contract', async () => {
    const { items, next } = await web.json('/api/v1/mails');
    expect(items.map((one: { id: string }) => one.id)).toEqual(mails.toReversed());
    expect(next).toBeNull();
    expect(items.at(-1)).toEqual({
      id: mails[0],
      messageId: '<twice@aldous.example>',
      from: 'ada@aldous.example',
      to: ['support@desk.example'],
      subject: 'mail 0',
      arrivedAt: '2026-03-01T10:00:00Z',
      state: 'decided',
      outcome: 'case-opened',
      reason: 'a PIN and a contact',
      case: '100001',
      duplicates: 3,
      duplicateOf: null,
      settledBy: null,
    });
  });
  it('tells the envelope of a mail that nobody has read yet, and why one was given up', async () => {
    const [fresh] = (await web.json('/api/v1/mails?state=new')).items;
    expect(fresh).toMatchObject({ from: 'x@y.example', to: ['support@desk.example'], outcome: null, subject: null });
    const [dead] = (await web.json('/api/v1/mails?state=dead')).items;
    expect(dead).toMatchObject({ state: 'dead', reason: 'parser-crashed' });
  });
  it('finds a Message-ID with and without angle brackets, each mail that used it an item of its own', async () => {
    for (const id of ['twice@aldous.example', '%3Ctwice@aldous.example%3E']) {
      const { items } = await web.json(`/api/v1/mails?messageId=${id}`);
      expect(items.map((one: { id: string }) => one.id)).toEqual([mails[1], mails[0]]);
    }
  });
  it('pages through everything once, with filters kept and empty parameters counting as none', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { id: string }[]; next: string | null } = await web.json(
        `/api/v1/mails?outcome=case-opened&state=&messageId=&limit=2&cursor=${cursor}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((one) => one.id));
      cursor = page.next;
    }
    expect(seen).toEqual(mails.slice(0, 5).toReversed());
    expect((await web.json('/api/v1/mails?outcome=case-opened&limit=5')).next).toBeNull();
  });
  it('refuses what it cannot use and names the parameter', async () => {
    for (const query of ['limit=0', 'limit=201', 'limit=many', 'state=lost', 'cursor=abc', 'messageId=%00']) {
      const answer = await web.ask(`/api/v1/mails?${query}`);
      expect(answer.status).toBe(400);
      const problem = await told(answer);
      expect(problem.errors[0].field).toBe(query.split('=')[0]);
    }
    expect((await told(await web.ask('/api/v1/mails?outcome=case-opend'))).detail).toContain(
      'did you mean "case-opened"',
    );
    expect((await web.ask('/api/v1/mails?limit=200')).status).toBe(200);
  });
  it('shows the decisions of a mail, oldest first, with their evidence and no privileged PIN', async () => {
    const mail = await web.json(`/api/v1/mails/${mails[0]}`);
    expect(mail.decisions.map((one: { outcome: string }) => one.outcome)).toEqual(['held-unknown', 'case-opened']);
    expect(mail.decisions[0]).toMatchObject({
      reason: 'because',
      rule: 'r14',
      evidence: { grade: 'verified', pin: '345', site: '1000345', contact: '7', note: 'said p*********' },
    });
    expect(Number.isNaN(Date.parse(mail.decisions[0].at))).toBe(false);
    expect((await web.ask('/api/v1/mails/999999')).status).toBe(404);
  });
  it('gives the bytes as they came, every one, with a privileged PIN masked', async () => {
    expect(secret).toMatch(/^p[0-9A-Z]{9}$/);
    const answer = await web.ask(`/api/v1/mails/${mails[1]}/raw`);
    expect(answer.headers.get('content-type')).toBe('message/rfc822');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(text).toBe('From: ada@aldous.example\r\nSubject: mail 1\r\n\r\nthe PIN is p*********, caf\xe9\r\n');
  });
  it('replays, tries a replay, and releases only what is held', async () => {
    const post = (path: string) => web.ask(`/api/v1/mails/${path}`, { method: 'POST' });
    expect(await (await post(`${mails[0]}/replay?dryRun=true`)).json()).toMatchObject({ changed: false });
    expect(await (await post(`${mails[0]}/replay`)).json()).toMatchObject({ after: 'case-opened', changed: true });
    expect((await post('404404/replay')).status).toBe(404);
    expect((await post(`${mails[0]}/release`)).status).toBe(409);
    expect((await post('404404/release')).status).toBe(404);
  });
});

describe('cases', () => {
  it('lists the newest first, by site and status', async () => {
    const numbers = async (query: string) =>
      (await web.json(`/api/v1/cases${query}`)).items.map((one: { number: string }) => one.number);
    expect(await numbers('')).toEqual(['100003', '100002', '100001']);
    expect(await numbers('?status=open&site=1000345')).toEqual(['100002', '100001']);
    expect(await numbers('?site=1000346')).toEqual([]);
    expect(await numbers('/?status=closed')).toEqual(['100003']);
    expect(await numbers('?limit=1&cursor=')).toEqual(['100003']);
    expect(await numbers('?severity=3')).toEqual(['100003', '100001']);
    expect(await numbers('?severity=1')).toEqual(['100002']);
    expect(await numbers('?owner=kim@desk.example')).toEqual([]);
    expect(await numbers('?dueBefore=2026-03-02T10:00:00Z')).toEqual([]);
    expect(await numbers('?dueBefore=2026-03-02T11:00:01%2B01:00')).toContain('100001');
    for (const query of ['severity=5', 'dueBefore=tomorrow'])
      expect((await web.ask(`/api/v1/cases?${query}`)).status).toBe(400);
    const { items } = await web.json('/api/v1/cases?status=open');
    expect(items[1]).toEqual({
      number: '100001',
      site: '1000345',
      title: 'The vault does not open',
      severity: 3,
      kind: 'incident',
      status: 'open',
      openedAt: '2026-03-01T10:00:00Z',
      due: '2026-03-02T10:00:00Z',
      owner: null,
      product: null,
      clock: {
        state: 'stopped',
        due: null,
        warnedAt: null,
        breachedAt: null,
        elapsedMinutes: 0,
        waiting: null,
      },
    });
  });
  it('is warned of once part of its time has passed, and not when it is offered', async () => {
    const offered = (at: string, percent: number) =>
      web.sql(
        `insert into case_events (case_id, at, kind, detail)
         select id, $1, 'offered', jsonb_build_object('percent', $2::int) from cases where number = '100002'`,
        [at, percent],
      );
    const warnedAt = async () => (await web.json('/api/v1/cases/100002')).clock.warnedAt;
    await offered('2026-03-01T10:00:05Z', 0);
    expect(await warnedAt()).toBeNull();
    await offered('2026-03-01T12:00:00Z', 50);
    expect(Date.parse(await warnedAt())).toBe(Date.parse('2026-03-01T12:00:00Z'));
  });
  it('shows messages and events oldest first, links both ways, secrets masked', async () => {
    const one = await web.json('/api/v1/cases/100001');
    expect(one.messages).toMatchObject([
      { direction: 'in', from: 'ada@aldous.example', text: 'first, p*********', attachments: [] },
      { direction: 'out', text: 'second', at: '2026-03-01T11:00:00Z' },
    ]);
    expect(one.events.map((event: { kind: string }) => event.kind)).toEqual(['opened', 'clock-started']);
    expect(one.links).toEqual([{ kind: 'followed-by', case: '100002' }]);
    expect((await web.json('/api/v1/cases/100002')).links).toEqual([{ kind: 'follows', case: '100001' }]);
    expect((await web.json('/api/v1/cases/100003')).title).toBe('PIN p*********');
    expect((await web.ask('/api/v1/cases/7')).status).toBe(404);
  });
  it('closes a case once', async () => {
    const close = () => web.ask('/api/v1/cases/100002/close', { method: 'POST' });
    const first = await close();
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ number: '100002', status: 'closed' });
    expect((await close()).status).toBe(409);
    expect((await web.ask('/api/v1/cases/99/close', { method: 'POST' })).status).toBe(404);
  });
});

describe('letters', () => {
  it('lists the newest first by case, recipient, template, state and cause', async () => {
    const templates = async (query: string) =>
      (await web.json(`/api/v1/letters?${query}`)).items.map((one: { template: string }) => one.template);
    // The first tells of the close above.
    expect(await templates('')).toEqual(['case-closed', 'case-opened', 'neutral-receipt', 'case-opened']);
    expect(await templates('case=100001')).toEqual(['case-opened']);
    expect(await templates('to=M.Ernst@Aldous.example')).toEqual(['neutral-receipt']);
    expect(await templates('template=neutral-receipt')).toEqual(['neutral-receipt']);
    expect(await templates('state=waiting')).toEqual(['case-opened', 'neutral-receipt']);
    const { items } = await web.json(`/api/v1/letters?causedBy=${mails[0]}`);
    expect(items).toMatchObject([
      {
        to: 'ada@aldous.example',
        state: 'sent',
        attempts: 0,
        response: '250 ok',
        case: '100001',
        causedBy: mails[0],
        sentAt: '2026-03-01T10:00:05Z',
      },
    ]);
  });
  it('releases or suppresses a waiting letter, and no other', async () => {
    const [one, two] = (await web.json('/api/v1/letters?state=waiting')).items;
    const post = (path: string) => web.ask(`/api/v1/letters/${path}`, { method: 'POST' });
    expect(await (await post(`${one.id}/release`)).json()).toMatchObject({ id: one.id, state: 'queued' });
    expect(await (await post(`${two.id}/suppress`)).json()).toMatchObject({ id: two.id, state: 'suppressed' });
    const listed = (await web.json('/api/v1/letters?state=suppressed')).items;
    expect(listed).toEqual([expect.objectContaining({ id: two.id, stateReason: 'suppressed by a person' })]);
    const again = await post(`${one.id}/suppress`);
    expect(again.status).toBe(409);
    expect((await told(again)).detail).toContain('queued');
    expect((await post('999999/release')).status).toBe(404);
    expect((await post(`${one.id}/burn`)).status).toBe(404);
  });
});

describe('sites', () => {
  const put = (number: string, body: string, type = 'application/json') =>
    web.ask(`/api/v1/sites/${number}`, { method: 'PUT', body, headers: { 'content-type': type } });
  it('gives and takes a site in the form of the registry', async () => {
    expect(await web.json('/api/v1/sites/1000345')).toEqual({ number: '1000345', name: 'Aldous Robotics' });
    expect((await web.ask('/api/v1/sites/1000999')).status).toBe(404);
    expect((await put('1000345', '{"name":"Aldous"}')).status).toBe(200);
    expect((await put('1000345', '{"number":1000345}')).status).toBe(200);
    const other = await put('1000345', '{"number":"1000346"}');
    expect((await told(other)).detail).toContain('1000346');
    expect(other.status).toBe(422);
  });
  it('says what is wrong with a site, with a body that is no JSON, and with one that is too large', async () => {
    const wrong = await put('1000345', '{"country":"XX"}');
    expect(wrong.status).toBe(422);
    expect((await told(wrong)).detail).toContain('country: "XX" is not a country of ISO 3166');
    for (const body of ['{', '[]', '"x"']) {
      const answer = await put('1000345', body);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
    expect((await put('1000345', `{"name":"${'x'.repeat(2 ** 21)}"}`)).status).toBe(413);
  });
});

it('describes every call of the API, without a token', async () => {
  const answer = await web.ask('/api/openapi.json', { headers: { authorization: '' } });
  const api = await told(answer);
  expect(api.openapi).toBe('3.1.0');
  expect(Object.keys(api.paths).sort()).toEqual([
    '/api/v1/access-requests',
    '/api/v1/access-requests/{id}/decision',
    ...acts.flatMap((act) => (act.right === 'none' ? [] : [`/api/v1/acts/${act.name}`])).toSorted(),
    '/api/v1/announcements',
    '/api/v1/announcements/take-back',
    '/api/v1/announcements/{id}',
    '/api/v1/announcements/{id}/cancel',
    '/api/v1/announcements/{id}/pause',
    '/api/v1/announcements/{id}/resume',
    '/api/v1/announcements/{id}/start',
    '/api/v1/audit',
    '/api/v1/cases',
    '/api/v1/cases/{number}',
    '/api/v1/cases/{number}/assign',
    '/api/v1/cases/{number}/close',
    '/api/v1/cases/{number}/end-wait',
    '/api/v1/cases/{number}/escalate',
    '/api/v1/cases/{number}/give-back',
    '/api/v1/cases/{number}/kind',
    '/api/v1/cases/{number}/leave',
    '/api/v1/cases/{number}/link',
    '/api/v1/cases/{number}/merge',
    '/api/v1/cases/{number}/messages',
    '/api/v1/cases/{number}/out-of-scope',
    '/api/v1/cases/{number}/participants',
    '/api/v1/cases/{number}/reopen',
    '/api/v1/cases/{number}/severity',
    '/api/v1/cases/{number}/solve',
    '/api/v1/cases/{number}/split',
    '/api/v1/cases/{number}/take',
    '/api/v1/cases/{number}/unmerge',
    '/api/v1/cases/{number}/wait',
    '/api/v1/letters',
    '/api/v1/letters/{id}/release',
    '/api/v1/letters/{id}/send-again',
    '/api/v1/letters/{id}/suppress',
    '/api/v1/mails',
    '/api/v1/mails/{id}',
    '/api/v1/mails/{id}/answer',
    '/api/v1/mails/{id}/attachments/{index}',
    '/api/v1/mails/{id}/done',
    '/api/v1/mails/{id}/raw',
    '/api/v1/mails/{id}/refuse',
    '/api/v1/mails/{id}/release',
    '/api/v1/mails/{id}/replay',
    '/api/v1/people/{address}',
    '/api/v1/people/{address}/erase',
    '/api/v1/privileged-pins',
    '/api/v1/privileged-pins/redeem',
    '/api/v1/privileged-pins/revoke',
    '/api/v1/privileged-pins/window',
    '/api/v1/renewals',
    '/api/v1/renewals/not-told',
    '/api/v1/renewals/pause',
    '/api/v1/renewals/resume',
    '/api/v1/renewals/{id}',
    '/api/v1/renewals/{id}/edit',
    '/api/v1/renewals/{id}/hold',
    '/api/v1/renewals/{id}/quote',
    '/api/v1/renewals/{id}/release',
    '/api/v1/renewals/{id}/send',
    '/api/v1/renewals/{id}/skip',
    '/api/v1/schedules',
    '/api/v1/schedules/jobs',
    '/api/v1/schedules/retention',
    '/api/v1/schedules/{kind}/start',
    '/api/v1/schedules/{kind}/stop',
    '/api/v1/sites/{number}',
    '/api/v1/sites/{number}/contacts',
    '/api/v1/sites/{number}/contacts/{id}',
    '/api/v1/sites/{number}/contacts/{id}/letters/{kind}',
    '/api/v1/staff',
    '/api/v1/templates',
    '/api/v1/templates/{language}/{name}',
    '/api/v1/webhooks',
    '/api/v1/webhooks/{id}/deliveries',
    '/api/v1/webhooks/{id}/secret',
    '/api/v1/webhooks/{id}/test',
  ]);
  const limit = api.paths['/api/v1/mails'].get.parameters.find((one: { name: string }) => one.name === 'limit');
  expect(limit).toMatchObject({ required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } });
  expect(api.components.schemas.Mail.properties.state.enum).toEqual(['new', 'decided', 'dead']);
  expect(api.components.securitySchemes.token).toMatchObject({ scheme: 'bearer' });
});

it('§1 takes privileged PINs in bodies alone, and says without them why something cannot be done', async () => {
  const secret = 'p7KQ2M9XWY';
  const done = { open: true, site: '1000345', case: '100042', contact: '3', until: '2026-11-22T10:00:00+00:00' };
  const asked: unknown[] = [];
  const given = {
    by: { kind: 'api', staff: null },
    now: '',
    desk: policy.desk,
    policy,
  } as const;
  const used = { cases: [], letters: [], privilegedPin: { state: 'used' } as PrivilegedPinRecord };
  const perform: Perform = async (act, input) => {
    asked.push(input);
    if (act === 'use-privileged-pin') return usePrivilegedPin.judge({ pin: secret }, used, given) as Refusal;
    if (act === 'revoke-privileged-pin') return noSuchPin;
    const at = { at: '2026-11-21T10:00:00Z', by: given.by, letterAt: 0, hash: null, pin: null };
    const of = { case: caseNumber('100042'), caseId: '1', contact: contactId('3'), address: '', hours: 24 };
    const made = [{ kind: 'privileged-pin-issued', ...of, ...at } as const];
    return { kind: 'done', done: { fingerprint: '', changes: [], letters: [] }, made, wrote: ['7'] };
  };
  const privilegedPins = {
    one: async () => done,
    window: async (one: unknown) => {
      asked.push(one);
      return { open: true, windows: [done] };
    },
  };
  const other = await openWeb({ actions: { perform, privilegedPins } });
  const post = (path: string, body: unknown) =>
    other.ask(`/api/v1/privileged-pins${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const person = { site: '1000345', contact: 'ada@aldous.example', case: '100042' };
  expect(await (await post('', person)).json()).toMatchObject({
    site: '1000345',
    case: '100042',
    contact: '3',
    letter: '7',
    until: '2026-11-22T10:00:00.000Z',
  });
  expect((await post('/window', { site: '1000345' })).status).toBe(200);
  expect((await post('/window', { pin: secret })).status).toBe(200);
  expect(asked).toEqual([person, { site: '1000345' }, { pin: secret }]);
  const again = await post('/redeem', { pin: secret });
  expect([again.status, (await post('/revoke', { pin: secret })).status]).toEqual([409, 404]);
  const told = await again.text();
  expect(told).toContain('This privileged PIN has been used.');
  expect(told).not.toContain(secret);
  expect((await post('/redeem', {})).status).toBe(400);
  expect((await post('', { ...person, site: '12' })).status).toBe(400);
  await other.close();
});

it('tells nothing of what broke inside', async () => {
  const broken = await openWeb();
  await broken.sql('drop table arrivals');
  const answer = await broken.ask('/api/v1/mails');
  expect(answer.status).toBe(500);
  expect(JSON.stringify(await answer.json())).not.toMatch(/arrivals|select|relation/);
  await broken.close();
});

/** What programs send that are not browsers: byte by byte. */
function say(request: string): Promise<string> {
  return new Promise((done, failed) => {
    const socket = connect(web.site.port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.once('close', () => done(answer)).once('error', failed);
  });
}

it('takes a POST without a length and a body in chunks, and ends one that grows too large', async () => {
  const head = `Host: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`;
  const post = await say(`POST /api/v1/mails/${mails[0]}/replay HTTP/1.1\r\n${head}\r\n`);
  expect(post).toMatch(/^HTTP\/1\.1 200 /);
  const put = `PUT /api/v1/sites/1000345 HTTP/1.1\r\n${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  expect(await say(`${put}c\r\n{"name":"A"}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  const chunk = `${(2 ** 20).toString(16)}\r\n${' '.repeat(2 ** 20)}\r\n`;
  expect(await say(`${put}${chunk.repeat(3)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
});
