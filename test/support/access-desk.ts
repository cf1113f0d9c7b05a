/** A Postern whose mail comes by IMAP and leaves by SMTP, with two sites whose people decide who gets access, and a clock that is moved. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageIdAtRest } from '../../src/mail/subject/thread-token.ts';
import { clockJobs } from '../../workers/clock-jobs.ts';
import { startInbox } from '../../workers/inbox.ts';
import { registrySql, startApp } from './app.ts';
import { decoded } from './mails/gateway.ts';
import { scratch } from './process.ts';
import { startDovecot } from './servers/dovecot.ts';

export const desk = { support: 'support@desk.example', access: 'access@desk.example', care: 'cara@desk.example' };

/** Site 1000345 is Ada's, with Tom as its technical contact, who decides as well; 2000345 is Uta's in Berlin; 3000345 has nobody who decides. */
const people = `
insert into contacts (site_id, name, role, types, position) values
 (1, 'Tom Hale', 'technical contact', '{}', 3),
 (1, 'Sam Reed', 'authorized user', '{site technical}', 4);
insert into contact_addresses (site_id, contact_id, address, main) values
 (1, 3, 'tom@aldous.example', true), (1, 4, 'sam@aldous.example', true);
insert into sites (number, name, country, timezone, language) values
 ('2000345', 'Brandt Werke', 'DE', 'Europe/Berlin', 'de'), ('3000345', 'Corbel Sons', 'GB', 'Europe/London', 'en');
insert into contacts (site_id, name, role, types, position) values
 (2, 'Uta Brandt', 'primary', '{primary}', 1), (3, 'Lou Corbel', 'licence user', '{}', 1);
insert into contact_addresses (site_id, contact_id, address, main) values
 (2, 5, 'uta@brandt.example', true), (3, 6, 'lou@corbel.example', true);`;

const settings = `
staff:
  - { name: Kim Oster, email: kim@desk.example, roles: [engineer], hours: always }
  - { name: Cara Lind, email: ${desk.care}, roles: [client care], hours: always }
`;

export type Sent = { readonly id: string; readonly subject: string; readonly messageId: string; readonly text: string };
export type Written = {
  readonly from: string;
  readonly to?: string;
  readonly subject: string;
  readonly body: string;
  /** What it answers. */
  readonly answers?: Sent;
  /** Above all others; what the operator's mail server has found of the sender, where it is left out. */
  readonly headers?: readonly string[];
  readonly id?: string;
};
export type AccessDesk = Awaited<ReturnType<typeof startAccessDesk>>;

const addressIn = (from: string): string => /<(.*)>/.exec(from)?.[1] ?? from;
export const verified = (from: string): string =>
  `Authentication-Results: mx.desk.example; dmarc=pass header.from=${addressIn(from).split('@')[1]}`;

let mails = 0;
export function written({ from, to = desk.support, subject, body, answers, headers, id }: Written): string {
  mails += 1;
  return [
    ...(headers ?? [verified(from)]),
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${id ?? `<access-${process.pid}-${mails}@${addressIn(from).split('@')[1]}>`}`,
    `Date: ${new Date().toUTCString()}`,
    ...(answers ? [`In-Reply-To: ${answers.messageId}`, `References: ${answers.messageId}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ].join('\r\n');
}

/** `mailbox`: mail comes by IMAP; else by SMTP, which is cheaper. `policy`: a line of the operator's file. */
export async function startAccessDesk({ mailbox = false, policy = '' } = {}) {
  const folder = scratch('access-desk');
  const file = join(folder, 'postern.yaml');
  writeFileSync(file, `${settings}${policy}\n`);
  const dovecot = mailbox ? await startDovecot() : null;
  const user = dovecot?.freshUser() ?? '';
  const app = await startApp({
    ...{ POSTERN_CONFIG: file, ACCESS_ADDRESS: desk.access },
    ...(dovecot && { IMAP_URL: dovecot.url(user) }),
  });
  await app.query(registrySql + people);
  const inbox = dovecot ? await startInbox(app.app) : null;
  if (dovecot) {
    const seen = 'select from mailboxes where watermark is not null';
    await app.until('the first sight', async () => (await app.query(seen)).length === 1);
  }
  const take = async (raw: string) => {
    if (dovecot) dovecot.deliver(user, raw);
    else await app.handIn(raw, addressIn(/^From: (.*)\r$/m.exec(raw)?.[1] ?? ''), desk.support);
  };
  const decision = async (id: string) =>
    (
      await app.query<{ outcome: string; reason: string; rule: string }>(
        `select m.outcome, m.reason, d.rule from mails m
         left join lateral (select rule from decisions d where d.mail_id = m.id order by d.id desc limit 1) d on true
         where m.message_id = $1 and m.state = 'decided' order by m.id desc`,
        [id],
      )
    )[0];
  /** Writes a mail, and waits until it is decided. */
  const write = async (mail: Written) => {
    mails += 1;
    const id = mail.id ?? `<access-${process.pid}-${mails}-w@${addressIn(mail.from).split('@')[1]}>`;
    await take(written({ ...mail, id }));
    await app.until(`the decision on ${mail.subject}`, async () => (await decision(id)) !== undefined, 40);
    return (await decision(id)) as { outcome: string; reason: string; rule: string };
  };
  /** Letters as they went out, oldest first: a token stands in no row. */
  const lettersTo = async (to: string, template?: string): Promise<Sent[]> => {
    const rows = await app.query<{ messageId: string }>(
      `select message_id as "messageId" from letters
       where to_address = $1 and ($2::text is null or template = $2) and state = 'sent' order by id`,
      [to, template ?? null],
    );
    const sent = new Map(
      app.sink.letters.map(({ raw }) => {
        const head = raw.toString('latin1');
        const messageId = /^Message-ID:\s+(<[^>]*>)/im.exec(head)?.[1] ?? '';
        const subject = /^Subject: (.*(?:\r\n .*)*)\r$/m.exec(head)?.[1] ?? '';
        return [messageIdAtRest(messageId), { id: messageId, subject, messageId, text: decoded(raw) }] as const;
      }),
    );
    return rows.flatMap(({ messageId }) => sent.get(messageId) ?? []);
  };
  /** The newest of that kind, once there are `count`. */
  const letter = async (to: string, template: string, count = 1): Promise<Sent> => {
    await app.until(`${count} ${template} to ${to}`, async () => (await lettersTo(to, template)).length >= count, 12);
    return (await lettersTo(to, template)).at(-1) as Sent;
  };
  /** What is due on requests is done, as the clock does it. */
  const tick = async () => {
    const due = 'select from access_requests where timer_at <= now()';
    const job = clockJobs(app.app).find(({ name }) => name === 'access-requests');
    for (let round = 0; round < 8 && (await app.query(due)).length > 0; round += 1) await job?.run();
  };
  return {
    ...app,
    write,
    take,
    decision,
    lettersTo,
    letter,
    tick,
    steps: async (address: string) =>
      (
        await app.query<{ kind: string }>(
          `select t.kind from access_request_steps t join access_requests r on r.id = t.request_id
           where r.address = $1 order by t.id`,
          [address],
        )
      ).map(({ kind }) => kind),
    /** So much time goes by for what stands on requests. */
    async pass(interval: string) {
      await app.query('update access_request_steps set at = at - $1::interval', [interval]);
      await app.query('update access_requests set timer_at = timer_at - $1::interval', [interval]);
      await tick();
    },
    async stop() {
      await inbox?.close();
      await app.stop();
      await dovecot?.stop();
    },
  };
}
