import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Inbox, startInbox } from '../../../workers/inbox.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let inbox: Inbox;
let user = '';

beforeAll(async () => {
  dovecot = await startDovecot();
  user = await dovecot.freshUser();
  for (let i = 1; i <= 500; i += 1) await dovecot.deliver(user, mail({ subject: `PIN 345 Old mail ${i}` }));
  postern = await startApp({ IMAP_URL: dovecot.url(user) });
  await postern.query(registrySql);
  inbox = await startInbox(postern.app);
  await postern.until(
    'the first sight',
    async () => (await postern.query('select from mailboxes where watermark is not null')).length === 1,
  );
});
afterAll(async () => {
  await inbox?.close();
  await postern?.stop();
  await dovecot?.stop();
});

describe('a mailbox is watched', () => {
  it('leaves the 500 mails that were there at its first sight unanswered', async () => {
    await new Promise((done) => setTimeout(done, 1_500));
    expect(await postern.query('select from mails')).toEqual([]);
    expect(postern.sink.letters).toEqual([]);
  });

  it('makes cases of new mails, acknowledges them, flags them and deletes nothing', async () => {
    for (let i = 1; i <= 5; i += 1) await dovecot.deliver(user, mail({ subject: `PIN 345 New mail ${i}` }));
    await postern.until('five acknowledgements', async () => postern.sink.letters.length === 5, 40);
    expect(await postern.query(`select count(*)::int as n from cases where title like 'New mail %'`)).toEqual([
      { n: 5 },
    ]);
    await postern.until(
      'the flags',
      async () => (await dovecot.mails(user)).filter((one) => one.flags.includes('\\Seen')).length === 5,
      20,
    );
    expect((await dovecot.mails(user)).length).toBe(505);
  });

  it('goes on by itself when the IMAP server comes back', async () => {
    await dovecot.kill();
    await dovecot.restart();
    await dovecot.deliver(user, mail({ subject: 'PIN 345 After the restart' }));
    await postern.until('the acknowledgement', async () => postern.sink.letters.length === 6, 60);
  });
});
