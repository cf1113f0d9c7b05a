import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/foundation/failure.ts';
import { remembered } from '../../../../src/web/console/sign-in/remembered.ts';

const looks = { seen: true, fresh: false };
const changes = { seen: true, fresh: true };
const away = () => Promise.reject(new Failure('database-away', 'gone'));

describe('a session while the database is away', () => {
  it('is shown pages where it was known within the minute before, however long that lasts', async () => {
    let now = 0;
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer(), { clock: () => now });
    expect(await find('token', looks)).toBe('kim');
    now = 50_000;
    answer = away;
    expect(await find('token', looks)).toBe('kim');
    now = 3_600_000;
    expect(await find('token', looks)).toBe('kim');
  });

  it('is nobody where it was not known, or too long ago', async () => {
    let now = 0;
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer(), { clock: () => now });
    await find('token', looks);
    now = 70_000;
    answer = away;
    await expect(find('token', looks)).rejects.toMatchObject({ code: 'database-away' });
    await expect(find('another', looks)).rejects.toMatchObject({ code: 'database-away' });
  });

  it('is over as soon as the database says so', async () => {
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer());
    await find('token', looks);
    answer = async () => null;
    expect(await find('token', looks)).toBeNull();
    answer = away;
    await expect(find('token', looks)).rejects.toMatchObject({ code: 'database-away' });
  });

  it('does not wait for a database that swallows the question', async () => {
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer(), { patienceMs: 20 });
    await find('token', looks);
    answer = () => new Promise(() => {});
    expect(await find('token', looks)).toBe('kim');
  });

  it('changes nothing by what is remembered, and waits for the database to say who that is', async () => {
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer(), { patienceMs: 5 });
    await find('token', looks);
    answer = away;
    await expect(find('token', changes)).rejects.toMatchObject({ code: 'database-away' });
    const late = Promise.withResolvers<string | null>();
    answer = () => late.promise;
    setTimeout(() => late.resolve(null), 30);
    expect(await find('token', changes)).toBeNull();
    answer = away;
    await expect(find('token', looks)).rejects.toMatchObject({ code: 'database-away' });
  });

  it('fails with what is no absence', async () => {
    let answer: () => Promise<string | null> = async () => 'kim';
    const find = remembered(() => answer());
    await find('token', looks);
    answer = () => Promise.reject(new Error('a surprise'));
    await expect(find('token', looks)).rejects.toThrow('a surprise');
  });
});
