/**
 * This tree against another commit, by turns in one go, so that both meet the same moods of the machine:
 *
 *     node bench/alternate.ts fda5b2a [--runs 5] [--only throughput,lmtp] [--kinds small:1500,large:300] [… as `npm run bench`]
 *
 * Each turn is `npm run bench -- --only … --runs 1` there and then here. Compared are the shares of the bare row of the same turn, never
 * absolute figures. Writes ALTERNATING.md. The other commit is checked out below the system's temporary folder and stays there for the next time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { machine } from './lib/machine.ts';
import { median, round } from './lib/numbers.ts';
import type { Figure } from './lib/report.ts';

const home = resolve(import.meta.dirname, '..');
const [commit, ...rest] = process.argv.slice(2);
if (!commit || commit.startsWith('-')) {
  process.stderr.write('Which commit? node bench/alternate.ts COMMIT [--runs 5] [--only throughput,lmtp]\n');
  process.exit(2);
}
const taken = (name: string, usual: string): string => {
  const at = rest.indexOf(name);
  return at < 0 ? usual : (rest.splice(at, 2)[1] ?? usual);
};
const turns = Number(taken('--runs', '5'));
const only = taken('--only', 'throughput,lmtp');
/** So many mails of each kind a run; without it as the bench has them. */
const kinds = taken('--kinds', '')
  .split(',')
  .map((one) => one.split(':'))
  .map(([kind, mails]) => (kind && mails ? ['--kind', kind, '--mails', mails] : []));

function run(folder: string, command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status} in ${folder}`);
}

const there = join(tmpdir(), `postern-bench-commit-${commit}`);
if (!existsSync(join(there, 'package.json'))) {
  run(home, 'git', ['worktree', 'add', '--detach', there, commit]);
  run(there, 'npm', ['ci']);
}

type Kept = Figure & { readonly at: string };
function measure(folder: string): Kept[] {
  const since = new Date().toISOString();
  for (const kind of kinds) run(folder, 'npm', ['run', 'bench', '--', '--only', only, '--runs', '1', ...kind, ...rest]);
  return readFileSync(join(folder, 'bench', 'results.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Kept)
    .filter((figure) => figure.at >= since);
}

/** Of each contender its share of the bare row, and its memory, a value a turn. */
type Series = Map<string, number[]>;
function note(series: Series, figures: readonly Kept[]): void {
  for (const figure of figures) {
    const value = figure.part === 'memory' ? figure.median : figure.shares['of the bare row'];
    if (value !== undefined) series.set(figure.what, [...(series.get(figure.what) ?? []), value]);
  }
}

const before: Series = new Map();
const now: Series = new Map();
for (let turn = 1; turn <= turns; turn += 1) {
  process.stderr.write(`turn ${turn} of ${turns}: ${commit}\n`);
  note(before, measure(there));
  process.stderr.write(`turn ${turn} of ${turns}: this tree\n`);
  note(now, measure(home));
}

const isMemory = (what: string): boolean => what.endsWith('peak');
const shown = (what: string, value: number): string =>
  isMemory(what) ? `${round(value)} MB` : `${round(value * 100)} %`;
const cell = (what: string, values: readonly number[]): string =>
  `${shown(what, median(values))} (${shown(what, Math.min(...values))} to ${shown(what, Math.max(...values))})`;
const rows = [...now].map(([what, values]) => {
  const old = before.get(what) ?? [];
  return { what, old, values, ratio: median(values) / median(old) };
});
const shares = rows.filter((row) => !isMemory(row.what)).map((row) => row.ratio);
const head = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: home, encoding: 'utf8' }).stdout.trim();
const text = [
  '# By turns with an earlier commit',
  '',
  `Written by \`node bench/alternate.ts ${process.argv.slice(2).join(' ')}\` on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC: ${turns} turns, each the bench of ${commit} and then that of ${head}.`,
  'Shares are those of the bare row, a transaction a mail, of the same turn; median, least and most.',
  '',
  ...machine().map((line) => `- ${line}`),
  '',
  `| what | ${commit} | ${head} | ratio of the medians |`,
  '| --- | --- | --- | --- |',
  ...rows.map(
    ({ what, old, values, ratio }) =>
      `| ${what} | ${cell(what, old)} | ${cell(what, values)} | ${round(ratio * 100)} % |`,
  ),
  '',
  `Median of the ratios of the shares: **${round(median(shares) * 100)} %**, least ${round(Math.min(...shares) * 100)} %, most ${round(Math.max(...shares) * 100)} %.`,
  '',
].join('\n');
writeFileSync(join(home, 'bench', 'ALTERNATING.md'), text);
process.stdout.write(`\n${text}`);
