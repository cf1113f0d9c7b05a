/** A process that opens the embedded database, says so on a line of JSON, and closes it when its input ends: `folder hold`. */
import { silentLog } from '../../../src/foundation/log.ts';
import { openEmbedded } from '../../../src/store/embedded.ts';

const [dataFolder = '', hold = 'join'] = process.argv.slice(2);
const said: string[] = [];
const tell = (message: unknown): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};
try {
  const options = {
    dataFolder,
    hold: hold === 'start' ? 'start' : 'join',
    say: (line: string) => said.push(line),
    log: silentLog,
  } as const;
  const { close, ...opened } = await openEmbedded(options);
  tell({ ...opened, said });
  process.stdin.on('end', () => void close().then(() => process.exit(0)));
  process.stdin.resume();
} catch (error) {
  tell({ code: (error as { code?: string }).code, message: (error as Error).message });
  process.exit(1);
}
