/**
 * The main job on this machine, nothing else installed or configured (INTERFACE.md "Two commands"): every worker, mail in by
 * SMTP and LMTP, every letter caught in a sandbox, and the mails of `demo/mails/` handed in.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import { startAll } from '../../../workers/all.ts';
import { demoSurroundings, readSettings, type Settings } from '../../config/settings.ts';
import { importRegistryFiles } from '../../flows/registry/registry-files.ts';
import { fillDates } from '../../registry/registry-file.ts';
import { type App, openApp } from '../../runtime/app.ts';
import { tellHere } from '../../runtime/here.ts';
import { openLog } from '../../runtime/log.ts';
import { runUntilStopped } from '../../runtime/run.ts';
import { mailCount } from '../../store/reports/outcomes.ts';
import { createMeter } from '../../web/metrics.ts';
import { say } from '../open.ts';
import { paint, print } from '../output/terminal.ts';
import { playedBefore, playMails, showPlayed } from './demo-mails.ts';
import { type HeldPort, holdPortFrom } from './ports.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');

/**
 * Made once and kept, so that threads and the token of the first start are good in the second. Commands beside the demo read
 * them, too (`config/settings.ts`).
 */
function ownSecrets(dataFolder: string): Record<string, string> {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'demo.env');
  if (!existsSync(file)) {
    writeFileSync(
      file,
      `SECRET_KEY=${randomBytes(32).toString('hex')}\nAPI_TOKEN=${randomBytes(16).toString('hex')}\nAUTHSERV_ID=mx.desk.example\nPOSTERN_CONFIG=${join(home, 'demo', 'postern.yaml')}\n`,
      { mode: 0o600 },
    );
  }
  chmodSync(file, 0o600);
  return parseEnv(readFileSync(file, 'utf8')) as Record<string, string>;
}

type Told = {
  readonly settings: Settings;
  readonly moved: readonly string[];
  readonly release: () => Promise<unknown>;
};

/** `release`: the ports are held until the demo listens on them itself. */
async function demoSettings(sandboxPort: number): Promise<Told> {
  const outer = demoSurroundings();
  const wanted = { LMTP_LISTEN: 2424, SMTP_LISTEN: 2525, HTTP_LISTEN: 8080 };
  const moved: string[] = [];
  const listen: Record<string, string> = {};
  const all: HeldPort[] = [];
  for (const [name, port] of Object.entries(wanted)) {
    const held = await holdPortFrom(port);
    const got = held.port;
    all.push(held);
    if (got !== port) moved.push(`port ${port} is taken, ${got} is used instead`);
    listen[name] = `127.0.0.1:${got}`;
  }
  const settings = readSettings('start', {
    isDemo: true,
    // Its own folder: a .env or postern.yaml of a real desk has no part in it.
    folder: join(home, 'demo'),
    env: {
      ...ownSecrets(outer.dataFolder),
      ...listen,
      POSTERN_DATA: outer.dataFolder,
      SMTP_URL: `smtp://127.0.0.1:${sandboxPort}?ignoreTLS=true`,
      // The demo asks nobody outside this machine.
      DNS_SERVERS: 'off',
      LOG_LEVEL: outer.logLevel,
    },
  });
  return { settings, moved, release: () => Promise.all(all.map(({ release }) => release())) };
}

