/** Webhooks against programs that are down, refuse, hang, send elsewhere: nothing is lost, each event arrives, in order for a case, and nowhere else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookForTrouble } from '../../../src/flows/upkeep/watch-alerts.ts';
import { deliverDue } from '../../../src/flows/webhooks/deliver.ts';

import { claimDeliveries } from '../../../src/store/webhooks/deliveries.ts';
import { bareEnvironment } from '../../support/process.ts';
import { type Receiver, startReceiver, status } from '../../support/servers/webhook-receiver.ts';
import { ofCase, startWebhookDesk, type WebhookDesk } from '../../support/webhook-desk.ts';

let desk: WebhookDesk;
let receiver: Receiver;
beforeAll(async () => {
  desk = await startWebhookDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  await desk.anew();
  receiver = await startReceiver();
  // What is told of within a test is due by then.
  start = Date.now() + 5_000;
});
afterEach(() => receiver.stop());

const minute = 60_000;
const hour = 60 * minute;
let start = 0;
const later = (ms: number): string => new Date(start + ms).toISOString();
const cases = ['100001', '100002', '100003', '100004', '100005', '100006'];

/** How names are looked up: where they lead to, asked each time. */
const leadsTo = (where: () => readonly string[]) =>
  ((_: string, options: { all?: boolean }, done: (...given: unknown[]) => void) => {
    const found = where().map((address) => ({ address, family: 4 }));
    if (options.all) done(null, found);
    else done(null, found[0]?.address, 4);
  }) as never;

/** What was taken of each case, by its numbers, each the first time that it came. */
function takenOf(number: string): number[] {
  const seen = new Set<string>();
  return receiver.heard.flatMap(({ id, taken, data }) => {
    if (!taken || data.case !== number || seen.has(id)) return [];
    seen.add(id);
    return [Number(data.mail)];
  });
}
const states = async () =>
  Object.fromEntries(
    (
      await desk.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from webhook_deliveries group by 1',
      )
    ).map(({ state, n }) => [state, n]),
  );

describe('an event', () => {
  it('is posted as JSON, signed as the standard says, and holds no more than its topic carries', async () => {
    const id = await desk.add(receiver.url);
    const [secret = ''] = await desk.secretsOf(id);
    await desk.tell(ofCase('100001', 7));
    expect(await desk.deliver()).toBe(1);
    const [heard] = receiver.heard;
    if (!heard) throw new Error('nothing came');
    expect(new Webhook(secret).verify(heard.raw, heard.headers)).toEqual({
      type: 'case.updated',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { change: 'case-updated', by: 'contact', case: '100001', mail: '7' },
    });
    expect(heard.headers['content-type']).toBe('application/json');
    expect(heard.id).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(() => new Webhook(secret).verify(`${heard.raw} `, heard.headers)).toThrow(/signature/);
    expect(await desk.deliver()).toBe(0);
    expect(receiver.heard).toHaveLength(1);
  });
  it('goes to those who want its topic, and is not kept where nobody does', async () => {
    await desk.tell(ofCase('100001', 1));
    expect(await desk.query('select from webhook_events')).toHaveLength(0);
    await desk.add(receiver.url, ['case.closed', 'mail.held']);
    await desk.tell(ofCase('100001', 2));
    expect(await desk.query('select from webhook_events')).toHaveLength(0);
    await desk.tell({ topic: 'case.closed', key: 'case:100001', data: { change: 'case-closed', by: 'clock' } });
    await desk.deliver();
    expect(receiver.heard.map(({ type }) => type)).toEqual(['case.closed']);
  });
  it('is not waited for where the answer has no end', async () => {
    await desk.add(receiver.url);
    receiver.answer = () => ({ kind: 'endless' });
    await desk.tell(ofCase('100001', 1));
    const began = performance.now();
    expect(await desk.deliver(null, { timeoutMs: 2_000 })).toBe(1);
    expect(performance.now() - began).toBeLessThan(1_500);
  });
  it('is sent by one of many processes at a time', async () => {
    await desk.add(receiver.url);
    await desk.tell(...cases.flatMap((number) => [1, 2, 3].map((n) => ofCase(number, n))));
    await Promise.all([desk.deliver(), desk.deliver(), desk.deliver(), desk.deliver()]);
    await desk.deliver();
    expect(receiver.heard).toHaveLength(18);
    for (const number of cases) expect(takenOf(number)).toEqual([1, 2, 3]);
  });
});

