/**
 * Attacks on decisions about access (POLICY §8.7): whatever is tried, nobody gains a right, no decision is taken or used up, and each mail is
 * on record with what became of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisionPages } from '../../../src/flows/access/decision-page.ts';
import { accessDecisionRoutes } from '../../../src/web/customers/access/routes.ts';
import { ada, attacks, good, type Scene } from '../../support/access-attacks.ts';
import { type AccessDesk, type Sent, startAccessDesk, written } from '../../support/access-desk.ts';
import { key } from '../../support/app.ts';
import { decideAtOnce } from '../../support/decisions-at-once.ts';

let desk: AccessDesk;
let scene: Scene;
let before: Awaited<ReturnType<typeof state>>;
let pages: ReturnType<typeof accessDecisionRoutes>;
const sent = new Map<string, string>();

const more = `
insert into contacts (site_id, name, role, types, position) values
 (1, 'Gus Gone', 'technical contact', '{}', 8), (1, 'Fay Low', 'technical contact', '{}', 9);
insert into contact_addresses (site_id, contact_id, address, main) values
 (1, 7, 'gone@aldous.example', true), (1, 8, 'fallen@aldous.example', true);`;

/** Who may what, and what has been decided; wrong codes and letters are no right. */
async function state() {
  const people = await desk.query(
    `select c.site_id, c.id, c.name, c.role, c.types, c.privileges, c.until,
       array(select address::text from contact_addresses a where a.contact_id = c.id order by 1) as addresses
     from contacts c order by c.id`,
  );
  const steps = await desk.query(
    "select request_id, kind, by, detail from access_request_steps where kind <> 'code-wrong' order by id",
  );
  const said = await desk.query(
    'select site_named, address, name, country, role, justification, phone from access_requests order by id',
  );
  const pins = await desk.query('select * from pins');
  return { people, steps, said, pins };
}

async function ask(name: string, address: string, site: string, country: string): Promise<Sent> {
  await desk.write({
    ...{ from: `${name} <${address}>`, to: 'access@desk.example', subject: `ACCESS ${site}` },
    body: `Name: ${name}\nCountry: ${country}\nRole: authorized user\nReason: I run the print servers there`,
  });
  await desk.tick();
  const verify = await desk.letter(address, 'access-verify');
  await desk.write({ from: `${name} <${address}>`, subject: `Re: ${verify.subject}`, body: 'Yes', answers: verify });
  await desk.tick();
  return verify;
}
const about = async (to: string, name: string): Promise<Sent> => {
  const found = async () => (await desk.lettersTo(to, 'access-question')).find(({ text }) => text.includes(name));
  await desk.until(`the letter about ${name} to ${to}`, async () => (await found()) !== undefined, 30);
  return (await found()) as Sent;
};

