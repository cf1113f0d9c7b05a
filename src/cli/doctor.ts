import type { Command } from 'commander';
import { type MailboxSettings, readSettings, type Settings } from '../config/settings.ts';
import { readiness } from '../flows/readiness.ts';
import { sendTestLetter } from '../flows/test-letter.ts';
import { tryMailbox } from '../flows/watch-mailbox.ts';
import { isFailure } from '../foundation/failure.ts';
import { silentLog } from '../foundation/log.ts';
import { normaliseAddress } from '../mail/address.ts';
import { openSender } from '../smtp/send.ts';
import { openForCommand } from './open.ts';
import { paint, print, printJson } from './terminal.ts';

type Check = { what: string; ok: boolean; says: string };
const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function check(what: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { what, ok: true, says: await work() };
  } catch (error) {
    return { what, ok: false, says: message(error) };
  }
}

/** Tokens lie in the database; what is wrong with them is said before the mailbox is tried. */
async function tryWithTokens(settings: Settings, mailbox: MailboxSettings): Promise<string> {
  const house = await openForCommand(settings);
  try {
    const tokens = house.tokensOf(mailbox.name);
    await tokens?.accessToken();
    return await tryMailbox({ ...mailbox, tokens });
  } finally {
    await house.close();
  }
}

async function tryLettersWithTokens(settings: Settings): Promise<string> {
  const house = await openForCommand(settings);
  try {
    await house.sender().verify();
    return `the server greets and lets us in with the tokens of mailbox ${settings.smtpMailbox}`;
  } finally {
    await house.close();
  }
}

async function checkAll(settings: Settings): Promise<Check[]> {
  const checks: Check[] = [
    { what: 'settings', ok: true, says: `support address ${settings.reading.addresses.support}` },
  ];
  for (const mailbox of settings.mailboxes)
    checks.push(
      await check(`mailbox ${mailbox.name}`, () =>
        mailbox.oauth ? tryWithTokens(settings, mailbox) : tryMailbox(mailbox),
      ),
    );
  const { smtpUrl } = settings;
  if (!smtpUrl)
    checks.push({
      what: 'outgoing mail',
      ok: false,
      says: 'SMTP_URL is not set: letters are written and wait; name the server that takes them, such as smtps://user:password@mail.desk.example',
    });
  if (smtpUrl) {
    checks.push(
      await check('outgoing mail', async () => {
        if (settings.smtpMailbox !== null) return tryLettersWithTokens(settings);
        const sender = openSender({ url: smtpUrl, log: silentLog });
        await sender.verify().finally(() => sender.close());
        return 'the server greets and lets us in';
      }),
    );
  }
  checks.push(
    await check('database', async () => {
      const house = await openForCommand(settings);
      try {
        const queues = await house.queues.check();
        checks.push({
          what: 'queues',
          ok: queues.length === 0,
          says: queues.join('; ') || `on ${house.queues.kind === 'redis' ? 'Redis' : 'PostgreSQL'}, they answer`,
        });
        const state = await readiness({ database: house.database, queues: house.queues, problems: [] });
        for (const note of [...state.reasons, ...state.notes])
          checks.push({ what: 'to look at', ok: false, says: note });
        return settings.databaseUrl ? 'answers, up to date' : `embedded in ${settings.dataFolder}, up to date`;
      } finally {
        await house.close();
      }
    }),
  );
  if (settings.mailboxes.length === 0 && !settings.lmtpListen && !settings.smtpListen) {
    checks.push({
      what: 'mail in',
      ok: false,
      says: 'no way in: set IMAP_URL, LMTP_LISTEN or SMTP_LISTEN, or name mailboxes in postern.yaml',
    });
  }
  return checks;
}

/** A real letter, which a person can look for; the settings have to be whole for it. */
async function tryLetter(address: string): Promise<string> {
  const settings = readSettings('work');
  const to = normaliseAddress(address);
  if (to === null) throw new Error(`"${address}" is not an e-mail address`);
  if (!settings.smtpUrl) throw new Error('SMTP_URL is not set: there is no server to hand it to');
  const house = await openForCommand(settings);
  try {
    const server = new URL(settings.smtpUrl).hostname;
    const result = await sendTestLetter(house.outbound(), { to, server, at: new Date().toISOString() });
    if (!result.ok) throw new Error(result.says);
    return `letter ${result.letter} to ${to}: ${result.says}`;
  } finally {
    await house.close();
  }
}

async function doctor(options: { json?: boolean; letter?: string }): Promise<void> {
  const checks: Check[] = [];
  try {
    readSettings('work');
  } catch (error) {
    if (!isFailure(error, 'settings-unusable')) throw error;
    checks.push(...error.message.split('\n').map((says) => ({ what: 'settings', ok: false, says })));
  }
  // What can be tried is tried, also where something else is missing.
  try {
    checks.push(...(await checkAll(readSettings('command'))));
  } catch (error) {
    if (!isFailure(error, 'settings-unusable')) throw error;
  }
  const { letter } = options;
  if (letter !== undefined) checks.push(await check('test letter', () => tryLetter(letter)));
  if (options.json) for (const one of checks) printJson(one);
  else
    for (const one of checks)
      print(`${one.ok ? paint('green', '✓') : paint('red', '✗')} ${one.what.padEnd(18)} ${one.says}`);
  if (checks.some((one) => !one.ok)) process.exitCode = 1;
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .option('--letter <address>', 'also send a test letter there, and say what the server answered')
    .option('--json', 'one line of JSON a check')
    .description('try IMAP, SMTP, database, queues, settings; say what is wrong and how to mend it')
    .action(doctor);
}