/** While the demo runs, commands beside it find its ports here. */
function showWhereItRuns(settings: Settings, ports: { smtp: number | null; lmtp: number | null }): () => void {
  const file = join(settings.dataFolder, 'demo-now.env');
  const { host, port } = settings.httpListen;
  const lines = [
    `SMTP_URL=${settings.smtpUrl}`,
    `SMTP_LISTEN=127.0.0.1:${ports.smtp}`,
    `LMTP_LISTEN=127.0.0.1:${ports.lmtp}`,
    `HTTP_LISTEN=${host}:${port}`,
    'DNS_SERVERS=off',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

async function loadRegistry(app: App): Promise<void> {
  const file = join(home, 'demo', 'registry.yaml');
  const text = fillDates(readFileSync(file, 'utf8'), new Date().toISOString().slice(0, 10));
  const result = await importRegistryFiles(app, [{ name: 'demo/registry.yaml', text }], {
    prune: false,
    dryRun: false,
    by: { kind: 'command', staff: null },
  });
  if (result.kind === 'faults')
    throw new Error(`demo/registry.yaml: ${result.faults.map((fault) => `${fault.line}: ${fault.says}`).join('; ')}`);
}

function addresses(settings: Settings, smtpPort: number | null, lmtpPort: number | null): void {
  const { host, port } = settings.httpListen;
  const web = `http://${host}:${port}`;
  const line = (what: string, where: string) => print(`  ${what.padEnd(22)} ${paint('cyan', where)}`);
  print('');
  print(paint('bold', 'Open'));
  line('console', `${web}/   (signs you in by itself, on this machine only)`);
  line('letters caught', `${web}/sandbox`);
  line('API', `${web}/api/v1/cases   (Authorization: Bearer …)`);
  line('API described', `${web}/api/openapi.json`);
  line('health, metrics', `${web}/readyz   ${web}/metrics`);
  line('token', settings.apiToken ?? '');
  line('mail in', `smtp://127.0.0.1:${smtpPort}   lmtp://127.0.0.1:${lmtpPort}`);
  print('');
  print(paint('bold', 'Send one more'));
  print(
    `  printf 'From: Ada Byron <ada@aldous.example>\\nTo: support@desk.example\\nSubject: PIN 345 My first mail\\n\\nIt stops.\\n' |`,
  );
  print(
    `    curl -s --crlf smtp://127.0.0.1:${smtpPort} --mail-from ada@aldous.example --mail-rcpt support@desk.example -T -`,
  );
  print('');
}

async function demo(): Promise<void> {
  const started = performance.now();
  const log = openLog(demoSurroundings().logLevel, 'demo', process.stderr.isTTY ? 'words' : 'json');
  process.exitCode = await runUntilStopped(log, async (gone) => {
    const closers: (() => Promise<unknown>)[] = [];
    const close = async () => {
      for (const each of closers.splice(0).reverse()) await each();
    };
    try {
      const outer = demoSurroundings();
      // It reads the letters it caught, with all that reads mail; a process that only takes mail has threads for that.
      const { openSandbox } = await import('../../smtp/sandbox.ts');
      const sandbox = await openSandbox({
        host: '127.0.0.1',
        port: 0,
        folder: join(outer.dataFolder, 'sandbox'),
      });
      closers.push(() => sandbox.close());
      const { settings, moved, release } = await demoSettings(sandbox.port);
      for (const line of moved) say(line);
      const metrics = createMeter();
      const app = await openApp({ settings, log, meter: metrics, hold: 'start', say, stays: true });
      closers.push(app.close);
      const first = (await mailCount(app.database)) === 0;
      if (first) await loadRegistry(app);
      await release();
      const all = await startAll(app, gone, { metrics, sandbox: sandbox.letters });
      closers.push(all.close);
      closers.push(tellHere(app, 'all').close);
      const hide = showWhereItRuns(settings, all.inbox.ports);
      closers.push(async () => hide());
      print(
        `${paint('bold', 'Postern')} is ready after ${((performance.now() - started) / 1000).toFixed(1)} s; data in ${settings.dataFolder}`,
      );
      print('');
      if (first) {
        const played = await playMails(app, {
          folder: join(home, 'demo', 'mails'),
          smtpPort: all.inbox.ports.smtp ?? 0,
        });
        showPlayed(played);
      } else {
        print(paint('dim', 'The data of the last start was kept; its mails are not played again. The newest:'));
        showPlayed(await playedBefore(app));
      }
      addresses(settings, all.inbox.ports.smtp, all.inbox.ports.lmtp);
      print(paint('dim', 'Ctrl-C ends everything.'));
      return { close };
    } catch (error) {
      await close();
      throw error;
    }
  });
}

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('the main job on this machine, nothing else installed or configured')
    .action(demo);
}
