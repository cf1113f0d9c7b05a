import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kept, type Resolve } from '../../../src/dns/resolver.ts';
import { checkBy, dnsError, gradeMail, namesOf } from './grading.ts';

const folder = new URL('../../fixtures/identity/', import.meta.url);
const read = (name: string) => readFileSync(new URL(`${name}.eml`, folder));
const names = JSON.parse(readFileSync(new URL('names.json', folder), 'utf8'));

describe('our own check of the sender', () => {
  it('asks for the key of an aligned signature and for nothing else', async () => {
    const asked: string[] = [];
    const check = checkBy(namesOf(names, asked));
    for (const name of [
      'plain-mail',
      'signature-of-another-domain',
      'signed-for-somebody-else',
      'arc-seal-only',
      'from-twice',
    ])
      await gradeMail(read(name), check);
    expect(asked).toEqual([]);
    await gradeMail(read('signature-twice-one-broken'), check);
    expect(asked).toEqual(['TXT s1._domainkey.aldous.example']);
    await gradeMail(read('signature-of-a-subdomain'), check);
    expect(asked).toContain('TXT _dmarc.aldous.example');
  });

  it('asks nobody where our mail server has judged, and where it is switched off', async () => {
    const asked: string[] = [];
    await gradeMail(read('signature-good-but-the-server-says-fail'), checkBy(namesOf(names, asked)));
    expect(asked).toEqual([]);
    expect((await gradeMail(read('signature-plain'), null)).grade).toBe('unverified');
  });

  it('asks for the policy alone where DMARC failed and the header does not say under what', async () => {
    const asked: string[] = [];
    const check = checkBy(namesOf(names, asked));
    for (const name of ['policy-none-by-gmail', 'policy-quarantine-by-rspamd', 'policy-override-by-exchange'])
      await gradeMail(read(name), check);
    expect(asked).toEqual([]);
    await gradeMail(read('policy-unsaid-and-none'), check);
    expect(asked[0]).toBe('TXT _dmarc.lax.example');
    expect(asked.every((one) => one.startsWith('TXT _dmarc.'))).toBe(true);
    // Nobody is to be asked: nobody has said that the domain wants anything.
    expect((await gradeMail(read('policy-unsaid-and-reject'), null)).grade).toBe('unverified');
  });

  it('asks for the policy in time, and fails nobody where it is too late', async () => {
    const never: Resolve = () => new Promise(() => {});
    const { grade, gradeReason } = await gradeMail(read('policy-unsaid-and-reject'), checkBy(never, 50));
    expect({ grade, gradeReason }).toEqual({
      grade: 'unverified',
      gradeReason: 'DMARC failed, and the name servers did not say what the domain asks for',
    });
  });

  it('asks for no policy where a broken signature has an honest explanation', async () => {
    const asked: string[] = [];
    const check = checkBy(namesOf(names, asked));
    for (const name of [
      'signed-then-subject-changed',
      'signed-then-footer-added',
      'signed-then-from-changed-in-a-list',
    ])
      await gradeMail(read(name), check);
    expect(asked.filter((one) => one.includes('_dmarc'))).toEqual([]);
  });

  it('waits for slow name servers no longer than it may, and fails nobody for them', async () => {
    const never: Resolve = () => new Promise(() => {});
    const from = performance.now();
    const { grade, gradeReason } = await gradeMail(read('signature-plain'), checkBy(never, 100));
    expect({ grade, gradeReason }).toEqual({
      grade: 'unverified',
      gradeReason: 'the sender could not be checked in time',
    });
    expect(performance.now() - from).toBeLessThan(1500);
  });

  it('says so when the name servers gave no answer', async () => {
    const { gradeReason } = await gradeMail(read('signature-with-a-broken-name-server'), checkBy(namesOf(names)));
    expect(gradeReason).toBe('the name servers gave no answer');
  });

  it('takes no longer for a large body than it may', async () => {
    const raw = Buffer.concat([read('signature-plain'), Buffer.alloc(30 * 2 ** 20, 'x \r\n')]);
    const check = checkBy(namesOf(names), 50);
    const from = performance.now();
    const to = [{ address: 'support@own.example', name: '' }];
    const { grade } = await check(
      raw,
      { from: { kind: 'one', address: 'ada@aldous.example', name: '' }, to, cc: [] },
      'signature',
    );
    expect(grade).toBe('unverified');
    expect(performance.now() - from).toBeLessThan(1500);
  });
});

describe('answers of name servers', () => {
  const counting = (answer: () => Promise<string[][]>) => {
    const seen = { asked: 0, at: 0 };
    const resolve = kept(
      () => {
        seen.asked += 1;
        return answer();
      },
      () => seen.at,
    );
    return { seen, ask: (name: string) => resolve(name, 'TXT').catch((error: { code: string }) => error.code) };
  };

  it('are kept for five minutes, those that there is none for one', async () => {
    const there = counting(async () => [['x']]);
    for (const at of [0, 1, 299_000]) {
      there.seen.at = at;
      await there.ask('a');
    }
    expect(there.seen.asked).toBe(1);
    there.seen.at = 300_001;
    await there.ask('A');
    expect(there.seen.asked).toBe(2);
    const absent = counting(() => Promise.reject(dnsError('ENOTFOUND')));
    for (const at of [0, 59_000, 61_000]) {
      absent.seen.at = at;
      expect(await absent.ask('a')).toBe('ENOTFOUND');
    }
    expect(absent.seen.asked).toBe(2);
  });

  it('are asked for once by mails that come together', async () => {
    const { seen, ask } = counting(async () => [['x']]);
    await Promise.all(Array.from({ length: 50 }, () => ask('a')));
    expect(seen.asked).toBe(1);
  });

  it('are bounded in number', async () => {
    const { seen, ask } = counting(async () => [['x']]);
    for (let i = 0; i < 2100; i += 1) await ask(`n${i}`);
    await ask('n2099');
    expect(seen.asked).toBe(2100);
    await ask('n0');
    expect(seen.asked).toBe(2101);
  });

  it('are not waited for by every mail while nobody answers', async () => {
    const { seen, ask } = counting(() => Promise.reject(dnsError('ETIMEOUT')));
    for (let i = 0; i < 20; i += 1) expect(await ask(`n${i}`)).toBe('ETIMEOUT');
    expect(seen.asked).toBe(4);
    seen.at = 30_001;
    await ask('again');
    expect(seen.asked).toBe(5);
  });
});
