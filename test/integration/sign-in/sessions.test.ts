/** Sessions: how long they last, and what ends them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { makeSignInLink } from '../../../src/flows/sign-in/links.ts';
import { endSignInsLeft } from '../../../src/flows/sign-in/sign-ins-left.ts';
import { openStaffPages } from '../../../src/flows/staff/staff-pages.ts';
import { caller, type SignInDesk, startSignInDesk } from './desk.ts';

let desk: SignInDesk;
beforeAll(async () => {
  desk = await startSignInDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.anew());

const nia = 'nia@desk.example';
const byCommand = { kind: 'command', staff: null } as const;
const linkFor = async (email = nia): Promise<string> =>
  (await makeSignInLink({ ...desk.app, publicUrl: 'https://desk.example' }, email, byCommand)).url.split('/').at(-1) ??
  '';
async function session(email = nia): Promise<string> {
  const token = await desk.signIn.links.use(await linkFor(email), caller);
  if (token === null) throw new Error('nobody was signed in');
  return token;
}
const stands = async (token: string, seen = true): Promise<boolean> => (await desk.signIn.find(token, seen)) !== null;

describe('a link of the command line', () => {
  it('signs in once; looking at it changes nothing', async () => {
    const token = await linkFor();
    for (let n = 0; n < 3; n += 1) expect(await desk.signIn.links.look(token)).toBe('Nia Vale');
    expect(await stands((await desk.signIn.links.use(token, caller)) ?? '')).toBe(true);
    expect(await desk.signIn.links.look(token)).toBeNull();
    expect(await desk.signIn.links.use(token, caller)).toBeNull();
    expect((await desk.audit()).map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'sign-in-link-made command',
      `session-started console for ${nia}`,
      'sign-in-failed sign-in',
    ]);
  });
  it('is for ten minutes, for our people only, and good for whom it was made', async () => {
    const token = await linkFor();
    await desk.query("update sign_in_attempts set ends_at = now() - interval '1 second'");
    expect(await desk.signIn.links.use(token, caller)).toBeNull();
    await expect(linkFor('nja@desk.example')).rejects.toThrow(/none of our people; did you mean "nia@desk.example"/);
    const gone = await linkFor();
    await desk.query('delete from staff where email = $1', [nia]);
    expect(await desk.signIn.links.look(gone)).toBeNull();
    expect(await desk.signIn.links.use(gone, caller)).toBeNull();
  });
});

describe('a session', () => {
  it('is over twelve hours after the last request, and thirty days after it began', async () => {
    const [idle, long] = [await session(), await session()];
    await desk.query("update staff_sessions set seen_at = now() - interval '11 hours 59 minutes'");
    expect(await stands(idle, false)).toBe(true);
    await desk.query("update staff_sessions set seen_at = now() - interval '12 hours 1 second'");
    expect(await stands(idle)).toBe(false);
    const [row] = await desk.query('select extract(day from ends_at - made_at)::int as days from staff_sessions');
    expect(row).toEqual({ days: 30 });
    await desk.query("update staff_sessions set seen_at = now(), ends_at = now() - interval '1 second'");
    expect(await stands(long)).toBe(false);
  });
  it('is kept up by requests of a person, and not by what asks by itself', async () => {
    const token = await session();
    const idleFor = async () =>
      (await desk.query<{ s: number }>('select extract(epoch from now() - seen_at)::int as s from staff_sessions'))[0]
        ?.s ?? 0;
    await desk.query("update staff_sessions set seen_at = now() - interval '3 hours'");
    await desk.signIn.find(token, false);
    expect(await idleFor()).toBeGreaterThan(10_000);
    await desk.signIn.find(token, true);
    expect(await idleFor()).toBeLessThan(5);
  });
  it('is known to the database by a hash alone, and to nobody by another token', async () => {
    const token = await session();
    const [row] = await desk.query('select * from staff_sessions');
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.token_hash.toString('base64url')).not.toBe(token);
    for (const other of ['', 'x', `${token}x`, token.toLowerCase(), row?.token_hash.toString('base64url')])
      expect(await desk.signIn.find(other, true)).toBeNull();
  });
  it('has a form token of its own', async () => {
    const forms = [await session(), await session()].map(async (token) => (await desk.signIn.find(token, true))?.form);
    const [one, other] = await Promise.all(forms);
    expect(one).not.toBe(other);
  });
  it('ends with whoever is taken off our people, at once, and their passkeys are gone', async () => {
    const token = await session();
    await desk.query(
      "insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ('p', $1, 'x', 'x', 0, '{}')",
      [nia],
    );
    await perform(desk.app, { act: 'remove-staff', input: { email: nia }, by: byCommand });
    expect(await stands(token)).toBe(false);
    expect(await desk.query('select from staff_passkeys')).toEqual([]);
  });
  it('ends where their row is gone, before this process has looked at who works here', async () => {
    const token = await session();
    await desk.query('delete from staff where email = $1', [nia]);
    expect(await stands(token)).toBe(false);
  });
  it('ends by the clock, with the passkeys, where nobody took them off but a file that names them no more', async () => {
    const [token, other] = [await session(), await session('vic@desk.example')];
    for (const staff of [nia, 'vic@desk.example'])
      await desk.query(
        "insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ($1, $1, 'x', 'x', 0, '{}')",
        [staff],
      );
    expect(await endSignInsLeft(desk.app)).toBe(0);
    await desk.query('delete from staff where email = $1', [nia]);
    expect(await endSignInsLeft(desk.app)).toBe(2);
    expect(await desk.query('select staff from staff_passkeys')).toEqual([{ staff: 'vic@desk.example' }]);
    expect(await stands(other)).toBe(true);
    await desk.add('Nia Vale', nia, ['admin']);
    expect(await stands(token)).toBe(false);
    const ended = (await desk.audit()).filter(({ actor }) => actor === 'scheduler');
    expect(ended.map(({ action, subject_id }) => `${action} ${subject_id}`)).toEqual([
      `session-ended ${nia}`,
      `passkey-removed ${nia}`,
    ]);
  });
  it('ends with the loss of a role, and not with a new one or a new name', async () => {
    const token = await session();
    const person = { name: 'Nia Vale', email: nia, hours: null, timezone: null, absent: [], products: [] };
    const put = (roles: ('admin' | 'engineer')[], name = person.name) =>
      perform(desk.app, { act: 'add-staff', input: { ...person, name, roles }, by: byCommand });
    await put(['admin', 'engineer']);
    await put(['admin', 'engineer'], 'Nia Vale-Ray');
    expect((await desk.signIn.find(token, true))?.member.roles).toEqual(['admin', 'engineer']);
    await put(['engineer']);
    expect(await stands(token)).toBe(false);
  });
  it('is ended by its owner, on one device or on all others, and by an admin', async () => {
    const [one, two, three] = [await session(), await session(), await session('vic@desk.example')];
    const idOf = async (token: string) => (await desk.signIn.find(token, false))?.session ?? '';
    const id = await idOf(one);
    const end = (input: { email: string; session?: string; except?: string }, staff: string) =>
      perform(desk.app, { act: 'end-sessions', input, by: { kind: 'console', staff } });
    expect(await end({ email: nia }, 'vic@desk.example')).toMatchObject({ kind: 'refused', why: 'no-right' });
    expect(await end({ email: nia, except: id }, nia)).toMatchObject({ kind: 'done' });
    expect([await stands(one), await stands(two), await stands(three)]).toEqual([true, false, true]);
    expect(await end({ email: 'vic@desk.example' }, nia)).toMatchObject({ kind: 'done' });
    expect(await stands(three)).toBe(false);
    expect(await desk.signIn.stands(id)).toBe(true);
    await end({ email: nia, session: id }, nia);
    expect(await desk.signIn.stands(id)).toBe(false);
    expect((await desk.audit()).filter(({ action }) => action === 'session-ended')).toHaveLength(3);
  });
  it('is listed with its device, and says when somebody was last there also once it has ended', async () => {
    await session();
    const pages = openStaffPages(desk.app);
    expect(await pages.sessions(null)).toMatchObject([{ staff: nia, way: 'link', device: 'Firefox, Linux' }]);
    await perform(desk.app, { act: 'end-sessions', input: { email: nia }, by: byCommand });
    expect(await pages.sessions(nia)).toEqual([]);
    expect((await pages.people()).find(({ email }) => email === nia)).toMatchObject({
      seenAt: expect.any(String),
      sessions: 0,
      from: 'added',
    });
  });
});
