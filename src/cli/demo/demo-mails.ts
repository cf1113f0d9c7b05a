/** Plays the mails of the demo through the SMTP gateway, one after the other, as their stories need each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadAll, perform } from '../../flows/acts/perform.ts';
import { openedLetter } from '../../flows/letters/opened-letter.ts';
import { silentLog } from '../../foundation/log.ts';
import { quotedPrivilegedPins } from '../../foundation/pin-form.ts';
import type { App } from '../../runtime/app.ts';
import { openSender } from '../../smtp/send.ts';
import {
  type LetterOutcome,
  lettersOf,
  type MailOutcome,
  newestMails,
  outcomesOfMails,
  storedLetter,
} from '../../store/reports/outcomes.ts';
import { paint, print } from '../output/terminal.ts';

type Played = { readonly name: string; readonly mail: MailOutcome; readonly letters: readonly LetterOutcome[] };

const waitMs = 20_000;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const mailDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** Hands a mail in and waits until it is decided and its letters are on their way. */
async function untilDecided(app: App, id: string): Promise<{ mail: MailOutcome; letters: LetterOutcome[] }> {
  const end = performance.now() + waitMs;
  for (;;) {
    const [mail] = await outcomesOfMails(app.database, [id]);
    const letters = await lettersOf(app.database, [id]);
    const quiet = mail && mail.state !== 'new' && letters.every((letter) => letter.state !== 'queued');
    if (quiet) return { mail, letters };
    if (performance.now() > end) throw new Error(`mail ${id} was not decided within ${waitMs / 1000} s`);
    await pause(40);
  }
}

/** A case of site 1000345 that was opened and closed some time ago: part of the data the mails play on. */
async function oldCase(
  app: App,
  title: string,
  openedDaysAgo: number,
  closedDaysAgo: number,
): Promise<{ number: string; letter: string }> {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const at = daysAgo(openedDaysAgo);
  const raw = `From: Ada Byron <ada@aldous.example>\r\nTo: support@desk.example\r\nSubject: PIN 345 ${title}\r\nDate: ${mailDate(at)}\r\nMessage-ID: <old-${openedDaysAgo}@aldous.example>\r\n\r\nThis has been solved.\r\n`;
  const [received] = await app.receive([
    {
      raw: Buffer.from(raw),
      arrivedAt: at,
      envelope: { mailFrom: 'ada@aldous.example', rcptTo: ['support@desk.example'] },
      origin: { kind: 'hand', name: 'demo' },
    },
  ]);
  const { mail, letters } = await untilDecided(app, received?.mail ?? '0');
  const number = mail.case ?? '';
  const now = daysAgo(closedDaysAgo).toISOString();
  const done = await perform(app, {
    act: 'close-case',
    input: { case: number },
    by: { kind: 'command', staff: null },
    load: async (needs) => ({ ...(await loadAll(app, needs)), now }),
  });
  if (done.kind !== 'done') throw new Error(`case ${number} was not closed`);
  return { number, letter: letters.find((letter) => letter.template === 'acknowledgement')?.messageId ?? '' };
}

/** The privileged PIN that a letter tells, for the mail that uses it. */
async function pinIn(app: App, letter: string): Promise<string | null> {
  const stored = await storedLetter(app.database, letter);
  if (!stored?.raw || !stored.sealed) return null;
  const raw = openedLetter(app.vault, { id: letter, raw: stored.raw, sealed: true });
  return quotedPrivilegedPins(raw.toString('latin1'))[0] ?? null;
}

/** What mails 01, 03, … have become, for those that answer them. */
function filler(values: ReadonlyMap<string, string>): (text: string) => string {
  return (text) =>
    text.replace(/\{\{([a-z-]+(?::[0-9]+)?)\}\}/g, (whole, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`a mail of the demo asks for ${whole}, which is not known`);
      return value;
    });
}

