/** `node bench/console/seed.ts [--mails N]`: builds the database that `run.ts` asks, and says where it is. */
import { parseArgs } from 'node:util';
import { scaleOf } from './rows.ts';
import { builtStore } from './store.ts';

const { values } = parseArgs({ options: { mails: { type: 'string' } } });
const folder = await builtStore(scaleOf(values.mails), (line) => process.stderr.write(`  ${line}\n`));
process.stdout.write(`${folder}\n`);
