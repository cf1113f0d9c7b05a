/** POLICY §7, §10.6 end to end: an announcement goes out by SMTP, is ended by its answer, by a click and by mail, and comes again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { openPreferences } from '../../../src/flows/contacts/preferences-page.ts';
import { key, mail, registrySql, startApp } from '../../support/app.ts';
import { decoded } from '../../support/mails/gateway.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
const ada = 'ada@aldous.example';
const max = 'max@aldous.example';

beforeAll(async () => {
  postern = await startApp({ PUBLIC_URL: 'https://desk.example' });
  await postern.query(registrySql);
});
afterAll(() => postern.stop());

const by = { kind: 'command', staff: null } as const;
const act = async (name: string, input: object) => {
  const done = await perform(postern.app, { act: name, input, by });
  if (done.kind === 'refused') throw new Error(done.says);
};
const header = (raw: Buffer, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
const lettersTo = (to: string) => postern.sink.letters.filter(({ rcptTo }) => rcptTo.includes(to));
const last = (to: string) => lettersTo(to).at(-1)?.raw ?? Buffer.alloc(0);

/** Goes out whole; answers with whom it went to. */
async function announce(name: string, kind = 'releases'): Promise<string[]> {
  const from = postern.sink.letters.length;
  await act('write-announcement', {
    text: `---\nname: ${name}\nkind: ${kind}\nsubject: ${name} is out\n---\nIt is **out**.\n`,
  });
  await act('start-announcement', { id: name });
  await postern.until(`${name} is finished`, async () => {
    await postern.runClock();
    const [row] = await postern.query<{ state: string; left: number }>(
      `select a.state, (select count(*)::int from letters where state = 'queued') as left from announcements a where name = $1`,
      [name],
    );
    return row?.state === 'finished' && row.left === 0;
  });
  return postern.sink.letters
    .slice(from)
    .filter(({ raw }) => header(raw, 'Subject') === `${name} is out`)
    .flatMap(({ rcptTo }) => rcptTo)
    .toSorted();
}
async function write(from: string, subject: string, body: string, answers?: Buffer) {
  const id = `<ends-${Math.random()}@aldous.example>`;
  const headers = answers ? `In-Reply-To: ${header(answers, 'Message-ID')}` : undefined;
  await postern.handIn(mail({ from, subject, body, id, ...(headers && { headers }) }), from);
  const decided = () =>
    postern.query<{ outcome: string }>(`select outcome from mails where message_id = $1 and state = 'decided'`, [id]);
  await postern.until(`the decision on ${body}`, async () => (await decided()).length === 1);
  return (await decided())[0]?.outcome;
}

it('goes to those who want it, and says how it is ended', async () => {
  expect(await announce('vault-12')).toEqual([ada, max]);
  const raw = last(max);
  expect(decoded(raw)).toContain('UNSUBSCRIBE');
  expect(header(raw, 'List-Id')).toBe('<releases.desk.example>');
  expect(header(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(header(raw, 'List-Unsubscribe')).toMatch(
    /^<https:\/\/desk\.example\/preferences\/[0-9a-z]+\.releases\.[0-9a-f]{32}>, <mailto:support@desk\.example\?subject=UNSUBSCRIBE%20releases>$/,
  );
});

it('§3.r5 is ended by its answer, without a PIN, and no other kind is', async () => {
  expect(await write(max, 'Re: vault-12 is out', 'unsubscribe\n\nMax', last(max))).toBe('answer-settled');
  await postern.until('the answer', async () => decoded(last(max)).includes('you get these letters from us no more'));
  expect(await announce('vault-13')).toEqual([ada]);
  expect(await announce('news-1', 'announcements')).toEqual([ada, max]);
});

it('§7 comes again by SUBSCRIBE, and is ended by the mail that a mail program writes', async () => {
  expect(await write(max, 'SUBSCRIBE releases', '')).toBe('command-done');
  expect(await announce('vault-14')).toEqual([ada, max]);
  expect(await write(max, 'UNSUBSCRIBE releases', '')).toBe('command-done');
  expect(await announce('vault-15')).toEqual([ada]);
});

it('RFC 8058 is ended by one click, by the link of its header', async () => {
  const token = /preferences\/([^>]+)>/.exec(header(last(ada), 'List-Unsubscribe'))?.[1] ?? '';
  await openPreferences({ ...postern.app, keys: [key] }).set(token, { kinds: 'of the letter', wanted: false });
  await expect(announce('vault-16')).rejects.toThrow('nobody');
  expect(await announce('news-2', 'announcements')).toEqual([ada, max]);
});

it('§10.6 another address of a contact leaves the letters where they went, and says so; from there they are ended', async () => {
  await act('change-contact', { site: '1000345', address: max, newAddress: 'max@new.example' });
  await postern.until('the letter about it', async () => lettersTo('max@new.example').length > 0);
  expect(decoded(last('max@new.example'))).toContain(`announcements (${max})`);
  expect(await announce('news-3', 'announcements')).toEqual([ada, max]);
  expect(await write(max, 'Mail', 'UNSUBSCRIBE announcements')).toBe('command-done');
  expect(await announce('news-4', 'announcements')).toEqual([ada]);
  expect(await write('max@new.example', 'Mail', 'SUBSCRIBE announcements')).toBe('command-done');
  expect(await announce('news-5', 'announcements')).toEqual([ada, 'max@new.example']);
});