beforeAll(async () => {
  desk = await startAccessDesk();
  await desk.query(more);
  pages = accessDecisionRoutes({ decisionPages: openDecisionPages({ ...desk.app, keys: [key] }) });
  const verify = await ask('Nora Eck', 'nora@elsewhere.example', '1000345', 'GB');
  await ask('Ole Dahl', 'ole@dahl.example', '1000345', 'GB');
  await ask('Pia Lund', 'pia@lund.example', '1000345', 'GB');
  await ask('Ida Moe', 'ida@moe.example', '1000345', 'GB');
  await ask('Old Harry', 'old@harry.example', '1000345', 'GB');
  await ask('Max Roth', 'max@roth.example', '2000345', 'DE');
  const letters = { ada: 'ada@aldous.example', tom: 'tom@aldous.example', sam: 'sam@aldous.example' };
  const nora = {
    ...{ ada: await about(letters.ada, 'Nora Eck'), tom: await about(letters.tom, 'Nora Eck') },
    sam: await about(letters.sam, 'Nora Eck'),
  };
  const pia = await about(letters.ada, 'Pia Lund');
  const answer = { id: '<pia@aldous.example>', from: ada, subject: `Re: ${pia.subject}`, body: 'DENY 2', answers: pia };
  const raw = written(answer);
  await desk.take(raw);
  await desk.until('the denial', async () => (await desk.decision(answer.id)) !== undefined);
  const ida = await about(letters.ada, 'Ida Moe');
  await desk.write({ from: ada, subject: `Re: ${ida.subject}`, body: 'GRANT', answers: ida });
  const granted = await desk.letter(letters.ada, 'access-settled', 2);
  await desk.write({ from: ada, subject: `Re: ${granted.subject}`, body: 'UNDO', answers: granted });
  const confirmed = (await desk.lettersTo(letters.ada, 'access-settled')).find(({ text }) => text.includes('pia@'));
  await desk.query(
    `update access_request_steps set at = at - interval '41 days'
     where request_id = (select id from access_requests where name = 'Old Harry')`,
  );
  const [row] = await desk.query<{ atRest: string }>(
    `select message_id as "atRest" from letters where template = 'access-question' and to_address = $1 order by id limit 1`,
    [letters.ada],
  );
  scene = {
    ...{ nora, ole: { ada: await about(letters.ada, 'Ole Dahl') }, verify, atRest: row?.atRest ?? '' },
    ...{
      roth: { uta: await about('uta@brandt.example', 'Max Roth') },
      pia: { ada: pia, answer: { ...answer, raw }, settled: confirmed as Sent },
    },
    ...{ ida: { ada: ida }, old: await about(letters.ada, 'Old Harry') },
    ...{
      gone: await about('gone@aldous.example', 'Nora Eck'),
      fallen: await about('fallen@aldous.example', 'Nora Eck'),
    },
    page: {
      token: /\/access\/(\S+?)[)\s>]/.exec(nora.ada.text)?.[1] ?? '',
      code: /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(nora.ada.text)?.[0] ?? '',
    },
  };
  await desk.query(
    `delete from contacts where id = 7; update contacts set role = 'authorized user' where id = 8;
     update sites set people_version = people_version + 1`,
  );
  before = await state();
  let n = 0;
  for (const [name, { mail }] of Object.entries(attacks)) {
    n += 1;
    const {
      envelope,
      raw: exact,
      ...given
    } = { ...good(scene), id: `<attack-${n}@elsewhere.example>`, ...mail(scene) };
    sent.set(name, given.id);
    await desk.handIn(exact ?? written(given), envelope ?? /<([^<>]*)>[^<>]*$/.exec(given.from)?.[1] ?? '');
  }
  await desk.until(
    'all are decided',
    async () => (await desk.query("select from mails where state = 'new'")).length === 0,
    90,
  );
}, 240_000);
afterAll(() => desk.stop());

describe('§8.7 an attack on a decision about access, by mail', () => {
  it('is tried in more than sixty ways', () => {
    expect(Object.keys(attacks).length).toBeGreaterThan(60);
    expect(scene.page.token).toMatch(/^[0-9a-z]+\.[0-9a-f]{32}$/);
  });

  it.each(Object.keys(attacks))('%s', async (name) => {
    const rows = await desk.query<{ id: string; outcome: string; reason: string }>(
      'select id::text, outcome, reason from mails where message_id = $1 order by id desc',
      [sent.get(name)],
    );
    // Of a Message-ID that is used again each is looked at.
    expect(rows.map(({ outcome, reason }) => `${outcome}: ${reason}`).join('\n')).toContain(
      `${attacks[name]?.outcome}:`,
    );
    const audit = await desk.query("select from audit where action = 'mail-decided' and subject_id = $1", [
      rows[0]?.id,
    ]);
    expect(audit.length).toBeGreaterThan(0);
  });

  it('gives nobody a right, and decides nothing, also after the timers have run', async () => {
    await desk.tick();
    expect(await state()).toEqual(before);
    expect(await desk.query("select from cases where contact_address like '%aldous%'")).toEqual([]);
  });
});