describe('a receiver that is away for two days', () => {
  it('is down, answers 500 and hangs by turns, and then has had everything, in order for a case', async () => {
    await desk.add(receiver.url);
    let n = 0;
    const happens = async () => {
      await desk.tell(...cases.map((number, i) => ofCase(number, n + i)));
      n += cases.length;
    };
    await happens();
    let at = 0;
    let listens = true;
    for (let step = 0; at < 48 * hour; step += 1) {
      const phase = Math.floor((at / (48 * hour)) * 3);
      if (listens !== phase > 0) {
        listens = phase > 0;
        await (listens ? receiver.up() : receiver.down());
      }
      if (phase < 2) receiver.answer = () => status(500);
      else receiver.answer = () => ({ kind: 'hang' });
      if (step % 12 === 5) await happens();
      await desk.deliver(later(at), phase < 2 ? {} : { timeoutMs: 60 });
      at += step < 12 ? 10_000 : 45 * minute;
    }
    const before = await states();
    expect(before).toEqual({ due: n });
    receiver.answer = () => status(204);
    // With the next thing that happens it is seen that it takes again, and all that waits goes at once.
    await desk.tell(ofCase('100007', 1));
    at += 5 * minute;
    await desk.deliver(later(at));
    expect(await states()).toEqual({ delivered: n + 1 });
    for (const number of cases) {
      const taken = takenOf(number);
      expect(taken).toEqual(taken.toSorted((a, b) => a - b));
      expect(taken).toHaveLength(n / cases.length);
    }
    const [endpoint] = await desk.query('select state, failures from webhook_endpoints');
    expect(endpoint).toEqual({ state: 'on', failures: 0 });
    // Whoever knew an event by its id had each once.
    const ids = receiver.heard.filter(({ taken }) => taken).map(({ id }) => id);
    expect(new Set(ids).size).toBe(n + 1);
  });
  it('is not asked without end while much piles up', async () => {
    await desk.add(receiver.url);
    receiver.answer = () => status(503);
    await desk.tell(...Array.from({ length: 400 }, (_, i) => ofCase(`${200_000 + i}`, i)));
    for (let at = 0; at < hour; at += 10_000) await desk.deliver(later(at));
    expect(receiver.heard.length).toBeLessThan(120);
    receiver.answer = () => status(200);
    await desk.deliver(later(hour + 5 * minute));
    expect(await states()).toEqual({ delivered: 400 });
  });
  it('keeps no other endpoint waiting', async () => {
    const other = await startReceiver();
    receiver.answer = () => ({ kind: 'hang' });
    await desk.add(receiver.url);
    await desk.add(other.url);
    await desk.tell(...cases.map((number, n) => ofCase(number, n)));
    const sent = desk.deliver(null, { timeoutMs: 1_500 });
    const end = Date.now() + 1_200;
    while (other.heard.length < cases.length && Date.now() < end) await new Promise((go) => setTimeout(go, 10));
    expect(other.heard).toHaveLength(cases.length);
    await sent;
    await other.stop();
  });
});

