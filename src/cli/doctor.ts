import type { Command } from 'commander';
import {
  isDemo,
  type MailboxSettings,
  readSettings,
  type Settings,
  setUpOf,
  unsetAddress,
} from '../config/settings.ts';
import { sendTestLetter } from '../flows/letters/test-letter.ts';
import { tryLetterServer } from '../flows/letters/try-letter-server.ts';
import { tryMailbox } from '../flows/mailboxes/watch-mailbox.ts';
import { readiness } from '../flows/upkeep/readiness.ts';
import { isFailure } from '../foundation/failure.ts';
import { normaliseAddress } from '../mail/address/address.ts';
import type { SmtpTry } from '../smtp/try-server.ts';
import { openForCommand } from './open.ts';
import { paint, print, printJson, terminalColumns, wrap } from './output/terminal.ts';

/** `note`: nothing is broken, and somebody should know. */
type Check = { what: string; ok: boolean; says: string; note?: true };
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
  const app = await openForCommand(settings);
  try {
    const tokens = app.tokensOf(mailbox.name);
    await tokens?.accessToken();
    return await tryMailbox({ ...mailbox, tokens });
  } finally {
    await app.close();
  }
}

/** With the tokens of a mailbox where `smtp: { mailbox }` lends them. */
async function tryLetters(settings: Settings, smtpUrl: string): Promise<SmtpTry> {
  const given = { ...settings, smtpUrl };
  const { smtpMailbox } = settings;
  if (smtpMailbox === null) return tryLetterServer(given);
  const app = await openForCommand(settings);
  try {
    const user = settings.mailboxes.find((mailbox) => mailbox.name === smtpMailbox)?.user ?? '';
    const tokens = app.tokensOf(smtpMailbox);
    return await tryLetterServer(given, tokens ? { user, tokens } : undefined);
  } finally {
    await app.close();
  }
}

/** The demo writes its ports down while it runs; without it only its data can be looked at. */
function demoChecks(settings: Settings): Check[] {
  const beside = 'for a desk of your own: cp .env.example .env';
  if (settings.smtpUrl === null)
    return [{ what: 'demo', ok: true, says: `its data in ${settings.dataFolder}; it is not running; ${beside}` }];
  const { host, port } = settings.httpListen;
  return [{ what: 'demo', ok: true, says: `it runs, http://${host}:${port}; ${beside}` }];
}

async function checkLettersOut(settings: Settings): Promise<Check[]> {
  const { smtpUrl } = settings;
  if (!smtpUrl)
    return [
      {
        what: 'outgoing mail',
        ok: false,
        says: 'SMTP_URL: is not set, so letters are written and wait. Name the server that takes them, such as smtps://user:password@mail.desk.example',
      },
    ];
  const { findings } = await tryLetters(settings, smtpUrl);
  return findings.map(({ grade, says }) => ({
    what: 'outgoing mail',
    ok: grade === 'good',
    says,
    ...(grade === 'note' ? { note: true } : {}),
  }));
}

/** The database, the queues, and what the rows tell. Of queues that do not answer it is enough to hear once. */
async function checkStore(settings: Settings): Promise<Check[]> {
  const checks: Check[] = [];
  checks.push(
    await check('database', async () => {
      const app = await openForCommand(settings);
      try {
        const queues = await app.queues.check();
        const kind = app.queues.kind === 'redis' ? 'Redis' : 'PostgreSQL';
        checks.push(
          ...(queues.length > 0 ? queues : [`on ${kind}, they answer`]).map((says) => ({
            what: 'queues',
            ok: queues.length === 0,
            says,
          })),
        );
        const state = await readiness({
          database: app.database,
          queues: queues.length === 0 ? app.queues : null,
          problems: [],
          setUp: setUpOf(settings),
        });
        for (const says of state.reasons) checks.push({ what: 'to look at', ok: false, says });
        for (const says of state.notes) checks.push({ what: 'to look at', ok: false, note: true, says });
        return settings.databaseUrl ? 'answers, up to date' : `embedded in ${settings.dataFolder}, up to date`;
      } finally {
        await app.close();
      }
    }),
  );
  return checks.sort((a, b) => order(a.what) - order(b.what));
}
const order = (what: string): number => ['database', 'queues', 'to look at'].indexOf(what);

async function checkAll(settings: Settings): Promise<Check[]> {
  const { demo } = settings;
  const checks: Check[] = demo
    ? demoChecks(settings)
    : settings.ours.includes(unsetAddress)
      ? []
      : [{ what: 'settings', ok: true, says: `support address ${settings.reading.addresses.support}` }];
  for (const mailbox of settings.mailboxes)
    checks.push(
      await check(`mailbox ${mailbox.name}`, () =>
        mailbox.oauth ? tryWithTokens(settings, mailbox) : tryMailbox(mailbox),
      ),
    );
  if (!demo || settings.smtpUrl !== null) checks.push(...(await checkLettersOut(settings)));
  checks.push(...(await checkStore(settings)));
  if (!demo && settings.mailboxes.length === 0 && !settings.lmtpListen && !settings.smtpListen) {
    checks.push({
      what: 'mail in',
      ok: false,
      says: 'there is no way in: set IMAP_URL, LMTP_LISTEN or SMTP_LISTEN, or name mailboxes in postern.yaml',
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
  const app = await openForCommand(settings);
  try {
    const server = new URL(settings.smtpUrl).hostname;
    const result = await sendTestLetter(app.outbound(), { to, server, at: new Date().toISOString() });
    if (!result.ok) throw new Error(result.says);
    return `letter ${result.letter} to ${to}: ${result.says}`;
  } finally {
    await app.close();
  }
}

async function doctor(options: { json?: boolean; letter?: string }): Promise<void> {
  const checks: Check[] = [];
  const demo = isDemo();
  try {
    if (!demo) readSettings('work');
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
  else for (const one of checks) printCheck(one);
  if (checks.some((one) => !one.ok && !one.note)) process.exitCode = 1;
}

function printCheck({ what, ok, note, says }: Check): void {
  const mark = ok ? paint('green', '✓') : note ? paint('yellow', '!') : paint('red', '✗');
  for (const [i, line] of wrap(says, terminalColumns() - 21).entries())
    print(i === 0 ? `${mark} ${what.padEnd(18)} ${line}` : `${' '.repeat(21)}${line}`);
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .option('--letter <address>', 'also send a test letter there, and say what the server answered')
    .option('--json', 'one line of JSON a check')
    .description('try IMAP, SMTP, database, queues, settings; say what is wrong and how to mend it')
    .action(doctor);
}
