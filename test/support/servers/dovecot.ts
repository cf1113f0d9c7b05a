import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, remove, type Server, scratch, startServer, untilOpen } from '../process.ts';
import { findProgram, lineToType } from './debian.ts';

export type StoredMail = { file: string; folder: string; flags: string[]; raw: Buffer };
export type TestDovecot = {
  host: string;
  port: number;
  password: string;
  /** A user nobody had before, with an empty INBOX. */
  freshUser(): string;
  url(user: string): string;
  /** As a delivery agent does it: written into tmp, then renamed into new. Gives the file's base name. */
  deliver(user: string, raw: Buffer | string, folder?: string): string;
  /** All at once: written first, then renamed in a row, so that the server tells of them together. */
  deliverAll(user: string, raws: readonly (Buffer | string)[]): void;
  /** What lies in a folder, oldest first, with IMAP flags such as `\Seen`; keywords are not read. */
  mails(user: string, folder?: string): StoredMail[];
  /** Takes the mailbox away, so that the next login sees another UIDVALIDITY. */
  forget(user: string): void;
  log(): string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const flagLetters: Record<string, string> = {
  S: '\\Seen',
  R: '\\Answered',
  F: '\\Flagged',
  T: '\\Deleted',
  D: '\\Draft',
};

/** Root has Dovecot's own users do the log-in work; anybody else does all of it as themselves, without chroot. */
function ownUserSettings(): string {
  const me = userInfo().username;
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const services = ['imap-login', 'anvil', 'stats', 'log', 'auth', 'imap', 'config', 'auth-worker'];
  return [
    `default_login_user = ${me}`,
    `default_internal_user = ${me}`,
    `default_internal_group = ${group}`,
    ...services.map((name) => `service ${name} {\n  chroot =\n  user = ${me}\n}`),
  ].join('\n');
}

/** A private Dovecot 2.3 on a loopback port: any user, password `secret`, one Maildir each. */
export async function startDovecot(extra = ''): Promise<TestDovecot> {
  const program = findProgram('dovecot');
  if (!program) throw new Error(`no Dovecot here. Type: ${lineToType(['dovecot-imapd'])}`);
  const asRoot = process.getuid?.() === 0;
  const idOf = (flag: string) => Number(execFileSync('id', asRoot ? [flag, 'mail'] : [flag], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  const folder = scratch('dovecot');
  const homes = join(folder, 'home');
  mkdirSync(homes);
  if (asRoot) chownSync(homes, uid, gid);
  const port = await freePort();
  const configuration = join(folder, 'dovecot.conf');
  writeFileSync(
    configuration,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
auth_failure_delay = 0
mail_location = maildir:~/Maildir
first_valid_uid = 1
mail_privileged_group =
mail_max_userip_connections = 200
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${homes}/%u
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${asRoot ? '' : ownUserSettings()}
${extra}
`,
  );

  const own = (path: string) => {
    if (asRoot) chownSync(path, uid, gid);
  };
  const maildir = (user: string, name = 'INBOX') => {
    const box = join(homes, user, 'Maildir', ...(name === 'INBOX' ? [] : [`.${name}`]));
    for (const path of [
      join(homes, user),
      join(homes, user, 'Maildir'),
      box,
      ...['tmp', 'new', 'cur'].map((sub) => join(box, sub)),
    ]) {
      if (existsSync(path)) continue;
      mkdirSync(path);
      own(path);
    }
    return box;
  };
  let server: Server | null = null;
  const start = async () => {
    const fresh = startServer(program, ['-F', '-c', configuration]);
    server = fresh;
    try {
      await untilOpen(port, () => !fresh.alive());
    } catch (error) {
      const log = existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';
      throw new Error(`Dovecot does not start:\n${log}`, { cause: error });
    }
  };
  await start();
  let count = 0;
  return {
    host: '127.0.0.1',
    port,
    password: 'secret',
    freshUser() {
      count += 1;
      const user = `user${count}-${process.pid}`;
      maildir(user);
      return user;
    },
    url: (user) => `imap://${user}:secret@127.0.0.1:${port}/INBOX`,
    deliver(user, raw, name) {
      count += 1;
      const box = maildir(user, name);
      const file = `${Math.floor(Date.now() / 1000)}.M${count}P${process.pid}.test`;
      writeFileSync(join(box, 'tmp', file), raw);
      own(join(box, 'tmp', file));
      renameSync(join(box, 'tmp', file), join(box, 'new', file));
      return file;
    },
    deliverAll(user, raws) {
      const box = maildir(user);
      const files = raws.map((raw) => {
        count += 1;
        const file = `${Math.floor(Date.now() / 1000)}.M${count}P${process.pid}.test`;
        writeFileSync(join(box, 'tmp', file), raw);
        own(join(box, 'tmp', file));
        return file;
      });
      for (const file of files) renameSync(join(box, 'tmp', file), join(box, 'new', file));
    },
    mails(user, name) {
      const box = maildir(user, name);
      const order = (file: string) => Number(/\.M(\d+)P/.exec(file)?.[1] ?? 0);
      const look = () =>
        ['new', 'cur']
          .flatMap((folderOfMail) =>
            readdirSync(join(box, folderOfMail)).map((file) => ({ file, folder: folderOfMail })),
          )
          .map((mail) => ({
            ...mail,
            flags: [...(/:2,([A-Z]*)/.exec(mail.file)?.[1] ?? '')].flatMap((letter) => flagLetters[letter] ?? []),
            raw: readFileSync(join(box, mail.folder, mail.file)),
          }))
          .sort((a, b) => order(a.file) - order(b.file));
      // The server renames a file with its flags: between the listing and the reading one may have another name.
      for (let tries = 0; ; tries += 1) {
        try {
          return look();
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries > 50) throw error;
        }
      }
    },
    forget(user) {
      remove(join(homes, user));
      maildir(user);
    },
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    async kill() {
      await server?.kill();
    },
    restart: start,
    async stop() {
      await server?.stop();
      remove(folder);
    },
  };
}