describe('one that takes nothing for three days', () => {
  it('is given up and switched off with an alert and a letter, and has what waited once it is on again', async () => {
    await desk.query(
      `insert into staff (email, person) values ('nia@desk.example', '{"name": "Nia Vale", "email": "nia@desk.example", "roles": ["admin"], "hours": null, "timezone": null, "absent": [], "products": []}')`,
    );
    await desk.app.refreshStaff();
    const id = await desk.add(receiver.url);
    receiver.answer = () => status(500);
    await desk.tell(ofCase('100001', 1), ofCase('100001', 2));
    let at = 0;
    for (; at < 71 * hour; at += 30 * minute) await desk.deliver(later(at));
    expect(await desk.query('select state from webhook_endpoints')).toEqual([{ state: 'on' }]);
    for (; at < 74 * hour; at += 30 * minute) await desk.deliver(later(at));
    expect(await desk.query('select state, off_because from webhook_endpoints')).toEqual([
      { state: 'off', off_because: 'for three days it took nothing; last: 500' },
    ]);
    expect(await desk.query('select state from webhook_deliveries order by id')).toEqual([
      { state: 'given-up' },
      { state: 'due' },
    ]);
    // Within the schedule of the standard: it was not asked hundreds of times.
    expect(receiver.heard.length).toBeLessThan(16);

    const { app } = desk;
    const alerts = { ...app.settings.alerts, to: ['ops@desk.example'], url: null };
    const watch = { ...app, policy: app.settings.policy, alerts, mailboxes: [], outside: async () => [] };
    const told = await lookForTrouble(watch);
    expect(told.map(({ check }) => check.cause)).toEqual(['webhook-off']);
    const letters = await desk.query("select to_address as to from letters where template = 'alert' order by 1");
    expect(letters).toEqual([{ to: 'nia@desk.example' }, { to: 'ops@desk.example' }]);
    expect(await desk.webhooks.failed()).toBe(1);

    const heardBefore = receiver.heard.length;
    await desk.tell(ofCase('100001', 3));
    await desk.deliver(later(at + hour));
    expect(receiver.heard).toHaveLength(heardBefore);
    receiver.answer = () => status(200);
    await desk.act('switch-webhook-on', { webhook: id });
    await desk.deliver(later(at + hour));
    // What was given up is sent when it is asked for; what happened while it was off is not kept.
    expect(takenOf('100001')).toEqual([2]);
    await desk.act('resend-webhook-since', { webhook: id, since: later(-hour) });
    await desk.deliver(later(at + 2 * hour));
    expect(takenOf('100001')).toEqual([2, 1]);
    expect((await lookForTrouble(watch)).map(({ state }) => state)).toEqual(['over']);
  });
  it('gives up one event that is never taken, and stays on where others are', async () => {
    await desk.add(receiver.url);
    receiver.answer = ({ data }) => status(data.case === '100001' ? 500 : 200);
    await desk.tell(ofCase('100001', 1), ofCase('100001', 2));
    for (let at = 0; at < 80 * hour; at += 2 * hour) {
      await desk.tell(ofCase('100002', at / hour));
      await desk.deliver(later(at));
    }
    expect(await desk.query('select state from webhook_endpoints')).toEqual([{ state: 'on' }]);
    const first = await desk.query("select state from webhook_deliveries where key = 'case:100001' order by id");
    expect(first[0]).toEqual({ state: 'given-up' });
  });
  it('is switched off at once where it says that it is gone', async () => {
    await desk.add(receiver.url);
    receiver.answer = () => status(410);
    await desk.tell(ofCase('100001', 1));
    await desk.deliver();
    const [row] = await desk.query('select state, off_because from webhook_endpoints');
    expect(row).toMatchObject({ state: 'off', off_because: expect.stringMatching(/410/) });
    const audit = await desk.query("select actor, action from audit where action = 'webhook-switched-off'");
    expect(audit).toEqual([{ actor: 'scheduler', action: 'webhook-switched-off' }]);
  });
});

