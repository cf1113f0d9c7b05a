import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomeNames as outcomes } from '../../../src/changes/outcome.ts';
import type { MailFacts } from '../../../src/mail/parsed-mail.ts';
import { readMail } from '../../../src/mail/read.ts';
import { messageIdFor } from '../../../src/mail/subject/thread-token.ts';
import { readingWith } from '../../support/mails/reading.ts';

const folder = resolve(import.meta.dirname, '../../../demo/mails');
const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
const key = 'a key of thirty-two bytes or more for this test';
const idOf = (letter: string, number: string | null) => messageIdFor(letter, number, 'desk.example', key);

/** As `src/cli/demo/demo-mails.ts` fills them in, with numbers of our own. */
const filled = (text: string): string =>
  text
    .replaceAll('{{date}}', 'Sat, 21 Nov 2026 10:00:00 +0000')
    .replace(/\{\{case:(\d\d)\}\}/g, '1000$1')
    .replace(/\{\{reply-to:(\d\d)\}\}/g, (_, mail: string) =>
      idOf(`7${mail}`, ['03', '22'].includes(mail) ? null : `1000${mail}`),
    )
    .replaceAll('{{asked-to-verify}}', idOf('734', null))
    .replaceAll('{{pin:28}}', 'p7KQ2M9XWY')
    .replaceAll('{{closed-case}}', '100091')
    .replaceAll('{{closed-reply-to}}', idOf('91', '100091'))
    .replaceAll('{{old-case}}', '100092')
    .replaceAll('{{old-reply-to}}', idOf('92', '100092'))
    .replace(/\r?\n/g, '\r\n');

async function read(number: string): Promise<MailFacts> {
  const file = files.find((name) => name.startsWith(number)) ?? '';
  return readMail(
    Buffer.from(filled(readFileSync(resolve(folder, file), 'utf8'))),
    { mailFrom: number === '19' ? '' : 'sender@somewhere.example', rcptTo: ['support@desk.example'] },
    readingWith({ authservId: 'mx.desk.example', keys: [key] }),
  );
}

describe('the mails of the demo', () => {
  const table = readFileSync(resolve(folder, 'README.md'), 'utf8');
  const rows = table.split('\n').flatMap((line) => {
    const found = /^\| `(\d\d)` \|.*\| `([a-z-]+)`/.exec(line);
    return found ? [{ number: found[1] ?? '', outcome: found[2] ?? '' }] : [];
  });

  it('stand in the table, one row each', () => {
    expect(rows.map((row) => row.number)).toEqual(files.map((name) => name.slice(0, 2)).sort());
  });

  it('show every outcome there is', () => {
    // The demo has customers alone: no engineer answers there.
    const here = outcomes.filter((name) => name !== 'staff-answered' && name !== 'held-staff-answer');
    expect([...new Set(rows.map((row) => row.outcome))].sort()).toEqual(here.toSorted());
  });

  it('ask for nothing that is not filled in', () => {
    for (const file of files) expect(filled(readFileSync(resolve(folder, file), 'utf8')), file).not.toContain('{{');
  });

  it('begin with the subject everybody knows', async () => {
    const first = await read('01');
    expect(first).toMatchObject({ subject: 'PIN 345 Workflow Stopped Unexpectedly', pins: ['345'], grade: 'verified' });
    const again = await read('02');
    expect([again.messageId, again.contentHash]).toEqual([first.messageId, first.contentHash]);
  });

  it('are read as their stories need it', async () => {
    expect(await read('03')).toMatchObject({ pins: [], attachments: [{ name: 'export.log' }] });
    expect((await read('04')).threads[0]).toMatchObject({ letter: '703', signed: true });
    expect((await read('05')).threads[0]).toMatchObject({ case: '100001', signed: true });
    expect(await read('06')).toMatchObject({ class: 'machine', machine: 'auto-submitted' });
    expect((await read('07')).threads[0]).toMatchObject({ case: '100001', signed: false });
    expect((await read('08')).report.severity).toBe('1');
    expect(await read('09')).toMatchObject({ title: 'Prüfbericht öffnet sich nicht', report: { severity: '2' } });
    expect((await read('11')).report.severity).toBe('2');
    expect(await read('15')).toMatchObject({ from: { kind: 'several' }, grade: 'failed' });
    expect(await read('16')).toMatchObject({ class: 'unreadable', unreadable: 'too-deep' });
    expect((await read('17')).threads[0]).toMatchObject({ case: '100091' });
    expect((await read('18')).threads[0]).toMatchObject({ case: '100092' });
    expect(await read('19')).toMatchObject({ class: 'bounce', bounce: { originalMessageId: idOf('710', '100010') } });
    expect(await read('20')).toMatchObject({ pins: [], licenceNumbers: ['S-1001'] });
    expect(await read('28')).toMatchObject({
      newText: expect.stringMatching(/^PIN PRIVILEGIERT\n/),
      grade: 'verified',
    });
    expect(await read('29')).toMatchObject({ pins: ['p7KQ2M9XWY'], grade: 'verified', quotesPrivilegedPin: true });
    expect((await read('36')).threads[0]).toMatchObject({ letter: '734', signed: true });
    expect(await read('30')).toMatchObject({ pins: ['p7KQ2M9XWY'], threads: [] });
    expect(await read('21')).toMatchObject({ from: { kind: 'one' }, grade: 'failed' });
  });
});
