/** `postern mailbox …`: signing in to mailboxes with OAuth 2, and how their tokens stand. */
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import type { MailboxSettings } from '../config/settings.ts';
import { type ConnectDeps, connectMailbox } from '../flows/mailboxes/connect-mailbox.ts';
import { withOAuth } from '../flows/mailboxes/keep-tokens.ts';
import { signInProblem } from '../flows/mailboxes/mailbox-tokens.ts';
import { Failure } from '../foundation/failure.ts';
import type { SignInMethod } from '../imap/oauth.ts';
import { listSignIns } from '../store/mailboxes/mailbox-sign-ins.ts';
import { withApp } from './open.ts';
import { paint, print, printJson, table } from './output/terminal.ts';

const inWords: Readonly<Record<SignInMethod, string>> = {
  device: 'a code entered in any browser',
  browser: 'a sign-in in the browser',
  'client-credentials': 'client id and secret',
  'service-account': 'the key of a service account',
};

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

const show = (mailbox: MailboxSettings): ConnectDeps['show'] => ({
  code(device) {
    print(`\n  Open   ${paint('bold', device.url)}`);
    print(`  Enter  ${paint('bold', device.userCode)}\n`);
    print(`Sign in as ${mailbox.user} within ${minutes(device.seconds)}. Ctrl-C ends this and changes nothing.`);
  },
  browser({ url, redirect }) {
    const { port } = new URL(redirect);
    print(`\nOpen this address in a browser, and sign in as ${mailbox.user}:\n\n  ${url}\n`);
    print(`The browser comes back to ${redirect} on this machine.`);
    print(
      `Is the browser on another one? Then it ends at an address that begins with ${redirect} and shows an error: paste that address here.`,
    );
    print(
      `Or come in with: ssh -L ${port}:127.0.0.1:${port} …, and --port ${port}. Ctrl-C ends this and changes nothing.`,
    );
  },
});

async function connect(name: string, options: { port?: number }): Promise<void> {
  await withApp(async ({ settings, database, vault }) => {
    const mailbox = settings.mailboxes.find((one) => one.name === name);
    if (!mailbox) {
      const known = settings.mailboxes.map((one) => one.name).join(', ') || 'none';
      throw new Failure('not-found', `there is no mailbox "${name}" in the settings; there are: ${known}`);
    }
    const { oauth } = mailbox;
    if (oauth === null)
      throw new Failure(
        'bad-input',
        `mailbox ${name} signs in with a password; \`oauth\` in postern.yaml would change that`,
      );
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const lines = oauth.grant === 'browser' ? createInterface({ input: process.stdin, terminal: false }) : null;
    try {
      print(`Mailbox ${name} (${mailbox.user}), by ${inWords[oauth.grant]}.`);
      const says = await connectMailbox(
        {
          database,
          vault,
          actor: 'command',
          show: show(mailbox),
          signal: stop.signal,
          ...(lines ? { pasted: lines } : {}),
          ...(options.port === undefined ? {} : { port: options.port }),
        },
        { ...mailbox, oauth },
      );
      print(`${paint('green', '✓')} ${says}. A running Postern goes on with it within a minute or two.`);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      process.stderr.write('\nEnded; nothing was changed.\n');
      process.exitCode = 1;
    } finally {
      lines?.close();
      process.stdin.destroy();
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  });
}

async function status(options: { json?: boolean }): Promise<void> {
  await withApp(async ({ settings, database }) => {
    const grants = await listSignIns(database);
    const boxes = withOAuth(settings.mailboxes).map((mailbox) => {
      const row = grants.find((one) => one.mailbox === mailbox.name) ?? null;
      return {
        mailbox: mailbox.name,
        user: mailbox.oauth.user,
        grant: mailbox.oauth.grant,
        connectedAt: row?.connectedAt.toISOString() ?? null,
        tokenSeconds: row?.accessSeconds == null ? null : Math.round(row.accessSeconds),
        problem: signInProblem(mailbox, row),
      };
    });
    if (boxes.some((one) => one.problem !== null)) process.exitCode = 1;
    if (options.json) for (const one of boxes) printJson(one);
    else if (boxes.length === 0) print('No mailbox signs in with OAuth 2.');
    else
      print(
        table(
          ['mailbox', 'signs in as', 'by', 'token good for', ''],
          boxes.map((one) => [
            one.mailbox,
            one.user,
            one.grant,
            one.tokenSeconds === null || one.tokenSeconds <= 0 ? '-' : minutes(one.tokenSeconds),
            one.problem === null ? paint('green', 'good') : paint('red', one.problem),
          ]),
        ),
      );
  });
}

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new Failure('bad-input', `"${text}" is no port`);
  return number;
};

export function mailboxCommands(program: Command): void {
  const mailbox = program.command('mailbox').description('mailboxes that sign in with OAuth 2');
  mailbox
    .command('connect')
    .argument('<name>', 'of a mailbox in postern.yaml')
    .option('--port <port>', 'where the browser comes back to on this machine; any that is free', port)
    .description('sign in to a mailbox; what was granted before is replaced only when the mailbox has let us in')
    .action(connect);
  mailbox
    .command('status')
    .option('--json', 'one line of JSON a mailbox')
    .description('how their tokens stand, and what to do about it')
    .action(status);
}