const times = 1_000;
const open = () => `/access/${scene.page.token}`;
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
const noCode: readonly Record<string, string>[] = [
  { decision: 'grant' },
  { decision: 'grant', role: 'secondary', code: '' },
  { decision: 'deny', reason: '1', code: ' ' },
  {},
];
const visits: Readonly<Record<string, (n: number) => RequestInit>> = {
  'a GET': () => ({}),
  'a HEAD': () => ({ method: 'HEAD' }),
  'a prefetch': (n) => ({ headers: n % 2 ? { purpose: 'prefetch' } : { 'sec-purpose': 'prefetch;prerender' } }),
  'a script of the page that sends the form': (n) => ({
    ...form(noCode[n % noCode.length] as Record<string, string>),
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  }),
  'the press of its button': (n) => form(noCode[n % 3] as Record<string, string>),
};

describe('§8.7 the page of a decision', () => {
  it.each(Object.keys(visits))(`${times} times: %s decides nothing and uses nothing up`, async (name) => {
    const visit = visits[name] as (n: number) => RequestInit;
    const seen = new Set<number>();
    for (let n = 0; n < times; n += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => pages.request(open(), visit(n + i))));
      for (const { status } of answers) seen.add(status);
    }
    expect([...seen]).toEqual([200]);
    expect(await state()).toEqual(before);
    expect(await desk.query("select from access_request_steps where kind = 'code-wrong'")).toEqual([]);
  });

  it('takes no code but its own, and each wrong one is in the audit', async () => {
    const other = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(scene.ole.ada.text)?.[0] ?? '';
    const toTom = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(scene.nora.tom.text)?.[0] ?? '';
    expect(new Set([other, toTom, scene.page.code]).size).toBe(3);
    const tomsPage = `/access/${/\/access\/(\S+?)[)\s>]/.exec(scene.nora.tom.text)?.[1]}`;
    for (const code of [other, scene.page.code, '0000-0000', "' or 1=1", '7KQ2-M9XW', '7KQ2-M9XV'])
      expect((await pages.request(tomsPage, form({ decision: 'grant', code }))).status).toBe(200);
    // It is locked now, for the right one as well.
    expect(await (await pages.request(tomsPage, form({ decision: 'grant', code: toTom }))).text()).toContain(
      'Too many wrong',
    );
    expect(await state()).toEqual(before);
    const audit = await desk.query("select actor from audit where action = 'access-code-wrong'");
    expect(audit).toHaveLength(5);
  });

  it('shows and takes nothing of who may not decide any more, whatever code they have', async () => {
    for (const letter of [scene.gone, scene.fallen]) {
      const path = `/access/${/\/access\/(\S+?)[)\s>]/.exec(letter.text)?.[1]}`;
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(letter.text)?.[0] ?? '';
      const text = await (await pages.request(path, form({ decision: 'grant', code }))).text();
      expect(text).toContain('may not decide');
      expect(text).not.toContain('Nora');
    }
    for (const letter of [scene.ida.ada, scene.pia.ada, scene.old]) {
      const path = `/access/${/\/access\/(\S+?)[)\s>]/.exec(letter.text)?.[1]}`;
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(letter.text)?.[0] ?? '';
      expect((await pages.request(path, form({ decision: 'grant', code }))).status).toBe(200);
    }
    expect(await state()).toEqual(before);
  });

  it('is left unused by all of that: Ada decides with her letter, and her page shows it', async () => {
    const decided = await desk.write({ ...good(scene), id: '<real@aldous.example>' });
    expect(decided).toMatchObject({ outcome: 'answer-settled' });
    const [row] = await desk.query(
      `select c.role from contacts c join contact_addresses a on a.contact_id = c.id where a.address = 'nora@elsewhere.example'`,
    );
    expect(row).toEqual({ role: 'authorized user' });
    expect(await (await pages.request(open())).text()).toContain('was granted');
  });

  it('and by mail, two at once: of 50 requests each is decided once, and whoever was later hears it', async () => {
    const told = await decideAtOnce(desk, 50);
    expect(told).toMatchObject({ decisions: 50, undecided: 0, people: 0 });
  }, 180_000);
});
