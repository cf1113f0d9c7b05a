/** POLICY §3 "Held mail": the cause is mended, by whatever way, and the mails that this lets in are found and offered. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { openHeldDesk } from '../../../src/flows/mail/held-desk.ts';
import { tryHeld, tryHeldByClock } from '../../../src/flows/mail/held-trials.ts';
import { command, refuseHeld } from '../../support/acts/held.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

type Started = Awaited<ReturnType<typeof startApp>>;
let postern: Started;
beforeAll(async () => {
  postern = await startApp();
}, 60_000);
afterAll(() => postern.stop());
beforeEach(() => postern.anew(registrySql));

const desk = () => openHeldDesk(postern.app);
const letIn = async () => (await desk().letIn({ look: true })).mails;

/** Hands it in and waits until it is held; returns its id. */
async function heldAs(outcome: string, from: string, subject: string): Promise<string> {
  const headers = `Authentication-Results: mx.desk.example; dmarc=pass header.from=${from.split('@')[1]}`;
  await postern.handIn(mail({ subject, from, headers }), from);
  const found = () =>
    postern.query<{ id: string; outcome: string }>('select id, outcome from mails where subject = $1', [subject]);
  await postern.until(`${subject} is decided`, async () => (await found())[0]?.outcome != null);
  const [row] = await found();
  expect(row?.outcome).toBe(outcome);
  return row?.id ?? '';
}
const done = async (act: string, input: unknown) => {
  const outcome = await perform<string>(postern.app, { act, input, by: command });
  expect(outcome).toMatchObject({ kind: 'done' });
};

describe('what kept a mail is mended', () => {
  it('by a contact who is added: their mails are offered, others are not, and what was offered becomes a case', async () => {
    const nora = await heldAs('held-unregistered', 'nora@aldous.example', 'PIN 345 The vault is shut');
    await heldAs('held-unregistered', 'zoe@aldous.example', 'PIN 345 The vault is open');
    await heldAs('held-unknown', 'nora@aldous.example', 'Good morning');
    expect(await letIn()).toEqual([]);
    await done('add-contact', {
      site: '1000345',
      address: 'nora@aldous.example',
      name: 'Nora Eck',
      role: 'authorized user',
    });
    expect(await letIn()).toEqual([nora]);
    expect(await desk().trials([nora])).toMatchObject([{ mail: nora, outcome: 'case-opened', opens: { severity: 3 } }]);
    await done('replay-mail', { mail: nora });
    const [row] = await postern.query('select outcome from mails where id = $1', [nora]);
    expect(row?.outcome).toBe('case-opened');
    expect(await letIn()).toEqual([]);
  });

  it('by a PIN that comes on record: the mail of a contact who has named it is offered', async () => {
    const max = await heldAs('held-pin-needed', 'max@aldous.example', 'PIN 7770 The vault is shut');
    await heldAs('held-pin-needed', 'ada@aldous.example', 'The vault is shut and I name none');
    expect(await letIn()).toEqual([]);
    await done('put-site', { site: '1000345', entry: { pin: '7770' } });
    expect(await letIn()).toEqual([max]);
  });

  it('and each is tried once for what the registry has', async () => {
    await heldAs('held-unknown', 'nora@aldous.example', 'Good morning, all');
    expect(await tryHeld(postern.app.intake())).toBe(0);
    await done('add-contact', {
      site: '1000345',
      address: 'nora@aldous.example',
      name: 'Nora Eck',
      role: 'authorized user',
    });
    expect(await tryHeld(postern.app.intake())).toBe(1);
    expect(await tryHeld(postern.app.intake())).toBe(0);
    await done('set-role', { site: '1000345', address: 'nora@aldous.example', role: 'technical contact' });
    expect(await tryHeldByClock(postern.app.intake())).toBe(1);
  });

  it('but what is refused is offered to nobody, and nothing of it is kept', async () => {
    const nora = await heldAs('held-unregistered', 'nora@aldous.example', 'PIN 345 The vault is stuck');
    await done('add-contact', {
      site: '1000345',
      address: 'nora@aldous.example',
      name: 'Nora Eck',
      role: 'authorized user',
    });
    expect(await letIn()).toEqual([nora]);
    await refuseHeld(postern.app, nora);
    expect(await letIn()).toEqual([]);
    await tryHeldByClock(postern.app.intake());
    expect(await postern.query('select mail_id from held_trials')).toEqual([]);
    await done('hold-again', { mail: nora });
    expect(await letIn()).toEqual([nora]);
  });
});
