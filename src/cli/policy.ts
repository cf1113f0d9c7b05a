/** `postern policy check` and `try`: a changed policy is looked at before it rules. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { sayFileFault } from '../config/file-faults.ts';
import { type CheckedPolicy, checkPolicy, departures, policyOf } from '../config/policy-check.ts';
import { configFile, readSettings } from '../config/settings.ts';
import { type Tried, tryPolicy } from '../flows/intake/try-policy.ts';
import { silentLog } from '../foundation/log.ts';
import { maskPrivilegedPins } from '../foundation/pin-form.ts';
import { openReadOnlyApp } from '../runtime/read-only-app.ts';
import { countMails } from '../store/intake/historical-facts.ts';
import { say } from './open.ts';
import { paint, print, printJson, progress, terminalColumns, wrap } from './output/terminal.ts';
import { readableTimes, utc, utcOr } from './output/times.ts';

const nameOf = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
};
const count = (n: number, one: string, more = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

function printFaults(checked: CheckedPolicy): void {
  const { faults, file } = checked;
  print(`${paint('bold', nameOf(file))}: ${paint('red', count(faults.length, 'fault'))}`);
  const margin = Math.max(0, ...faults.map((one) => (one.line === null ? 0 : `line ${one.line}`.length)));
  for (const fault of faults) {
    const { line, allowed } = fault;
    const place = line === null ? '' : `line ${line}`;
    const rest = [
      ...wrap(sayFileFault(fault), terminalColumns() - margin - 4),
      ...(allowed ? wrap(`allowed: ${allowed}`, terminalColumns() - margin - 4) : []),
    ];
    for (const [i, text] of rest.entries())
      print(`  ${i === 0 ? paint('dim', place.padStart(margin)) : ' '.repeat(margin)}  ${text}`);
  }
}

function printDepartures(rows: readonly { path: string; value: string; default: string }[], from: string): void {
  const wide = Math.min(40, Math.max(...rows.map((one) => one.path.length)));
  for (const { path, value, default: usual } of rows) {
    if (path.length > wide) print(`  ${path}`);
    wrap(`${value}  (${from} ${usual})`, Math.max(24, terminalColumns() - wide - 4)).forEach((line, i) => {
      print(`  ${(i > 0 || path.length > wide ? '' : path).padEnd(wide)}  ${line}`);
    });
  }
}

function check(given: string | undefined, options: { json?: boolean }): void {
  const file = given ?? configFile();
  if (given === undefined && !existsSync(file)) {
    if (options.json) printJson({ file, kind: 'postern.yaml', faults: [], departures: [] });
    else print('There is no postern.yaml here: every number of the policy is the default.');
    return;
  }
  const checked = checkPolicy(file);
  const { faults, departures: rows, kind } = checked;
  if (faults.length > 0) process.exitCode = 1;
  if (options.json) {
    printJson({ file: checked.file, kind, faults, departures: rows });
    return;
  }
  if (faults.length > 0) {
    printFaults(checked);
    return;
  }
  print(`${paint('bold', nameOf(checked.file))}: ${paint('green', 'nothing is wrong')}`);
  if (rows.length === 0) {
    print('Every number of the policy is the default.');
    return;
  }
  print(
    `${count(rows.length, 'number')} of the policy ${rows.length === 1 ? 'is not the default' : 'are not the defaults'}:`,
  );
  printDepartures(rows, 'default');
}

function printTried(one: Tried): void {
  const put = (label: string, text: string) => {
    for (const [i, line] of wrap(text, terminalColumns() - 12).entries())
      print(`  ${paint('dim', (i === 0 ? label : '').padEnd(8))}  ${line}`);
  };
  const mask = (text: string) => maskPrivilegedPins(text);
  const by = (outcome: string, rule: string) => `${outcome} (§3.${rule})`;
  print('');
  const head = `Mail ${one.mail}  ${utc(one.arrivedAt)}  ${one.from ?? 'no sender'}`;
  for (const line of wrap(head, terminalColumns())) print(paint('bold', line));
  for (const line of wrap(mask(one.subject ?? '(no subject)'), terminalColumns() - 2)) print(`  ${line}`);
  if (one.outcome.now !== one.outcome.tried || one.rule.now !== one.rule.tried) {
    put('now', by(one.outcome.now, one.rule.now));
    put('then', paint('yellow', by(one.outcome.tried, one.rule.tried)));
  } else put('as now', by(one.outcome.now, one.rule.now));
  if (one.reason.now !== one.reason.tried) put('because', mask(one.reason.tried));
  if (one.severity) put('severity', `${one.severity.now ?? 'none'} → ${one.severity.tried ?? 'none'}`);
  if (one.due) put('deadline', `${utcOr(one.due.now, 'none')} → ${utcOr(one.due.tried, 'none')}`);
  for (const [sign, lines] of [
    ['−', one.changes.noMore],
    ['+', one.changes.new],
  ] as const)
    for (const line of lines) put('change', mask(`${sign} ${readableTimes(line)}`));
  const letters = [...one.letters.noMore.map((name) => `− ${name}`), ...one.letters.new.map((name) => `+ ${name}`)];
  if (letters.length > 0) put('letters', letters.join(' '));
  if (one.says.length > 0) put('differs', `what stands in ${one.says.join(', ')}`);
}

/** What cannot be known again, said each time: a list that looks complete and is not would be worse than none. */
const limits = [
  'Each mail is decided twice on the same facts, as they were when it was decided: cases, letters, codes and questions as of then, its own left out.',
  'As of today: registry (people, PINs, contracts), products, and what a case says besides being open or closed. The grade and the text of a mail are those that were stored.',
  'Not followed on: a mail that would have opened a case does not have it when the next one comes; wrong PINs are not counted again; letters that clocks and schedules send are not compared. Addresses, lists and staff of the file are not tried.',
];