export async function playMails(app: App, given: { folder: string; smtpPort: number }): Promise<Played[]> {
  const values = new Map<string, string>();
  const closed = await oldCase(app, 'Licence server does not start', 9, 5);
  values.set('closed-case', closed.number).set('closed-reply-to', closed.letter);
  const old = await oldCase(app, 'Backup fails on Sundays', 47, 40);
  values.set('old-case', old.number).set('old-reply-to', old.letter);

  const gateway = openSender({ url: `smtp://127.0.0.1:${given.smtpPort}?ignoreTLS=true`, log: silentLog });
  const played: Played[] = [];
  try {
    for (const file of readdirSync(given.folder)
      .filter((name) => name.endsWith('.eml'))
      .sort()) {
      const text = filler(values.set('date', mailDate(new Date())))(readFileSync(join(given.folder, file), 'utf8'));
      const from =
        /^Return-Path: <(.*)>/im.exec(text)?.[1] ?? /^From: .*?<?([^\s<>]+@[^\s<>]+?)>?\s*$/im.exec(text)?.[1] ?? '';
      const before = (await newestMails(app.database, 1))[0]?.id ?? '0';
      const outcome = await gateway.send({
        envelopeFrom: from,
        to: 'support@desk.example',
        raw: Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')),
      });
      if (outcome.kind !== 'sent') throw new Error(`${file} was not taken: ${outcome.response}`);
      const id = (await newestMails(app.database, 1))[0]?.id ?? '0';
      if (id === before) throw new Error(`${file} was taken, but is not there`);
      const { mail, letters } = await untilDecided(app, id);
      const key = file.slice(0, 2);
      if (mail.case) values.set(`case:${key}`, mail.case);
      const answer = letters.find((letter) => letter.template !== 'staff-notice');
      if (answer) values.set(`reply-to:${key}`, answer.messageId).set(`return-path:${key}`, answer.messageId);
      const told = letters.find((letter) => letter.template === 'privileged-pin');
      const pin = told ? await pinIn(app, told.id) : null;
      if (pin) values.set(`pin:${key}`, pin);
      played.push({ name: basename(file, '.eml'), mail, letters });
    }
  } finally {
    await gateway.close();
  }
  return played;
}

/** The newest mails of a start that kept its data. */
export async function playedBefore(app: App): Promise<Played[]> {
  const mails = (await newestMails(app.database, 25)).toReversed();
  const letters = await lettersOf(
    app.database,
    mails.map((mail) => mail.id),
  );
  return mails.map((mail) => ({
    name: mail.subject || `mail ${mail.id}`,
    mail,
    letters: letters.filter((letter) => letter.causedBy === mail.id),
  }));
}

const colours = { opened: 'green', held: 'yellow', quiet: 'dim' } as const;
const kindOf = (outcome: string): keyof typeof colours =>
  /^(?:case-|answer-)/.test(outcome) ? 'opened' : /^(?:held-|support-)/.test(outcome) ? 'held' : 'quiet';

export function showPlayed(played: readonly Played[]): void {
  const columns = process.stdout.columns || 120;
  const most = Math.min(46, Math.max(...played.map((one) => one.name.length), 4));
  for (const { name, mail, letters } of played) {
    const outcome = mail.outcome ?? mail.state;
    const on = mail.case ? ` → case ${mail.case}` : '';
    print(`${paint('bold', name.slice(0, most).padEnd(most))}  ${paint(colours[kindOf(outcome)], outcome)}${on}`);
    for (const line of wrap(mail.reason ?? '', columns - most - 2)) print(`${' '.repeat(most)}  ${line}`);
    for (const letter of letters)
      print(
        `${' '.repeat(most)}  ${paint('dim', `✉ ${letter.template} to ${letter.to}${letter.state === 'sent' ? '' : ` (${letter.state})`}`)}`,
      );
  }
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && last.length + 1 + word.length > Math.max(30, width)) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
