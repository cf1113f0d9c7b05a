/** Our people in the console: who they are, where they are signed in, and what can be done about it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConsoleDesk, startConsoleDesk, type Visitor } from '../../support/console-desk.ts';

let desk: ConsoleDesk;
beforeAll(async () => {
  desk = await startConsoleDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.anew());

const [nia, kim, vic] = ['nia@desk.example', 'kim@desk.example', 'vic@desk.example'];
const act = async (visitor: Visitor, name: string, fields: Record<string, string>): Promise<Response> =>
  visitor.ask(`/do/${name}`, { form: { csrf: await visitor.csrf(), sure: 'yes', back: '/staff', ...fields } });

describe('/staff', () => {
  it('names everybody with roles, hours and when they were last seen', async () => {
    const visitor = await desk.signedIn(vic);
    const page = await visitor.page('/staff');
    for (const text of ['Nia Vale', 'admin', 'never signed in', 'Vic Ray', '1 session']) expect(page).toContain(text);
    await desk.query(
      `update staff set person = person || '{"absent": [{"from": "2020-01-01", "to": "2099-12-31"}], "hours": "always"}' where email = $1`,
      [kim],
    );
    await desk.app.refreshStaff();
    expect(await visitor.page('/staff')).toContain('absent until 2099-12-31');
    const one = await visitor.page(`/staff/${encodeURIComponent(kim)}`);
    for (const text of ['round the clock', '2020-01-01 to 2099-12-31', 'added here or by command'])
      expect(one).toContain(text);
  });
  it('says who may add somebody, and does it for whom that is', async () => {
    const fields = { name: 'Lou Day', email: 'lou@desk.example', roles: 'viewer' };
    const viewer = await desk.signedIn(vic);
    expect(await viewer.page('/staff')).toMatch(/You are viewer; this takes [^<]*admin/);
    expect((await act(viewer, 'add-staff', fields)).status).toBe(403);
    const admin = await desk.signedIn(nia);
    expect((await act(admin, 'add-staff', fields)).status).toBe(303);
    expect(await admin.page('/staff')).toMatch(/Lou Day \(lou@desk.example\) is one of our people: viewer/);
    const [row] = await desk.query("select actor from audit where action = 'staff-added'");
    expect(row).toEqual({ actor: `console for ${nia}` });
    await act(admin, 'remove-staff', { input: JSON.stringify({ email: 'lou@desk.example' }) });
    expect(await admin.page('/staff/lou@desk.example')).toContain('none of our people');
  });
  it('changes what stands of somebody, and keeps what the form does not have', async () => {
    await desk.query(
      `update staff set person = person || '{"absent": [{"from": "2026-12-24", "to": "2026-12-26"}]}' where email = $1`,
      [kim],
    );
    await desk.app.refreshStaff();
    const admin = await desk.signedIn(nia);
    const page = await admin.page(`/staff/${encodeURIComponent(kim)}`);
    const input =
      /action="\/do\/add-staff"[\s\S]*?name="input" value="([^"]+)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const whole = /name="whole" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const fields = { input, whole, name: 'Kim Oster-Ray', roles: 'engineer' };
    await act(admin, 'add-staff', { ...fields, timezone: 'Europe/Berlin', products: 'Vault\nPump' });
    const stands = async () => (await desk.query('select person from staff where email = $1', [kim]))[0];
    const row = await stands();
    expect(row?.person).toMatchObject({
      name: 'Kim Oster-Ray',
      products: ['Vault', 'Pump'],
      timezone: 'Europe/Berlin',
      absent: [{ from: '2026-12-24', to: '2026-12-26' }],
    });
    await act(admin, 'add-staff', { ...fields, timezone: '', products: '' });
    expect((await stands())?.person).toMatchObject({ timezone: null, products: [] });
  });
});

describe('/staff/sessions', () => {
  it('shows one’s own to everybody, and all of them to whoever manages our people', async () => {
    const [admin, viewer] = [await desk.signedIn(nia), await desk.signedIn(vic)];
    expect(await viewer.page('/staff/sessions')).not.toContain(nia);
    expect(await admin.page('/staff/sessions')).toContain(vic);
    expect(await viewer.page(`/staff/${nia}`)).not.toContain('a code by mail');
  });
  it('signs out one, or all others', async () => {
    const [here, there, elsewhere] = [await desk.signedIn(vic), await desk.signedIn(vic), await desk.signedIn(vic)];
    const [first, second] = await desk.query<{ id: string }>('select id::text from staff_sessions order by id');
    await act(here, 'end-sessions', { input: JSON.stringify({ email: vic, session: second?.id }) });
    expect((await there.ask('/keys')).status).toBe(303);
    expect((await elsewhere.ask('/keys')).status).toBe(200);
    await act(here, 'end-sessions', { input: JSON.stringify({ email: vic, except: first?.id }) });
    expect((await elsewhere.ask('/keys')).status).toBe(303);
    expect((await here.ask('/keys')).status).toBe(200);
    expect(await here.page('/staff/sessions')).toContain('this one');
  });
});

describe('passkeys', () => {
  it('are asked for and taken by whoever is signed in, with the token of their forms', async () => {
    const visitor = await desk.signedIn(vic);
    expect((await visitor.ask('/staff/passkeys/begin', { json: {} })).status).toBe(403);
    const headers = { 'x-csrf': await visitor.csrf() };
    const begun = await visitor.ask('/staff/passkeys/begin', { json: {}, headers });
    const { options } = (await begun.json()) as { options: Record<string, unknown> };
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Postern' },
      user: { name: vic, displayName: 'Vic Ray' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    for (const response of [null, {}, { id: 'x' }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }]) {
      const answer = await visitor.ask('/staff/passkeys', { json: { response, name: 'x' }, headers });
      expect(answer.status).toBe(422);
    }
    expect(await desk.query('select from staff_passkeys')).toEqual([]);
  });
  it('that are not known, or made up, sign nobody in', async () => {
    await desk.query(
      "insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ('AAAA', $1, 'x', 'x', 0, '{}')",
      [nia],
    );
    for (const id of ['AAAA', 'BBBB']) {
      const visitor = desk.visitor();
      const begun = await visitor.ask('/sign-in/passkey/begin', { json: {} });
      expect(await begun.json()).toMatchObject({ options: { rpId: 'localhost', userVerification: 'required' } });
      const response = { id, rawId: id, type: 'public-key', response: {}, clientExtensionResults: {} };
      const answer = await visitor.ask('/sign-in/passkey', { json: { response, to: '/' } });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ says: expect.stringContaining('not known here') });
    }
    expect(await desk.query("select subject_id from audit where action = 'sign-in-failed' order by id")).toEqual([
      { subject_id: nia },
      { subject_id: 'nobody of ours' },
    ]);
  });
});
