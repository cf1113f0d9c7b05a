/** `postern contact export ADDRESS --to FOLDER` (POLICY §11.5). */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exportPerson as exported, isHeldOf } from '../../flows/contacts/export-person.ts';
import { withApp } from '../open.ts';
import { fail, print } from '../output/terminal.ts';

/** Nothing that lies there is written over. */
const isFree = (folder: string): boolean =>
  !existsSync(folder) || (statSync(folder).isDirectory() && readdirSync(folder).length === 0);

export async function exportPerson(address: string, { to }: { to: string }): Promise<void> {
  const folder = resolve(to);
  if (!/^\S+@\S+$/.test(address)) return fail(`${address} is no address, such as ada@aldous.example.`);
  if (!isFree(folder)) return fail(`${folder} is not an empty folder: name one with --to that is not there yet.`);
  await withApp(async (app) => {
    const { files, ...held } = await exported(app, address);
    if (!isHeldOf(held)) return fail(`Nothing is held of ${address}.`);
    // Only whoever asked for it may read it.
    for (const part of ['', 'mails', 'letters']) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
    const write = (name: string, bytes: string | Uint8Array) =>
      writeFileSync(join(folder, name), bytes, { mode: 0o600 });
    write('person.json', `${JSON.stringify(held, null, 2)}\n`);
    let count = 0;
    for await (const { name, bytes } of files()) {
      write(name, bytes);
      count += 1;
    }
    print(`${folder}: person.json, and ${count} of ${held.mails.length + held.letters.length} mails and letters.`);
    print('What is sealed because it tells a secret, and what is past its time, has its line in person.json only.');
  });
}