describe('a process that ends', () => {
  it('before it has written down what came of it: the event comes again, a minute later and not before', async () => {
    const id = await desk.add(receiver.url);
    await desk.tell(ofCase('100001', 1), ofCase('100001', 2));
    const claimed = await claimDeliveries(desk.app.database, id, { at: later(0), most: 4, seconds: 60 });
    // The second of a case is not taken while the first is under way.
    expect(claimed.map(({ data }) => data.mail)).toEqual(['1']);
    expect(await desk.deliver(later(30_000))).toBe(0);
    expect(await desk.deliver(later(61_000))).toBe(2);
    expect(takenOf('100001')).toEqual([1, 2]);
  });
  it('in the middle of a request, killed: nothing is lost, and the order stays', async () => {
    await desk.add(receiver.url);
    await desk.tell(...cases.flatMap((number) => [1, 2].map((n) => ofCase(number, n))));
    receiver.answer = () => ({ kind: 'hang' });
    const script = resolve(import.meta.dirname, '..', '..', 'support', 'processes', 'webhook-sender.ts');
    const child = spawn(process.execPath, [script], {
      env: { ...bareEnvironment(), DATABASE_URL: desk.url },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const end = Date.now() + 20_000;
    while (receiver.heard.length < 4 && Date.now() < end) await new Promise((go) => setTimeout(go, 20));
    expect(receiver.heard.length).toBeGreaterThanOrEqual(4);
    child.kill('SIGKILL');
    await once(child, 'exit');
    receiver.answer = () => status(200);
    await desk.deliver(new Date(Date.now() + 90_000).toISOString());
    await desk.deliver(new Date(Date.now() + 180_000).toISOString());
    expect(await states()).toEqual({ delivered: 12 });
    for (const number of cases) expect(takenOf(number)).toEqual([1, 2]);
  });
});

describe('where nothing must go', () => {
  it('is not where a redirect leads', async () => {
    const elsewhere = await startReceiver();
    await desk.add(receiver.url);
    for (const [n, code] of [301, 302, 303, 307, 308].entries()) {
      receiver.answer = () => status(code, { location: elsewhere.url });
      await desk.tell(ofCase(`${100_000 + code}`, 1));
      await desk.deliver(later(n * hour));
    }
    expect(receiver.heard.length).toBeGreaterThan(4);
    expect(elsewhere.connections()).toBe(0);
    const rows = await desk.query<{ says: string; state: string }>(
      'select says, state from webhook_deliveries where says is not null',
    );
    for (const { says, state } of rows) {
      expect(says).toMatch(/redirect, which is not followed/);
      expect(state).toBe('due');
    }
    await elsewhere.stop();
  });
  it('is not a private address, by number or by name', async () => {
    const strict = { ...desk.deps, policy: { desk: { webhookPrivate: [] } } };
    const { port } = new URL(receiver.url);
    const places = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', 'hooks.example', 'localhost'];
    for (const host of places) await desk.add(`https://${host}:${port}/`);
    await desk.add(`http://127.0.0.1:${port}/plain`);
    await desk.tell(ofCase('100001', 1));
    await deliverDue({ ...strict, sending: { timeoutMs: 500, resolve: leadsTo(() => ['127.0.0.1']) } });
    expect(receiver.connections()).toBe(0);
    const rows = await desk.query<{ says: string }>('select says from webhook_deliveries order by id');
    expect(rows).toHaveLength(places.length + 1);
    for (const { says } of rows) expect(says).toMatch(/may not be reached/);
  });
  it('is not where a name leads once it was looked at: it is looked up once for each connection', async () => {
    const { port } = new URL(receiver.url);
    await desk.add(`http://hooks.example:${port}/`);
    await desk.tell(ofCase('100001', 1));
    let asked = 0;
    const allowed = { ...desk.deps, policy: { desk: { webhookPrivate: ['127.0.0.2'] } } };
    const resolve = leadsTo(() => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1', '127.0.0.2'] : ['127.0.0.1'];
    });
    const says = async () => (await desk.query<{ says: string }>('select says from webhook_deliveries'))[0]?.says;
    await deliverDue({ ...allowed, sending: { timeoutMs: 500, resolve } }, later(0));
    // It went to the one that may be reached, where nobody listens.
    expect([asked, await says()]).toEqual([1, 'ECONNREFUSED']);
    await deliverDue({ ...allowed, sending: { timeoutMs: 500, resolve } }, later(hour));
    expect([asked, await says()]).toEqual([2, expect.stringMatching(/may not be reached.*hooks.example/)]);
    expect(receiver.connections()).toBe(0);
  });
});

describe('a secret', () => {
  it('is drawn once, sealed in the database, and on record with whom it was shown to', async () => {
    const id = await desk.add(receiver.url);
    const [secret = ''] = await desk.secretsOf(id);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const dump = await desk.query("select encode(secret, 'escape') as s, * from webhook_secrets");
    expect(JSON.stringify(dump)).not.toContain(secret.slice(6, 20));
    expect(
      await desk.query("select subject_kind, subject_id from audit where action = 'webhook-secret-shown'"),
    ).toEqual([{ subject_kind: 'webhook', subject_id: id }]);
    for (const { detail } of await desk.query<{ detail: unknown }>('select detail from audit'))
      expect(JSON.stringify(detail)).not.toContain('whsec_');
  });
  it('signs beside the one before for as long as was said', async () => {
    const id = await desk.add(receiver.url);
    const [old = ''] = await desk.secretsOf(id);
    await desk.act('rotate-webhook-secret', { webhook: id, hours: 2 });
    const [fresh = ''] = await desk.secretsOf(id);
    expect(fresh).not.toBe(old);
    await desk.tell(ofCase('100001', 1));
    await desk.deliver();
    const [first] = receiver.heard;
    if (!first) throw new Error('nothing came');
    expect(first.signature.split(' ')).toHaveLength(2);
    for (const one of [old, fresh]) expect(() => new Webhook(one).verify(first.raw, first.headers)).not.toThrow();
    await desk.query('update webhook_secrets set ends_at = now() where ends_at is not null');
    await desk.tell(ofCase('100001', 2));
    await desk.deliver();
    const second = receiver.heard[1];
    if (!second) throw new Error('nothing came');
    expect(() => new Webhook(old).verify(second.raw, second.headers)).toThrow();
    expect(() => new Webhook(fresh).verify(second.raw, second.headers)).not.toThrow();
  });
});

describe('what a person does', () => {
  it('sends a test, and one event once more under the same id', async () => {
    const id = await desk.add(receiver.url, ['case.closed']);
    await desk.act('test-webhook', { webhook: id });
    await desk.deliver();
    expect(receiver.heard.map(({ type }) => type)).toEqual(['webhook.test']);
    const { items } = await desk.webhooks.deliveries({ webhook: id, limit: 10 });
    await desk.act('resend-webhook', { webhook: id, delivery: items[0]?.id });
    await desk.deliver();
    expect(new Set(receiver.heard.map((one) => one.id)).size).toBe(1);
    expect(receiver.heard).toHaveLength(2);
    const shown = await desk.webhooks.delivery(id, items[0]?.id ?? '');
    expect(shown?.attempts).toHaveLength(2);
    expect(shown?.body).toBe(receiver.heard[0]?.raw);
  });
  it('switches off, on, changes, removes; each refuses what is so already', async () => {
    const id = await desk.add(receiver.url);
    expect(await desk.asked('add-webhook', { url: receiver.url, topics: ['*'] })).toMatchObject({ why: 'conflict' });
    await desk.act('switch-webhook-off', { webhook: id });
    expect(await desk.asked('switch-webhook-off', { webhook: id })).toMatchObject({ why: 'conflict' });
    expect(await desk.asked('test-webhook', { webhook: id })).toMatchObject({ why: 'conflict' });
    await desk.tell(ofCase('100001', 1));
    await desk.act('switch-webhook-on', { webhook: id });
    await desk.deliver();
    expect(receiver.heard).toHaveLength(0);
    await desk.act('change-webhook', { webhook: id, topics: ['case.closed'] });
    expect(await desk.asked('change-webhook', { webhook: id, topics: ['case.closed'] })).toMatchObject({
      why: 'conflict',
    });
    await desk.act('remove-webhook', { webhook: id });
    expect(await desk.query('select from webhook_secrets')).toHaveLength(0);
    expect(await desk.asked('remove-webhook', { webhook: id })).toMatchObject({ why: 'not-found' });
  });
});
