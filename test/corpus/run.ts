/**
 * The corpus handed in, as its mails would arrive: stored, read in killable threads, decided, written down. Fails where
 * one is lost, crashes a worker or outruns a limit; prints the figures of agreement. `CORPUS` or an argument names the folder.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { readSettings } from '../../src/config/settings.ts';
import { type Log, silentLog } from '../../src/foundation/log.ts';
import { silentMeter } from '../../src/foundation/meter.ts';
import { openApp } from '../../src/runtime/app.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { startIntake } from '../../workers/intake.ts';
import { startScheduler } from '../../workers/scheduler.ts';
import { measureBounces } from './bounces.ts';
import { measureReplyText } from './reply-text.ts';

const folder = resolve(process.argv[2] ?? process.env.CORPUS ?? '../shared/corpus');
if (!existsSync(join(folder, 'labels.tsv'))) {
  console.log(`corpus: no labels.tsv in ${folder}; nothing was run`);
  process.exit(0);
}

const unquote = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
const files = readFileSync(join(folder, 'labels.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .flatMap((row) => {
    const [source = '', file = '', kind = ''] = row.split('\t').map(unquote);
    return /reply-body|signature-body|expectation/.test(kind) ? [] : [join(folder, source, file)];
  })
  .filter((file) => existsSync(file));

const faults: string[] = [];
const check = (holds: boolean, says: string) => {
  if (!holds) faults.push(says);
};

const data = await mkdtemp(join(tmpdir(), 'postern-corpus-'));
const errors: string[] = [];
const log: Log = { ...silentLog, error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields)}`) };
const embedded = await openEmbedded({
  dataFolder: data,
  hold: 'start',
  say() {},
  log: silentLog,
  settings: { fsync: 'off' },
});
const settings = readSettings('work', {
  folder: data,
  env: {
    DATABASE_URL: embedded.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: 'a key of thirty-two bytes or more for the corpus',
  },
});
const app = await openApp({ settings, log, meter: silentMeter, hold: 'join', say() {} });
let gone = '';
const workers = [
  await startIntake(app, (why) => {
    gone = why;
  }),
  await startScheduler(app, (why) => {
    gone = why;
  }),
];
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const started = performance.now();
const ids = new Set<string>();
for (let i = 0; i < files.length; i += 50) {
  const batch = files.slice(i, i + 50).map((file) => ({
    raw: readFileSync(file),
    arrivedAt: new Date(),
    envelope: { mailFrom: null, rcptTo: ['support@desk.example'] },
    origin: { kind: 'lmtp', name: 'lmtp' } as const,
  }));
  for (const one of await app.receive(batch)) ids.add(one.mail);
}
const count = async (where: string) =>
  Number(
    (
      await app.database.ask((db) =>
        sql<{ n: string }>`select count(*) as n from mails where state = ${where}`.execute(db),
      )
    ).rows[0]?.n,
  );
const end = performance.now() + 240_000;
while ((await count('new')) > 0 && performance.now() < end && !gone) await new Promise((done) => setTimeout(done, 200));
const seconds = (performance.now() - started) / 1000;
const [undecided, dead, decided] = [await count('new'), await count('dead'), await count('decided')];
const { rows: outcomes } = await app.database.ask((db) =>
  sql<{ outcome: string | null; n: string }>`
    select outcome, count(*) as n from mails group by outcome order by n desc`.execute(db),
);
check(undecided === 0, `${undecided} mails were not decided`);
check(dead === 0, `${dead} mails were given up`);
check(decided === ids.size, `${decided} decided of ${ids.size} stored`);
check(gone === '', `a worker ended: ${gone}`);
check(errors.length === 0, `errors: ${errors.slice(0, 3).join(' | ')}`);
check(
  delay.percentile(99) / 1e6 <= 200,
  `the event loop paused for ${(delay.percentile(99) / 1e6).toFixed(0)} ms (p99)`,
);
await Promise.all(workers.map((worker) => worker.close()));
await app.close();
await embedded.close();
rmSync(data, { recursive: true, force: true });

console.log(
  `\nThe corpus, handed in: ${files.length} mails, ${ids.size} different ones, in ${seconds.toFixed(1)} s; event loop p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, longest ${(delay.max / 1e6).toFixed(0)} ms`,
);
for (const { outcome, n } of outcomes) console.log(`  ${String(n).padStart(4)}  ${outcome}`);
console.log('\nBounces, complaints, automatic mail');
const { worked, kept } = await measureBounces(folder);
for (const [half, figures] of Object.entries({ worked, kept })) {
  const shares = Object.entries(figures).map(([name, { right, of }]) => `${name} ${right} of ${of}`);
  console.log(`  ${half}: ${shares.join(', ')}`);
}
console.log('\nNew text');
for (const { disagreements: _, ...row } of (await measureReplyText(folder)) as unknown as Record<string, unknown>[])
  console.log(row);
for (const fault of faults) console.log(`FAULT: ${fault}`);
console.log(`\ncorpus: ${files.length - (faults.length > 0 ? 1 : 0)} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
