/**
 * `node bench/console/reports.ts [--rounds N] [--mails N]`: the reports of a desk of three years, by the store of run.ts. The sums are counted
 * first, as far as they are not there yet; then each report is asked for by somebody who is signed in. Not beside run.ts, which has the same store.
 */
import { parseArgs } from 'node:util';
import { round } from '../lib/numbers.ts';
import { openBench, openDatabases } from '../lib/world.ts';
import { countUp } from './count-up.ts';
import { openDesk } from './desk.ts';
import { timeOf } from './measures.ts';
import { pages } from './pages.ts';
import { scaleOf } from './rows.ts';
import { bringUpToDate, builtStore, storeName } from './store.ts';

const { values: given } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, mails: { type: 'string' } },
});
const scale = scaleOf(given.mails);
const say = (line: string) => void process.stderr.write(`  ${line}\n`);

const folder = await builtStore(scale, say);
const bench = await openBench();
const databases = await openDatabases(folder);
try {
  await bringUpToDate(databases);
  const url = databases.urlOf(storeName);
  await countUp(url, say);
  const desk = await openDesk(
    { ...bench, databases },
    { queues: 'redis', way: 'lmtp', database: { name: storeName, url } },
  );
  try {
    process.stdout.write(
      '| report | p50 ms | p95 ms | first byte p95 ms | page KB |\n| --- | --- | --- | --- | --- |\n',
    );
    for (const one of pages.filter(({ what }) => what.startsWith('report'))) {
      const { what, status, p50, p95, firstByteP95, kb } = await timeOf(desk, one, scale, Number(given.rounds));
      process.stdout.write(
        `| ${what} | ${status === 200 ? '' : `**${status}** `}${round(p50)} | ${round(p95)} | ${round(firstByteP95)} | ${round(kb)} |\n`,
      );
    }
  } finally {
    await desk.running.stop();
  }
} finally {
  await databases.close();
  await bench.stop();
}
