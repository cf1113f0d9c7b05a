/**
 * `node bench/console/run.ts [--rounds N] [--only times,memory,intake] [--mails N] [--requests N] [--pages WORDS] [--write]`: the console at a desk of three years.
 * See ../README.md.
 */
import { parseArgs } from 'node:util';
import { median, round } from '../lib/numbers.ts';
import { openBench, openDatabases } from '../lib/world.ts';
import { runPostern } from '../parts/one-run.ts';
import { openDesk, signInAt } from './desk.ts';
import { memoryOver, pagesThere, peopleLooking, type Timed, timeOf } from './measures.ts';
import { writeResults } from './results.ts';
import { scaleOf } from './rows.ts';
import { bringUpToDate, builtStore, storeName } from './store.ts';

const parts = ['times', 'memory', 'intake'] as const;
const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    only: { type: 'string', default: parts.join() },
    mails: { type: 'string' },
    requests: { type: 'string', default: '10000' },
    pages: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const wants = (part: (typeof parts)[number]): boolean => given.only.split(',').includes(part);
const scale = scaleOf(given.mails);
const say = (line: string) => void process.stderr.write(`  ${line}\n`);
const lines: string[] = [];
const tell = (line: string) => {
  lines.push(line);
  process.stdout.write(`${line}\n`);
};

const folder = await builtStore(scale, say);
const bench = await openBench();
const databases = await openDatabases(folder);
await bringUpToDate(databases);
const there = { ...bench, databases };
const database = { name: storeName, url: databases.urlOf(storeName) };

const timeRow = ({ what, status, p50, p95, firstByteP95, kb, wholeKb }: Timed) =>
  `| ${what} | ${status === 200 ? '' : `**${status}** `}${round(p50)} | ${round(p95)} | ${round(firstByteP95)} | ${round(kb)} | ${round(wholeKb)} |`;

async function looks(): Promise<void> {
  const desk = await openDesk(there, { queues: 'redis', way: 'lmtp', database });
  try {
    const all = await pagesThere(desk, scale);
    const asked = all.filter(({ what }) => what.includes(given.pages ?? ''));
    if (wants('times')) {
      tell('| page | p50 ms | p95 ms | first byte p95 ms | page KB | with styles and scripts KB |');
      tell('| --- | --- | --- | --- | --- | --- |');
      for (const one of asked) tell(timeRow(await timeOf(desk, one, scale, Number(given.rounds))));
      tell('');
    }
    if (wants('memory')) {
      const seen = await memoryOver(desk, scale, Number(given.requests), asked);
      tell(
        `Memory over ${given.requests} requests of every page: ${seen.map((one) => `${one.requests}: ${Math.round(one.mb)} MB`).join(', ')}.`,
      );
      tell('');
    }
    for (const line of desk.running.complaints().slice(0, 5)) say(`complained: ${line.slice(0, 300)}`);
  } finally {
    await desk.running.stop();
  }
}

/** By turns within one run, so that what else the machine does counts for both. */
async function intake(): Promise<void> {
  const task = { kind: 'small', mails: 6_000, queues: 'redis', way: 'imap', database } as const;
  const alone: number[] = [];
  const looked: number[] = [];
  let opened = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    alone.push((await runPostern(there, task)).rate);
    let people: ReturnType<typeof peopleLooking> | undefined;
    const { rate } = await runPostern(there, {
      ...task,
      measured: {
        async before(_, running) {
          const desk = { running, cookie: await signInAt(running) };
          people = peopleLooking(desk, scale, await pagesThere(desk, scale));
        },
        async after() {
          opened += (await people?.stop()) ?? 0;
        },
      },
    });
    looked.push(rate);
    say(`turn ${turn + 1}: ${round(alone.at(-1) ?? 0)} mails/s alone, ${round(rate)} with ten people looking`);
  }
  const shares = looked.map((rate, i) => rate / (alone[i] ?? Number.NaN));
  tell(
    `Intake: ${round(median(alone))} mails/s alone, ${round(median(looked))} with ten people who open a page each 10 s and hold a stream each: ${round(100 * median(shares))} % (${opened} pages opened, five turns of 6,000 mails, ${shares.map((one) => `${round(100 * one)} %`).join(', ')}).`,
  );
  tell('');
}

try {
  if (wants('times') || wants('memory')) await looks();
  if (wants('intake')) await intake();
  if (given.write) writeResults(lines, scale);
} finally {
  await databases.close();
  await bench.stop();
}
