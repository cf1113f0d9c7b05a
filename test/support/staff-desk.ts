/** A Postern with people who answer by mail, and customers whose cases are theirs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mail, registrySql, startApp } from './app.ts';
import { decoded } from './mails/gateway.ts';
import { scratch } from './process.ts';

export const kim = 'kim@desk.example';
export const lea = 'lea@desk.example';
export const ada = 'ada@aldous.example';

const people = (delay: number) => `
staff:
  - { name: Kim Oster, email: ${kim}, roles: [engineer, manager], hours: always }
  - { name: Lea Brandt, email: ${lea}, roles: [engineer], hours: always }
  - { name: Rob Vale, email: rob@desk.example, roles: [renewal representative], hours: always }
staffDelay: ${delay}
policy: { ownerToldAfterSeconds: 0 }
`;

export const verified = (domain = 'desk.example') =>
  `Authentication-Results: mx.desk.example; dmarc=pass header.from=${domain}`;

export type StaffDesk = Awaited<ReturnType<typeof startStaffDesk>>;

export async function startStaffDesk({ delay = 0 } = {}) {
  const folder = scratch('staff-desk');
  const file = join(folder, 'postern.yaml');
  writeFileSync(file, people(delay));
  const app = await startApp({ POSTERN_CONFIG: file });
  await app.query(registrySql);
  const lettersTo = async (to: string, template: string) =>
    app.query<{ id: string; subject: string; messageId: string; raw: Buffer; state: string; asks: unknown }>(
      `select id::text, subject, message_id as "messageId", raw, state, asks
       from letters where to_address = $1 and template = $2 order by letters.id`,
      [to, template],
    );
  let n = 0;
  return {
    ...app,
    lettersTo,
    text: (letter: { raw: Buffer }) => decoded(letter.raw),
    /** A case of Ada's that is `owner`'s, and the notification about it that the owner got. */
    async ownedCase(owner: string, subject: string) {
      n += 1;
      const id = `<first-${n}-${process.pid}@aldous.example>`;
      await app.handIn(mail({ subject: `PIN 345 ${subject}`, id, headers: verified('aldous.example') }));
      const found = () =>
        app.query<{ number: string }>(
          'select c.number from cases c join mails m on m.id = c.opened_by_mail where m.message_id = $1',
          [id],
        );
      await app.until('the case', async () => (await found()).length > 0);
      const [{ number } = { number: '' }] = await found();
      await app.query('update cases set owner = $1, version_no = version_no + 1 where number = $2', [owner, number]);
      await app.handIn(
        mail({
          subject: `Re: [Case ${number}] ${subject}`,
          body: `It stops again, in step ${n}.`,
          headers: verified('aldous.example'),
        }),
      );
      const notices = async () =>
        (await lettersTo(owner, 'case-notice')).filter(
          (one) => one.subject.includes(`[Case ${number}]`) && one.state === 'sent',
        );
      await app.until('the notification', async () => (await notices()).length > 0, 40);
      const [notice] = await notices();
      if (!notice) throw new Error('no notification');
      return { number, notice, first: id };
    },
    /** Hands in an answer; gives the mail's Message-ID. */
    async answer(given: {
      from?: string;
      to?: string;
      inReplyTo?: string | null;
      subject: string;
      body: string;
      headers?: string;
      id?: string;
      envelope?: string;
    }): Promise<string> {
      n += 1;
      const id = given.id ?? `<answer-${n}-${process.pid}@desk.example>`;
      const threads =
        given.inReplyTo === null || given.inReplyTo === undefined ? [] : [`In-Reply-To: ${given.inReplyTo}`];
      await app.handIn(
        mail({
          from: given.from ?? `Kim Oster <${kim}>`,
          subject: given.subject,
          body: given.body,
          id,
          headers: [given.headers ?? verified(), ...threads].filter(Boolean).join('\n'),
        }),
        given.envelope ?? kim,
      );
      return id;
    },
    async decided(id: string) {
      const rows = () =>
        app.query<{ id: string; outcome: string; reason: string; case: string | null }>(
          `select m.id::text, m.outcome, m.reason, c.number as case from mails m left join cases c on c.id = m.case_id
           where m.message_id = $1 and m.state = 'decided' order by m.id desc`,
          [id],
        );
      await app.until(`the decision on ${id}`, async () => (await rows()).length > 0);
      return (await rows())[0] as { id: string; outcome: string; reason: string; case: string | null };
    },
  };
}
