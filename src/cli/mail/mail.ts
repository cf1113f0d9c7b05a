import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { replayMail as replayAct } from '../../acts/mail/replay-mail.ts';
import type { By } from '../../changes/by.ts';
import { mailOutcomes as allOutcomes } from '../../changes/outcome.ts';
import { explainMail } from '../../flows/intake/explain-mail.ts';
import { type Replayed, replayStoredMail } from '../../flows/intake/replay.ts';
import { mailId } from '../../foundation/ids.ts';
import { explain, explainJson } from '../../intake/explain.ts';
import type { App } from '../../runtime/app.ts';
import { mailsWithOutcome } from '../../store/intake/replay.ts';
import { outcomesOfMails } from '../../store/reports/outcomes.ts';
import { comesTo } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { whyUnread } from '../output/files.ts';
import { confirmed, paint, print, printJson, progress, table, terminalColumns, wrap } from '../output/terminal.ts';
import { readableTimes, utc } from '../output/times.ts';
import { heldCommands } from './held.ts';
import { showCommand } from './mail-show.ts';

type Read = { file: string; raw: Buffer };

/** Every file that can be read; the others are named, and the command fails for them. */
async function readFiles(files: readonly string[]): Promise<Read[]> {
  const read: Read[] = [];
  for (const file of files) {
    try {
      read.push({ file, raw: await readFile(file) });
    } catch (error) {
      process.stderr.write(`${whyUnread(file, error)}\n`);
      process.exitCode = 1;
    }
  }
  return read;
}

const waitMs = 8_000;

