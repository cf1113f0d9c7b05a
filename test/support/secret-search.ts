/**
 * Looks for secrets wherever Postern leaves bytes: as they are, in hex, in base64 and its URL form, percent-encoded, and within what
 * was packed. Nothing is found by name: what is searched for is the secret itself.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { TestRedis } from './servers/redis.ts';

type Query = (text: string) => Promise<Record<string, unknown>[]>;
/** What lies where: the name of a place, and everything in it as text in upper case. */
export type Places = Map<string, string>;

const unpackers = [gunzipSync, inflateSync, inflateRawSync, brotliDecompressSync];
function unpacked(bytes: Buffer): string[] {
  return unpackers.flatMap((unpack) => {
    try {
      return [unpack(bytes, { maxOutputLength: 2 ** 22 }).toString('latin1')];
    } catch {
      return [];
    }
  });
}

/** Everything that can be read out of a text: itself, what is base64 or hex in it, and what is packed in that. */
export function readable(text: string): string {
  const decoded = [...text.matchAll(/[0-9A-Za-z+/_-]{12,}={0,2}/g)].flatMap(([run]) => {
    const bytes = Buffer.from(run, 'base64');
    return [bytes.toString('latin1'), Buffer.from(run, 'hex').toString('latin1'), ...unpacked(bytes)];
  });
  const joined = text.replace(/=\r?\n|\\r\\n|\r?\n(?=[0-9A-Za-z+/=]{20})/g, '');
  const wrapped = [...joined.matchAll(/[0-9A-Za-z+/]{60,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [text, joined, ...decoded, ...wrapped].join('\n').toUpperCase();
}

/** Every row of every table of every schema, queues included. */
export async function databasePlaces(query: Query): Promise<Places> {
  const tables = await query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const places: Places = new Map();
  for (const { name } of tables) {
    const values = (await query(`select * from ${name}`)).flatMap((row) => Object.values(row));
    const text = values
      .map((one) =>
        Buffer.isBuffer(one) ? [one.toString('latin1'), ...unpacked(one)].join('\n') : JSON.stringify(one),
      )
      .join('\n');
    places.set(String(name), readable(text));
  }
  return places;
}

const readerOf: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['get', key],
  hash: (key) => ['hgetall', key],
  list: (key) => ['lrange', key, '0', '-1'],
  set: (key) => ['smembers', key],
  zset: (key) => ['zrange', key, '0', '-1', 'withscores'],
  stream: (key) => ['xrange', key, '-', '+'],
};

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));

/**
 * Every key with its value, and the bytes of the files. Start it with `aof-use-rdb-preamble: no`: then the append-only file holds
 * in clear whatever was ever written, deleted or not.
 */
export function redisPlaces(redis: TestRedis): Places {
  const places: Places = new Map();
  for (const key of redis.command('--scan').split('\n').filter(Boolean)) {
    const read = readerOf[redis.command('type', key)];
    places.set(`redis ${key}`, readable(`${key}\n${read ? redis.command(...read(key)) : ''}`));
  }
  const folder = redis.command('config', 'get', 'dir').split('\n')[1] ?? '';
  for (const file of files(folder)) places.set(`redis file ${file}`, readable(readFileSync(file, 'latin1')));
  return places;
}

/** The ways in which it may stand somewhere. */
function written(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const ways = [
    secret,
    secret.replaceAll('-', ''),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  return ways.map((way) => way.toUpperCase());
}

export const placesWith = (places: Places, secret: string): string[] => {
  if (secret.length < 8) throw new Error('too short to be told from chance');
  return [...places].filter(([, text]) => written(secret).some((way) => text.includes(way))).map(([name]) => name);
};
