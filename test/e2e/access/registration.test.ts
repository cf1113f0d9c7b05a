/** POLICY §8.11 by mail, in English and German: whoever registers a licence and is not on record, up to the welcome or the denial. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { decideRequest } from '../../../src/acts/access/decide-request.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { type AccessDesk, desk, startAccessDesk } from '../../support/access-desk.ts';

/** Two sites that have bought and have nobody on record. */
const bought = `
insert into sites (number, name, country, timezone, language) values
 ('4000345', 'Ellis Works', 'GB', 'Europe/London', 'en'), ('5000345', 'Dorn Druck', 'DE', 'Europe/Berlin', 'de');
insert into pins (site_id, pin) select id, '7' || left(number, 3) from sites where number in ('4000345', '5000345');
insert into licences (site_id, number, service_tag, product_id, kind, quantity, valid_from, position)
 select s.id, t.number, t.tag, 1, 'user', 5, '2026-01-01', 1
 from (values ('4000345', 'U-4001', null), ('4000345', 'U-4002', 'Tag-77xk2'), ('5000345', 'U-5001', 'SVC-5D')) t(site, number, tag)
 join sites s on s.number = t.site;`;

let here: AccessDesk;
beforeAll(async () => {
  here = await startAccessDesk();
  await here.query(bought);
});
afterAll(() => here?.stop());

const by = { kind: 'api', staff: desk.care } as const;
const decide = async (input: Parameters<typeof decideRequest.judge>[0]) => {
  const done = await commit(here.app, { act: 'decide-request', input, by });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  return done;
};
const idIn = (text: string): string => /access grant (\d+)/.exec(text)?.[1] ?? '';
const peopleOf = (site: string) =>
  here.query<{ name: string; role: string }>(
    'select c.name, c.role from contacts c join sites s on s.id = c.site_id where s.number = $1',
    [site],
  );
const clocks = () => here.query('select 1 from care_clocks where done_at is null');

describe('in English', () => {
  const from = 'Eve Ellis <eve@ellis.example>';
  it('goes to client care, and the sender hears what happens next and nothing of the site', async () => {
    expect(await here.write({ from, subject: 'REGISTER u-4001', body: 'We have just bought it.' })).toMatchObject({
      outcome: 'registration-requested',
      rule: 'r11',
    });
    const next = await here.letter('eve@ellis.example', 'access-next');
    expect(next.text).toContain('client care');
    expect(next.text).not.toMatch(/Ellis|U-4001|4000345/i);
    await here.tick();
    const care = await here.letter(desk.care, 'access-with-care');
    for (const part of ['U-4001', 'Vault', '4000345', 'Ellis Works', 'eve@ellis.example', 'not confirmed'])
      expect(care.text).toContain(part);
    expect(await clocks()).toHaveLength(1);
    expect(await peopleOf('4000345')).toEqual([]);
  });

  it('is let through by client care: the first is the primary, the licence is registered, the welcome has the PIN', async () => {
    await decide({ request: idIn((await here.letter(desk.care, 'access-with-care')).text), decision: 'grant' });
    expect(await peopleOf('4000345')).toEqual([{ name: 'Eve Ellis', role: 'primary' }]);
    expect(
      await here.query(`select 1 from licences where number = 'U-4001' and registered_on is not null`),
    ).toHaveLength(1);
    const welcome = await here.letter('eve@ellis.example', 'site-welcome');
    for (const part of ['4000345', '7400', 'U-4001']) expect(welcome.text).toContain(part);
    expect(await clocks()).toEqual([]);
    expect(await here.write({ from, subject: 'PIN 7400 Nothing prints', body: 'Since noon.' })).toMatchObject({
      outcome: expect.stringMatching(/case-opened|support-lapsed/),
    });
  });

  it('has a service tag of its own, by which it is registered, listed and named in the place of a PIN', async () => {
    expect(await here.write({ from, subject: 'REGISTER tag-77XK2', body: '' })).toMatchObject({
      outcome: 'command-done',
    });
    const registered = await here.letter('eve@ellis.example', 'licence-registered');
    expect(registered.text).toMatch(/U-4002 \(service tag Tag-77xk2\)/);
    await here.write({ from, subject: 'LICENCES', body: '' });
    const list = (await here.letter('eve@ellis.example', 'command-licences')).text;
    expect(list).toMatch(/U-4002 \(service tag Tag-77xk2\)/);
    const report = { from, subject: 'It does not print', body: 'Service tag: Tag-77xk2\n\nNothing comes out.' };
    expect(await here.write(report)).toMatchObject({ outcome: expect.stringMatching(/case-opened|support-lapsed/) });
  });

  it('answers a licence of a site with people, one of nobody and one of nobody yet with the same letter', async () => {
    const texts: string[] = [];
    for (const [n, licence] of ['U-1001', 'U-9999', 'svc-5d'].entries()) {
      const address = `same${n}@one${n}.example`;
      await here.write({ from: `Same <${address}>`, subject: `REGISTER ${licence}`, body: 'Thank you.' });
      const { subject, text } = await here.letter(address, 'access-next');
      texts.push(`${subject}\n${text}`);
    }
    await here.tick();
    expect(new Set(texts).size).toBe(1);
    const care = async () => (await here.lettersTo(desk.care, 'access-with-care')).map(({ text }) => text).join('\n');
    await here.until('client care has all of them', async () => (await care()).includes('same2@one2.example'), 12);
    const told = (await care()).replace(/\s+/g, ' ');
    expect(told).toContain('its site has people on record');
    expect(told).toContain('nobody has a licence of this number');
    const [counted] = await here.query<{ n: number }>(
      `select coalesce(sum(wrong), 0)::int as n from pin_tries where key like 'same%'`,
    );
    expect(counted).toEqual({ n: 1 });
  });

  it('is asked once: a second mail about the same licence begins nothing new', async () => {
    const again = { from: 'Same <same1@one1.example>', subject: 'REGISTER U-9999', body: 'Did you get this?' };
    expect(await here.write(again)).toMatchObject({ outcome: 'registration-requested' });
    expect(await here.query(`select 1 from access_requests where address = 'same1@one1.example'`)).toHaveLength(1);
  });
});

describe('in German', () => {
  const from = 'Karl Dorn <karl@dorn.example>';
  it('is denied, and the sender hears why and nothing of the site', async () => {
    const body = 'Guten Tag,\n\nwir haben die Lizenz gestern gekauft.\n\nGrüße\nKarl Dorn';
    expect(await here.write({ from, subject: 'Registrierung der Lizenz U-5001', body })).toMatchObject({
      outcome: 'registration-requested',
    });
    expect((await here.letter('karl@dorn.example', 'access-next')).text).toContain('Kundenbetreuung');
    await here.tick();
    const care = async () =>
      (await here.lettersTo(desk.care, 'access-with-care')).find(({ text }) => text.includes('karl@dorn.example'));
    await here.until('client care has it', async () => (await care()) !== undefined, 12);
    const request = idIn((await care())?.text ?? '');
    await decide({ request, decision: 'deny', reason: 3, words: 'Bitte an Ihren Händler.', now: true });
    await here.tick();
    const denied = await here.letter('karl@dorn.example', 'access-decided');
    expect(denied.subject).toContain('Registrierung');
    expect(denied.text).toContain('Händler');
    expect(denied.text).not.toMatch(/Dorn Druck|5000345/);
    expect(await peopleOf('5000345')).toEqual([]);
  });
});