/** What became of them, as far as a worker decides them while we look. */
async function watchOutcomes(app: App, ids: readonly string[]): Promise<Awaited<ReturnType<typeof outcomesOfMails>>> {
  const end = performance.now() + waitMs;
  for (;;) {
    const found = await outcomesOfMails(app.database, ids);
    const busy = found.some((mail) => mail.state === 'new');
    if (!busy || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

async function deliver(files: string[], options: { json?: boolean }): Promise<void> {
  const mails = await readFiles(files);
  if (mails.length === 0) return;
  await withApp(async (app) => {
    const bar = progress(mails.length, 'mails');
    const results: { file: string; kind: string; mail: string }[] = [];
    for (let i = 0; i < mails.length; i += 50) {
      const batch = mails.slice(i, i + 50);
      const received = await app.receive(
        batch.map(({ raw }) => ({
          raw,
          arrivedAt: new Date(),
          envelope: { mailFrom: null, rcptTo: [] },
          origin: { kind: 'hand', name: 'hand' },
        })),
      );
      for (const [at, one] of received.entries()) {
        results.push({ file: batch[at]?.file ?? '', kind: one.kind, mail: one.mail });
        bar.step();
      }
    }
    await app.relay.idle();
    bar.done();
    const outcomes = new Map(
      (await watchOutcomes(app, [...new Set(results.map((one) => one.mail))])).map((one) => [one.id, one]),
    );
    const rows = results.map((one) => ({
      ...one,
      ...(outcomes.get(one.mail) ?? { state: 'new', outcome: null, case: null, reason: null }),
    }));
    if (options.json) {
      for (const row of rows)
        printJson({
          file: row.file,
          mail: row.mail,
          stored: row.kind,
          state: row.state,
          outcome: row.outcome,
          case: row.case,
          reason: row.reason,
        });
      return;
    }
    print(
      table(
        ['mail', 'file', 'outcome', 'case', 'why'],
        rows.map((row) => [
          row.mail,
          basename(row.file),
          row.kind === 'duplicate' ? 'had already' : (row.outcome ?? 'stored'),
          row.case ?? '',
          row.reason ?? '',
        ]),
      ),
    );
    if (rows.some((row) => row.state === 'new'))
      print(paint('yellow', 'Stored and safe. They are decided as soon as a worker runs: postern start'));
  });
}

async function explainFiles(files: string[], options: { json?: boolean }): Promise<void> {
  const mails = await readFiles(files);
  if (mails.length === 0) return;
  await withApp(async (app) => {
    for (const { file, raw } of mails) {
      const { mail, decision, contact } = await explainMail(app.intake(), raw, new Date());
      if (options.json) {
        printJson(explainJson(file, mail, decision));
        continue;
      }
      const { sentence, evidence } = explain(decision, mail);
      print(
        `${paint('bold', basename(file))}  ${paint('cyan', decision.outcome)} ${paint('dim', `(POLICY §3.${decision.rule})`)}`,
      );
      for (const line of wrap(sentence, terminalColumns() - 2)) print(`  ${line}`);
      const most = Math.max(...evidence.map((one) => one.label.length));
      for (const { label, value } of evidence) {
        const whole =
          label === 'contact' && contact ? `${value} ${contact.name} <${contact.email}>` : readableTimes(value);
        for (const [i, line] of wrap(whole, terminalColumns() - most - 4).entries())
          print(`  ${paint('dim', (i === 0 ? label : '').padEnd(most))}  ${line}`);
      }
      print('');
    }
  });
}

type Again = Exclude<Replayed, { notFound: true }>;

/** Decides each; those that there are not are named, and the command fails for them. */
async function decideAgain(app: App, ids: readonly string[], by: By, dryRun: boolean): Promise<Again[]> {
  const found: Again[] = [];
  const bar = progress(ids.length, 'mails');
  for (const id of ids) {
    const result = await replayStoredMail(app.intake(), mailId(id), { dryRun, by });
    if ('notFound' in result) {
      process.stderr.write(`${id}: there is no such mail\n`);
      process.exitCode = 1;
    } else found.push(result);
    bar.step();
  }
  bar.done();
  return found;
}

function tellAgain(rows: readonly Again[], is: string): void {
  for (const { id, before, after, changed, why, letters = [], changes = [], opens } of rows) {
    const was = before ?? 'given up';
    print(`${paint('bold', `Mail ${id}`)}  ${changed ? `${was}, ${is} ${paint('yellow', after)}` : `${was}, stays`}`);
    for (const line of wrap(why, terminalColumns() - 2)) print(`  ${line}`);
    if (opens) print(`  ${paint('dim', 'case')}    severity ${opens.severity}, due ${utc(opens.due)}`);
    const follows = [
      ...changes.map((one) => ['change', one] as const),
      ...letters.map((one) => ['letter', one] as const),
    ];
    for (const [label, says] of follows)
      for (const [i, line] of wrap(readableTimes(says), terminalColumns() - 10).entries())
        print(`  ${paint('dim', i === 0 ? label : '      ')}  ${line}`);
  }
}

async function replay(
  ids: string[],
  options: { outcome?: string; dryRun?: boolean; as?: string; yes?: boolean; json?: boolean },
  command: Command,
): Promise<void> {
  if ((ids.length === 0) === (options.outcome === undefined))
    command.error('error: name mails by their ids, or all of one outcome with --outcome');
  if (options.outcome !== undefined && !(allOutcomes as readonly string[]).includes(options.outcome)) {
    command.error(`error: there is no outcome "${options.outcome}"; there are ${allOutcomes.join(', ')}`);
  }
  const { json, dryRun, yes } = options;
  const by: By = { kind: 'command', staff: options.as ?? null };
  await withApp(async (app) => {
    const all = options.outcome ? await mailsWithOutcome(app.database, options.outcome) : ids;
    const preview = await decideAgain(app, all, by, true);
    const changing = preview.filter((one) => one.changed);
    // With --json there is one line a mail, and it says what was done.
    if (json && (dryRun || changing.length === 0)) for (const one of preview) printJson(one);
    if (!json) tellAgain(preview, 'would be');
    if (!json && preview.length === 0 && process.exitCode !== 1) print('No mail has that outcome.');
    if (dryRun || preview.length === 0) return;
    const many = `${changing.length} of ${preview.length} ${preview.length === 1 ? 'mail' : 'mails'}`;
    if (changing.length === 0) {
      if (!json) print('Nothing changes.');
      return;
    }
    // Scripts say what they want by --dry-run: there is nobody to ask.
    const asks = !yes && !json && process.stdin.isTTY && process.stdout.isTTY;
    if (asks && !(await confirmed(`Decide ${many} again, with these letters?`))) {
      print('Nothing was done.');
      return;
    }
    const done = await decideAgain(app, json ? all : changing.map((one) => one.id), by, false);
    if (json) for (const one of done) printJson(one);
    else {
      print(`${paint('green', 'Done')}:`);
      print(
        table(
          ['mail', 'was', 'is', 'why'],
          done.map((one) => [one.id, one.before ?? '', one.changed ? one.after : 'stays', one.why]),
        ),
      );
    }
    await app.relay.idle();
  });
}

export function mailCommands(program: Command): void {
  const mail = program.command('mail').description('hand mails in, explain them, decide them again');
  mail
    .command('deliver')
    .argument('<file...>')
    .option('--json', 'one line of JSON a file')
    .description('hand raw mails in as if they had arrived')
    .action(deliver);
  mail
    .command('explain')
    .argument('<file...>')
    .option('--json', 'one line of JSON a file')
    .description('what would be decided and why; writes nothing')
    .action(explainFiles);
  const again = mail
    .command('replay')
    .argument('[id...]')
    .option('--outcome <outcome>', 'all mails of this outcome')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--yes', 'do it without asking; nobody is asked where there is no terminal')
    .option('--json', 'one line of JSON a mail')
    .description('say what would change, ask, decide again; a mail that has its case changes nothing')
    .action(replay);
  comesTo(again, replayAct);
  showCommand(mail);
  heldCommands(mail);
}
