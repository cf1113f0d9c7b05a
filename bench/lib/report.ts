/** Figures as they come: to the terminal, to results.jsonl, and at the end into RESULTS.md. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partOf, withPart } from '../console/results.ts';
import { machine } from './machine.ts';
import { round, type Spread } from './numbers.ts';

export type Figure = Spread & {
  readonly part: string;
  readonly what: string;
  readonly unit: string;
  /** Parts of one, by what they are a share of. */
  readonly shares: Readonly<Record<string, number>>;
  readonly more: Readonly<Record<string, number>>;
};

export type Report = {
  progress(what: string): void;
  add(figure: Figure): void;
  complaints(of: string, lines: readonly string[]): void;
  /** Writes RESULTS.md anew: of each figure the newest of the last twelve hours, so that parts may be measured one after the other. */
  write(about: readonly string[]): void;
};

const folder = join(import.meta.dirname, '..');
const percent = (share: number) => `${Math.round(share * 100)} %`;
const sharesOf = (figure: Figure) =>
  Object.entries(figure.shares)
    .map(([of, share]) => `${percent(share)} ${of}`)
    .join(', ');
const moreOf = (figure: Figure) =>
  Object.entries(figure.more)
    .map(([name, value]) => `${name} ${round(value)}`)
    .join(', ');

const titles: Record<string, string> = {
  throughput: 'Throughput',
  latency: 'One mail at rest',
  memory: 'Memory of Postern, every worker in one process',
  growth: 'Growth',
  start: 'Cold start',
  limits: 'Each step alone',
};

const results = join(folder, 'results.jsonl');
type Kept = Figure & { readonly at: string };

function newest(): Kept[] {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
  const all = lines.filter(Boolean).map((line) => JSON.parse(line) as Kept);
  const last = new Map(all.map((figure) => [`${figure.part} ${figure.what}`, figure]));
  const since = Date.now() - 12 * 3_600_000;
  return [...last.values()].filter((figure) => Date.parse(figure.at) > since);
}

export function openReport(): Report {
  const said: string[] = [];
  return {
    progress: (what) => void process.stderr.write(`  ${what}\n`),
    add(figure) {
      appendFileSync(results, `${JSON.stringify({ at: new Date().toISOString(), ...figure })}\n`);
      const shares = sharesOf(figure);
      const more = moreOf(figure);
      process.stdout.write(
        `${figure.what} | ${round(figure.median)} ${figure.unit} (${round(figure.min)} to ${round(figure.max)})${shares ? ` | ${shares}` : ''}${more ? ` | ${more}` : ''}\n`,
      );
    },
    complaints(of, lines) {
      if (lines.length === 0) return;
      said.push(`${of}: ${lines.length} warnings, such as ${lines[0]}`);
      process.stderr.write(`  ${of} said ${lines.length} warnings, such as ${lines[0]}\n`);
    },
    write(about) {
      const figures = newest();
      const parts = [...new Set(figures.map((figure) => figure.part))];
      const table = (part: string) =>
        [
          `## ${titles[part] ?? part}`,
          '',
          '| what | median | min to max | share | besides | UTC |',
          '| --- | --- | --- | --- | --- | --- |',
          ...figures
            .filter((figure) => figure.part === part)
            .map(
              (figure) =>
                `| ${figure.what} | ${round(figure.median)} ${figure.unit} | ${round(figure.min)} to ${round(figure.max)} | ${sharesOf(figure)} | ${moreOf(figure)} | ${figure.at.slice(11, 16)} |`,
            ),
          '',
        ].join('\n');
      const head = [
        '# Results',
        '',
        `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; [README.md](README.md) says how to read it.`,
        '',
        ...[...machine(), ...about].map((line) => `- ${line}`),
        '',
      ].join('\n');
      const tail =
        said.length > 0 ? ['## What Postern complained of', '', ...said.map((line) => `- ${line}`), ''].join('\n') : '';
      const file = join(folder, 'RESULTS.md');
      const console = existsSync(file) ? partOf(readFileSync(file, 'utf8')) : '';
      const own = `${head}\n${parts.map(table).join('\n')}${tail ? `\n${tail}` : ''}`;
      writeFileSync(file, console ? withPart(own, console) : own);
    },
  };
}
