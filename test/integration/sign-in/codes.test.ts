/** A code by mail: what it lets in, and what it does not. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopLetters } from '../../../src/store/letters/sending-pause.ts';
import { caller, from, type SignInDesk, startSignInDesk } from './desk.ts';

let desk: SignInDesk;
beforeAll(async () => {
  desk = await startSignInDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.anew());

const nia = 'nia@desk.example';
async function asked(email = nia, by = caller): Promise<string> {
  const answer = await desk.signIn.codes.ask(email, by);
  if (answer.kind !== 'asked') throw new Error(`nothing was asked: ${answer.kind}`);
  return answer.token;
}
const newest = async (): Promise<string> => (await desk.codes()).at(-1) ?? '';
const another = (code: string): string => (code.startsWith('2') ? `3${code.slice(1)}` : `2${code.slice(1)}`);

describe('a code', () => {
  it('comes by mail and lets in once, in whatever way it is typed', async () => {
    const token = await asked();
    const code = await newest();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const tried = await desk.signIn.codes.try(token, ` ${code.toLowerCase().replace('-', ' ')} `, caller);
    if (tried.kind !== 'in') throw new Error(tried.kind);
    expect(await desk.signIn.find(tried.session, true)).toMatchObject({ member: { email: nia, roles: ['admin'] } });
    expect(await desk.signIn.codes.try(token, code, caller)).toEqual({ kind: 'over' });
    expect(await desk.audit()).toEqual([
      {
        actor: `console for ${nia}`,
        action: 'session-started',
        subject_id: nia,
        detail: { session: expect.any(String), way: 'code', device: 'Firefox, Linux' },
      },
    ]);
  });
  it('is good for five tries, each of which is on record', async () => {
    const token = await asked();
    const code = await newest();
    for (const left of [4, 3, 2, 1])
      expect(await desk.signIn.codes.try(token, another(code), caller)).toEqual({ kind: 'wrong', left });
    expect(await desk.signIn.codes.try(token, 'nothing like it', caller)).toEqual({ kind: 'over' });
    expect(await desk.signIn.codes.try(token, code, caller)).toEqual({ kind: 'over' });
    const failed = (await desk.audit()).filter(({ action }) => action === 'sign-in-failed');
    expect(failed).toHaveLength(5);
    expect(failed[0]).toMatchObject({ actor: 'sign-in', subject_id: nia });
  });
  it('is good for ten minutes', async () => {
    const token = await asked();
    const code = await newest();
    await desk.query("update sign_in_attempts set ends_at = ends_at - interval '9 minutes'");
    await desk.query("update sign_in_attempts set ends_at = ends_at - interval '61 seconds'");
    expect(await desk.signIn.codes.try(token, code, caller)).toEqual({ kind: 'over' });
  });
  it('is good where it was asked for, and nowhere else', async () => {
    const token = await asked();
    const elsewhere = await asked('vic@desk.example');
    const [one, other] = [await desk.codeFor(nia), await desk.codeFor('vic@desk.example')];
    expect(new Set([one, other, '']).size).toBe(3);
    const tries = [
      await desk.signIn.codes.try(token, other, caller),
      await desk.signIn.codes.try(elsewhere, one, caller),
    ];
    expect(tries.map(({ kind }) => kind)).toEqual(['wrong', 'wrong']);
    expect((await desk.signIn.codes.try('x'.repeat(43), one, caller)).kind).toBe('over');
    expect((await desk.signIn.codes.try(undefined, one, caller)).kind).toBe('over');
    expect((await desk.signIn.codes.try(token, one, caller)).kind).toBe('in');
    expect((await desk.signIn.codes.try(elsewhere, other, caller)).kind).toBe('in');
  });
  it('is used by one of two who type it at once', async () => {
    const token = await asked();
    const code = await newest();
    const tries = await Promise.all([1, 2].map(() => desk.signIn.codes.try(token, code, caller)));
    expect(tries.map(({ kind }) => kind).toSorted()).toEqual(['in', 'over']);
    expect(await desk.query('select from staff_sessions')).toHaveLength(1);
  });
  it('lets nobody in who was taken off our people meanwhile', async () => {
    const token = await asked();
    const code = await newest();
    await desk.query('delete from staff where email = $1', [nia]);
    expect(await desk.signIn.codes.try(token, code, caller)).toEqual({ kind: 'over' });
  });
  it('stands nowhere in the database, and its letter is sealed', async () => {
    await asked();
    const code = await newest();
    const [letter] = await desk.query("select * from letters where template = 'sign-in-code'");
    expect(letter).toMatchObject({ sealed: true, priority: -1, to_address: nia, state: 'sent' });
    const everything = JSON.stringify([letter, await desk.query('select * from sign_in_attempts')]);
    expect(everything).not.toContain(code);
    expect(letter?.raw.includes(code)).toBe(false);
  });
  it('leaves while letters are paused, and with the rate of the minute used up', async () => {
    await stopLetters(desk.app.database, 'a test', 'test');
    await desk.query(
      `insert into letter_rates (scope, minute, used, granted, most)
       select scope, date_trunc('minute', now()), 60000, 0, 60000 from unnest('{*,desk.example}'::text[]) scope
       on conflict (scope) do update set used = excluded.used, minute = excluded.minute`,
    );
    await asked();
    expect(await newest()).not.toBe('');
    await desk.query("update channels set stopped_at = null where name = 'smtp'");
  });
});

describe('an address', () => {
  const texts: string[] = [];
  function watched(): { stop(): string[] } {
    texts.length = 0;
    const { query } = pg.Client.prototype;
    const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...given: unknown[]
    ) {
      const [first] = given;
      texts.push(typeof first === 'string' ? first : (first as { text: string }).text);
      return (query as (...all: unknown[]) => never).apply(this, given);
    } as never);
    return {
      stop() {
        spy.mockRestore();
        return texts.filter((text) => /sign_in|staff/.test(text));
      },
    };
  }
  it('is answered alike whether it is one of ours or not, and the same statements run', async () => {
    const seen = [];
    for (const email of [nia, 'eve@elsewhere.example']) {
      const watch = watched();
      const answer = await desk.signIn.codes.ask(email, caller);
      const ran = watch.stop();
      expect(answer).toEqual({ kind: 'asked', token: expect.stringMatching(/^[\w-]{43}$/) });
      if (answer.kind !== 'asked') throw new Error();
      const second = watched();
      const tried = await desk.signIn.codes.try(answer.token, '7KQ2-M9XW', caller);
      seen.push({ ran, tried, after: second.stop() });
    }
    expect(seen[0]?.ran.length).toBeGreaterThan(2);
    expect(seen[0]).toEqual(seen[1]);
  });
  it('that is none of ours gets no letter, is not kept, and lets nobody in by the code that was drawn for it', async () => {
    await asked('eve@elsewhere.example');
    expect(await desk.codes()).toEqual([]);
    const rows = JSON.stringify([
      await desk.query('select * from sign_in_attempts'),
      await desk.query('select * from sign_in_counts'),
      await desk.query('select * from audit'),
      await desk.query('select * from letters'),
    ]);
    expect(rows).not.toContain('elsewhere.example');
  });
});

describe('how often may be tried', () => {
  it('is counted for each account, one of ours or not, and for each address of the network', async () => {
    for (const email of [nia, 'eve@elsewhere.example']) {
      for (let n = 0; n < 6; n += 1) await asked(email, from(`198.51.100.${n}`));
      expect(await desk.signIn.codes.ask(email, from('198.51.100.77'))).toMatchObject({
        kind: 'too-many',
        minutes: 15,
      });
    }
    for (let n = 0; n < 30; n += 1) await asked(`eve${n}@elsewhere.example`, from('203.0.113.9'));
    expect(await desk.signIn.codes.ask('vic@desk.example', from('203.0.113.9'))).toMatchObject({ kind: 'too-many' });
    await asked('vic@desk.example', from('203.0.113.10'));
  });
  it('is on record once when it becomes too often, and is over after its time', async () => {
    for (let n = 0; n < 9; n += 1) await desk.signIn.codes.ask(nia, from(`198.51.100.${n}`));
    const failed = (await desk.audit()).filter(({ action }) => action === 'sign-in-failed');
    expect(failed).toMatchObject([{ subject_id: 'nobody of ours', detail: { why: 'too many codes were asked for' } }]);
    await desk.query("update sign_in_counts set ends_at = now() - interval '1 second'");
    await asked();
  });
  it('holds for codes that are typed', async () => {
    const token = await asked();
    for (let n = 0; n < 60; n += 1) await desk.signIn.codes.try('x'.repeat(43), '7KQ2-M9XW', caller);
    expect(await desk.signIn.codes.try(token, await newest(), caller)).toMatchObject({ kind: 'too-many' });
    expect(await desk.signIn.codes.try(token, await newest(), from('192.0.2.8'))).toMatchObject({ kind: 'in' });
  });
});
