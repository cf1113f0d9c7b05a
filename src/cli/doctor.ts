import type { Command } from 'commander';
import { readSettings, type Settings } from '../config/settings.ts';
import { readiness } from '../flows/readiness.ts';
import { tryMailbox } from '../flows/watch-mailbox.ts';
import { isFailure } from '../foundation/failure.ts';
import { silentLog } from '../foundation/log.ts';
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

async function checkAll(settings: Settings): Promise<Check[]> {
  const checks: Check[] = [
    { what: 'settings', ok: true, says: `support address ${settings.reading.addresses.support}` },
  ];
  for (const mailbox of settings.mailboxes)
    checks.push(await check(`mailbox ${mailbox.name}`, () => tryMailbox(mailbox)));
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

async function doctor(options: { json?: boolean }): Promise<void> {
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
  if (options.json) for (const one of checks) printJson(one);
  else
    for (const one of checks)
      print(`${one.ok ? paint('green', '✓') : paint('red', '✗')} ${one.what.padEnd(18)} ${one.says}`);
  if (checks.some((one) => !one.ok)) process.exitCode = 1;
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .option('--json', 'one line of JSON a check')
    .description('try IMAP, SMTP, database, queues, settings; say what is wrong and how to mend it')
    .action(doctor);
}
