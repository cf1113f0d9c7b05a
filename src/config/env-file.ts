/** `.env`, and the values in it that end where nobody meant them to. */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

export const readEnvFile = (file: string): Environment => parseEnv(textOf(file));

/** Without quotes a `#` begins a comment wherever it stands, and the rest of a password is lost without a word. */
export function cutValues(file: string): string[] {
  const text = textOf(file);
  const values: Environment = parseEnv(text);
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*([^\s"'`#][^#]*)#(?!\s)/.exec(line);
    const [, name = '', kept = ''] = found ?? [];
    return found && !/\s$/.test(kept) && values[name] === kept ? [name] : [];
  });
}
