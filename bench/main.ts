/** `npm run bench -- [--help] [--quick] [--profile] [--only PART[,PART]] [--write] [--runs N] [--mails N] [--kind small|large]`. See README.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kind } from './lib/mails.ts';
import { openReport } from './lib/report.ts';
import { type Bench, openBench } from './lib/world.ts';
import { coldStart } from './parts/cold-start.ts';
import { growth } from './parts/growth.ts';
import { latency } from './parts/latency.ts';
import { limits } from './parts/limits.ts';
import type { Task } from './parts/one-run.ts';
import { profile } from './parts/profile.ts';
import { one, throughput, two } from './parts/throughput.ts';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string' },
    runs: { type: 'string' },
    mails: { type: 'string' },
    kind: { type: 'string' },
    queue: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const parts = ['throughput', 'lmtp', 'latency', 'growth', 'start', 'limits'] as const;
type Part = (typeof parts)[number];

function wrongUse(says: string): never {
  process.stderr.write(`${says}\nParts: ${parts.join(', ')}. bench/README.md says more.\n`);
  process.exit(2);
}
if (given.help) {
  process.stdout.write(readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').split('\n## ')[0] ?? '');
  process.exit();
}
const only = given.only?.split(',') as Part[] | undefined;
for (const part of only ?? []) if (!parts.includes(part)) wrongUse(`There is no part "${part}".`);
if (given.kind !== undefined && given.kind !== 'small' && given.kind !== 'large') wrongUse('--kind is small or large.');
const runs = Number(given.runs ?? (given.quick ? 1 : 3));
if (!Number.isInteger(runs) || runs < 1) wrongUse('--runs is a number.');
const wants = (part: Part): boolean => only === undefined || only.includes(part);

const kinds: Kind[] = given.kind ? [given.kind as Kind] : given.quick || given.profile ? ['small'] : ['small', 'large'];
const queues = (['redis', 'postgres'] as const).filter((one) => given.queue === undefined || given.queue === one);
const mailsOf = (kind: Kind): number => Number(given.mails ?? (kind === 'small' ? (given.quick ? 1_000 : 3_000) : 600));

async function quick(bench: Bench): Promise<void> {
  for (const kind of kinds)
    for (const queue of queues)
      await throughput(bench, report, { kind, queues: queue, way: 'imap', mails: mailsOf(kind) }, runs);
  if (wants('latency')) for (const queue of queues) await latency(bench, report, queue, 20);
}

async function whole(bench: Bench): Promise<void> {
  for (const kind of kinds) {
    for (const queue of queues) {
      const task = (way: Task['way']): Task => ({ kind, queues: queue, way, mails: mailsOf(kind) });
      const contenders = kind === 'small' ? [one, two] : undefined;
      if (wants('throughput')) await throughput(bench, report, task('imap'), runs, contenders);
      if (wants('lmtp')) await throughput(bench, report, task('lmtp'), runs);
    }
  }
  if (wants('latency')) for (const queue of queues) await latency(bench, report, queue, 60);
  if (wants('growth'))
    await growth(bench, report, { kind: 'small', queues: 'redis', way: 'imap', mails: mailsOf('small') }, runs);
  if (wants('start')) await coldStart(report, runs);
  if (wants('limits')) await limits(bench, report, runs);
}

const report = openReport();
const bench = await openBench(given.profile ? { shared_preload_libraries: 'pg_stat_statements' } : {});
// npm hands the same signal on a second time: it is the same wish.
const stopped = () => void bench.stop().finally(() => process.exit(130));
process.on('SIGINT', stopped).on('SIGTERM', stopped);
try {
  if (given.profile) {
    for (const kind of kinds)
      for (const queue of queues)
        await profile(
          bench,
          { kind, queues: queue, way: 'imap', mails: mailsOf(kind) },
          (text) => void process.stdout.write(`${text}\n`),
        );
  } else if (given.quick) await quick(bench);
  else await whole(bench);
  if (given.write || (!given.quick && !given.profile && only === undefined)) report.write([bench.databases.version]);
} finally {
  await bench.stop();
}
