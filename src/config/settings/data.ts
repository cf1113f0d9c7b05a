/** Where data and queues are kept. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readUrl, type Source } from './source.ts';
import type { Settings } from './types.ts';

export function readData(
  { need, env, faults }: Source,
  folder: string,
  isDemo: boolean,
): Pick<Settings, 'dataFolder' | 'databaseUrl' | 'redisUrl'> {
  const dataFolder = resolve(folder, env.POSTERN_DATA || '.postern');
  if (need !== 'command' && !isDemo && !env.DATABASE_URL && existsSync(join(dataFolder, 'demo.env')))
    faults.add(
      'POSTERN_DATA',
      `${dataFolder} holds the data of a demo, whose customers are made up; set POSTERN_DATA to another folder, or delete this one`,
    );
  const databaseUrl = readUrl(faults, 'DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']);
  const redisUrl = readUrl(faults, 'REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']);
  return {
    dataFolder,
    databaseUrl: databaseUrl ? (env.DATABASE_URL ?? null) : null,
    redisUrl: redisUrl ? (env.REDIS_URL ?? null) : null,
  };
}