async function tryFile(file: string, options: { days: number; json?: boolean }): Promise<void> {
  const checked = checkPolicy(file);
  if (checked.faults.length > 0) {
    process.exitCode = 1;
    if (options.json) printJson({ file: checked.file, kind: checked.kind, faults: checked.faults, departures: [] });
    else printFaults(checked);
    return;
  }
  const settings = readSettings('command');
  const present = settings.policy;
  const other = policyOf(checked, present);
  const changes = checked.policy
    ? departures(checked.policy, {
        ...policyNumbers(present),
        alerts: settings.alerts.limits,
        retention: settings.retention,
      })
    : [];
  const reader = await openReadOnlyApp(settings, silentLog, say);
  try {
    const { decided, undecided } = await countMails(reader.database, options.days);
    if (!options.json) {
      const many = count(decided, 'mail');
      print(
        `${paint('bold', nameOf(checked.file))} tried on ${many} of the last ${count(options.days, 'day')}; nothing is written.`,
      );
      if (changes.length === 0) print('No number of the policy differs from the present one.');
      else printDepartures(changes, 'now');
    }
    const bar = progress(decided, 'mails');
    const kinds = new Map<string, number>();
    const sum = { compared: 0, differs: 0, unlike: 0, unread: 0 };
    for await (const page of tryPolicy({ ...reader, reading: settings.reading, present, other }, options.days)) {
      if (page.differs.length > 0) bar.done();
      for (const one of page.differs) {
        if (options.json) printJson({ ...one, subject: one.subject && maskPrivilegedPins(one.subject) });
        else printTried(one);
        const { now, tried } = one.outcome;
        const kind = now === tried ? `${now}, otherwise` : `${now} → ${tried}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      sum.compared += page.compared;
      sum.differs += page.differs.length;
      sum.unlike += page.unlike;
      sum.unread += page.unread;
      bar.step(page.compared + page.unread);
    }
    bar.done();
    if (options.json) return;
    print('');
    const verdict =
      sum.differs === 0 ? 'Nothing would be decided otherwise' : `${count(sum.differs, 'decision')} would differ`;
    print(`${paint(sum.differs === 0 ? 'green' : 'yellow', verdict)}, of ${count(sum.compared, 'mail')} compared.`);
    const most = Math.max(0, ...[...kinds.values()].map((n) => String(n).length));
    for (const [kind, n] of [...kinds].sort((a, b) => b[1] - a[1])) print(`  ${String(n).padStart(most)}  ${kind}`);
    const notes = [
      ...(sum.unlike > 0
        ? [
            `${count(sum.unlike, 'mail')} would not be decided as it was even by the present policy: the registry or a rule has changed since. They are compared all the same.`,
          ]
        : []),
      ...(sum.unread > 0
        ? [
            `${count(sum.unread, 'mail')} could not be read again (sealed under a key that is not given) and are not compared.`,
          ]
        : []),
      ...(undecided > 0
        ? [`${count(undecided, 'mail')} of these days ${undecided === 1 ? 'is' : 'are'} not decided yet, or given up.`]
        : []),
      ...limits,
    ];
    print('');
    for (const note of notes)
      for (const [i, line] of wrap(note, terminalColumns() - 2).entries())
        print(paint('dim', `${i === 0 ? '•' : ' '} ${line}`));
  } finally {
    await reader.close();
  }
}

function policyNumbers(policy: ReturnType<typeof readSettings>['policy']) {
  const { desk: _desk, publicHolidays: _holidays, ...numbers } = policy;
  return numbers;
}

function daysOf(value: string): number {
  const days = Number(value);
  if (!/^[0-9]{1,4}$/.test(value) || days < 1 || days > 3650) throw new InvalidArgumentError('It has to be 1 to 3650.');
  return days;
}

export function policyCommands(program: Command): void {
  const policy = program.command('policy').description('look at a policy, and at what a changed one would do');
  policy
    .command('check')
    .argument('[file]', 'postern.yaml, or a file with the keys of its `policy` alone; default: the one in use')
    .option('--json', 'as JSON')
    .description('name everything that is wrong in it, and what differs from the defaults')
    .action(check);
  policy
    .command('try')
    .argument('<file>', 'postern.yaml, or a file with the keys of its `policy` alone')
    .option('--days <days>', 'mails that arrived within so many days', daysOf, 30)
    .option('--json', 'one line of JSON a decision that would differ')
    .description('decide the stored mails of the last days again under it; writes nothing')
    .action(tryFile);
}
