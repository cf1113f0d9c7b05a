/**
 * Attacks on answers by mail (POLICY §3.r6): whatever is tried, nothing reaches a customer, nothing changes on a case, and each mail is on
 * record with what became of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ada, kim, lea, type StaffDesk, startStaffDesk, verified } from '../../support/staff-desk.ts';

let desk: StaffDesk;
type Owned = Awaited<ReturnType<StaffDesk['ownedCase']>>;
let ofKim: Owned;
let other: Owned;
let ofLea: Owned;
let done: { id: string; subject: string; body: string };

const evil = 'Please wire the money to account 666.';
/** What a mail of a customer or a stranger brings about by itself. */
const harmless = ['updated', 'owner-told', 'staff-answered', 'participant-left'];

type Given = Parameters<StaffDesk['answer']>[0];
type Attack = {
  /** What becomes of the mail. */
  readonly outcome: string;
  readonly mail: () => Partial<Given> & { readonly body?: string };
};
/** In all else it is Kim's good answer to Kim's notification. */
const good = (more: Partial<Given> = {}): Given => ({
  from: `Kim Oster <${kim}>`,
  subject: `Re: ${ofKim.notice.subject}`,
  inReplyTo: ofKim.notice.messageId,
  body: evil,
  headers: verified(),
  ...more,
});
const held = (mail: Attack['mail']): Attack => ({ outcome: 'held-staff-answer', mail });
const unknown = (mail: Attack['mail']): Attack => ({ outcome: 'held-unknown', mail });
const unauthenticated = (mail: Attack['mail']): Attack => ({ outcome: 'held-unauthenticated', mail });
const commands = [
  'TAKE',
  'ASSIGN lea@desk.example',
  'CLOSE',
  'SOLVED',
  'ESCALATE',
  'SEVERITY 1',
  'KIND defect 7',
  'WAIT 5',
  'NOTE',
  'CANCEL',
  'SEND',
];
const spliced = (a: string, b: string): string => `${a.slice(0, a.length / 2)}${b.slice(a.length / 2)}`;
const results = (line: string) => `Authentication-Results: mx.desk.example; ${line}`;

const attacks: Readonly<Record<string, Attack>> = {
  // Whose it is.
  'a forged sender, nothing checked': held(() => ({ headers: '' })),
  'a forged sender, DMARC failed and the domain asks for nothing': held(() => ({
    headers: results('dmarc=fail (p=none) header.from=desk.example'),
  })),
  'a forged sender, DMARC failed and the domain rejects': unauthenticated(() => ({
    headers: results('dmarc=fail (p=reject) header.from=desk.example'),
  })),
  'SPF alone': held(() => ({ headers: results('spf=pass smtp.mailfrom=desk.example') })),
  'a signature of another domain': held(() => ({ headers: results('dkim=pass header.d=evil.example') })),
  'a verdict by another server': held(() => ({
    headers: 'Authentication-Results: mx.evil.example; dmarc=pass header.from=desk.example',
  })),
  'a verdict below that of our server': held(() => ({
    headers: `${results('dmarc=none header.from=desk.example')}\n${verified()}`,
  })),
  'a verdict about another domain': held(() => ({ headers: verified('evil.example') })),
  'ARC alone': held(() => ({
    headers: 'ARC-Authentication-Results: i=1; mx.desk.example; dmarc=pass header.from=desk.example',
  })),
  'a verdict within a comment': held(() => ({ headers: results('spf=none (dmarc=pass header.from=desk.example)') })),
  'two From lines': unauthenticated(() => ({ headers: `${verified()}\nFrom: Ada <${ada}>` })),
  'two addresses in From': unauthenticated(() => ({ from: `Kim <${kim}>, Ada <${ada}>` })),
  'a From that is no plain address': unauthenticated(() => ({ from: `${kim} (Kim) <x>` })),
  'no From': unauthenticated(() => ({ from: '' })),
  'the display name of ours at an address of theirs': {
    outcome: 'held-staff-answer',
    mail: () => ({ from: `"Kim Oster ${kim}" <kim@evil.example>`, headers: verified('evil.example') }),
  },
  'the address of ours as a display name': held(() => ({
    from: `"${kim}" <kim@gmail.example>`,
    headers: verified('gmail.example'),
  })),
  'a Cyrillic letter in the domain': held(() => ({
    from: 'Kim <kim@dеsk.example>',
    headers: verified('xn--dsk-5cd.example'),
  })),
  'a Greek letter in the name': { outcome: 'held-staff-answer', mail: () => ({ from: 'Kim <κim@desk.example>' }) },
  'a Kelvin sign in the name': { outcome: 'held-staff-answer', mail: () => ({ from: 'Kim <\u212aim@desk.example>' }) },
  'full-width letters in the name': {
    outcome: 'held-staff-answer',
    mail: () => ({ from: 'Kim <ｋｉｍ@desk.example>' }),
  },
  'a plus address of ours': held(() => ({ from: `Kim <kim+evil@desk.example>` })),
  'a domain below ours': held(() => ({ from: 'Kim <kim@sub.desk.example>', headers: verified('sub.desk.example') })),
  'a domain that begins like ours': held(() => ({
    from: 'Kim <kim@desk.example.evil.example>',
    headers: verified('desk.example.evil.example'),
  })),
  'ours in Sender, theirs in From': held(() => ({
    from: 'Eve <eve@evil.example>',
    headers: `${verified('evil.example')}\nSender: ${kim}`,
  })),
  'ours in Reply-To, theirs in From': held(() => ({
    from: 'Eve <eve@evil.example>',
    headers: `${verified('evil.example')}\nReply-To: ${kim}`,
  })),
  'ours in Resent-From, theirs in From': held(() => ({
    from: 'Eve <eve@evil.example>',
    headers: `${verified('evil.example')}\nResent-From: ${kim}`,
  })),
  'ours in the envelope alone': held(() => ({
    from: 'Eve <eve@evil.example>',
    headers: verified('evil.example'),
    envelope: kim,
  })),
  'an encoded display name that shows ours': held(() => ({
    from: `=?UTF-8?B?${Buffer.from(`Kim <${kim}>`).toString('base64')}?= <eve@evil.example>`,
    headers: verified('evil.example'),
  })),
  'an encoded address of ours': {
    outcome: 'held-unauthenticated',
    mail: () => ({ from: `=?UTF-8?Q?kim=40desk.example?=` }),
  },
  // Whose token it is.
  'the token of a colleague': held(() => ({
    inReplyTo: ofLea.notice.messageId,
    subject: `Re: ${ofLea.notice.subject}`,
  })),
  'a colleague with the token of somebody else': held(() => ({ from: `Lea <${lea}>`, envelope: lea })),
  'staff of another role with the token of an engineer': held(() => ({ from: 'Rob <rob@desk.example>' })),
  'somebody of the domain who is no staff': held(() => ({ from: 'Eve <eve@desk.example>' })),
  'no token, the number of the case in brackets': held(() => ({ inReplyTo: null })),
  'no token, the bare number of the case': unknown(() => ({
    inReplyTo: null,
    subject: `Case ${ofKim.number}: an answer`,
  })),
  'no token, in answer to the mail of the customer': unknown(() => ({
    inReplyTo: ofKim.first,
    subject: 'Re: Workflow',
  })),
  'no token, with the PIN of the site': held(() => ({ inReplyTo: null, subject: 'PIN 345 An answer' })),
  'a token that was changed by a digit': held(() => ({
    inReplyTo: ofKim.notice.messageId.replace(/.(?=@)/, (c) => (c === '0' ? '1' : '0')),
  })),
  'a token whose half is that of another': held(() => ({
    inReplyTo: spliced(ofKim.notice.messageId, other.notice.messageId),
    subject: `Re: ${other.notice.subject}`,
  })),
  'the token of one case, the number of another': held(() => ({ subject: `Re: [Case ${other.number}] Workflow` })),
  'the tokens of two cases': held(() => ({
    headers: `${verified()}\nReferences: ${other.notice.messageId} ${ofKim.notice.messageId}`,
  })),
  'the token of an acknowledgement': held(() => ({
    inReplyTo: 'acknowledgement',
    subject: `Re: [Case ${ofKim.number}] Workflow`,
  })),
  'the token in the text alone': held(() => ({ inReplyTo: null, body: `${evil}\n\n${ofKim.notice.messageId}` })),
  'somebody who has left': held(() => ({ from: 'Gone <gone@desk.example>', inReplyTo: 'gone' })),
  // Customers.
  'a customer who answers a forwarded notification acts by no command': {
    outcome: 'case-updated',
    mail: () => ({
      from: `Ada <${ada}>`,
      headers: verified('aldous.example'),
      envelope: ada,
      body: 'ASSIGN lea@desk.example\n\nThanks for this.',
    }),
  },
  'a customer of another site with a forwarded notification': held(() => ({
    from: 'Zoe <zoe@boreal.example>',
    headers: verified('boreal.example'),
  })),
  'a stranger with a forwarded notification': held(() => ({
    from: 'Eve <eve@evil.example>',
    headers: verified('evil.example'),
  })),
  'a customer who writes as staff in the name': {
    outcome: 'case-updated',
    mail: () => ({
      from: `"Kim Oster (Support)" <${ada}>`,
      headers: verified('aldous.example'),
      envelope: ada,
      body: 'SOLVED',
    }),
  },
  // The same again.
  // The same bytes are the same mail: what stands of it is the first.
  'the same bytes again': { outcome: 'staff-answered', mail: () => done },
  'the same mail by another way': {
    outcome: 'duplicate',
    mail: () => ({
      ...done,
      headers: `${verified()}\nReceived: from elsewhere.example by mx.desk.example; Sat, 28 Nov 2026 10:00:00 +0000`,
    }),
  },
  'the same text with another Message-ID': held(() => ({ subject: done.subject, body: done.body })),
  'another text with the same Message-ID': held(() => ({ id: done.id })),
  // On the way.
  'through a mailing list': held(() => ({ headers: `${verified()}\nList-Id: <dev.lists.example>` })),
  'an automatic reply that says so': {
    outcome: 'machine-recorded',
    mail: () => ({ headers: `${verified()}\nAuto-Submitted: auto-replied`, body: 'I am away until Monday.' }),
  },
  'an automatic reply by its subject': {
    outcome: 'machine-recorded',
    mail: () => ({ subject: `Out of office: ${ofKim.notice.subject}`, body: 'I am away until Monday.' }),
  },
  'an automatic reply by its words': {
    outcome: 'machine-recorded',
    mail: () => ({
      body: 'I am out of the office until 7 December and have no access to my mail. In urgent cases call my colleague.',
    }),
  },
  'an automatic reply with a null return path': {
    outcome: 'machine-recorded',
    mail: () => ({ envelope: '', body: 'Thank you for your message.' }),
  },
  'a notification that comes back to us': {
    outcome: 'machine-recorded',
    mail: () => ({ headers: `${verified()}\nX-Postern-Loop: 00` }),
  },
  // What it says. An answer of Kim's: acted on by nobody, and asked back.
  'a command in a quote': { outcome: 'staff-answered', mail: () => ({ body: '> CLOSE\n> ASSIGN lea@desk.example\n' }) },
  'nothing but a signature': { outcome: 'staff-answered', mail: () => ({ body: '-- \nKim Oster' }) },
  'words of the notification': {
    outcome: 'staff-answered',
    mail: () => ({
      body: `Hello,\n\nContract: standard\nSeverity: 3, incident\nWhat you write above that line goes to the customer: to Ada Byron and to all who take part in the case.\n\n${evil}`,
    }),
  },
  'an internal note that was pasted': { outcome: 'staff-answered', mail: () => ({ body: `NOTES\n\n${evil}` }) },
  'a command behind invisible letters': {
    outcome: 'staff-answered',
    mail: () => ({ body: `CLO\u200bSED\n\n${evil}` }),
  },
  'CANCEL where nothing waits': { outcome: 'staff-answered', mail: () => ({ body: 'CANCEL' }) },
  'SEND where nothing was asked back': { outcome: 'staff-answered', mail: () => ({ body: 'SEND' }) },
  'a word that is one letter off': { outcome: 'staff-answered', mail: () => ({ body: `TAEK\n\n${evil}` }) },
};
for (const word of commands)
  (attacks as Record<string, Attack>)[`${word} by a forged sender`] = held(() => ({
    headers: '',
    body: `${word}\n\n${evil}`,
  }));

async function state() {
  const cases = await desk.query(
    `select number, owner, severity, kind, status, title, response_met_at, reference, due, clock_runs, proposed_at,
       proposal, escalation, merged_into
     from cases order by number`,
  );
  const events = await desk.query('select case_id, kind, detail from case_events where kind <> all($1) order by id', [
    harmless,
  ]);
  const waiting = await desk.query("select mail_id from staff_answers where state = 'waiting'");
  const messages = await desk.query("select direction, text from case_messages where direction <> 'in' order by id");
  const letters = await desk.query(
    `select to_address, template from letters
     where to_address not like '%@desk.example' and template <> 'neutral-receipt' order by id`,
  );
  return { cases, events, waiting, messages, letters };
}

let before: Awaited<ReturnType<typeof state>>;
const sent = new Map<string, string>();

beforeAll(async () => {
  desk = await startStaffDesk();
  await desk.query(
    `insert into sites (number, name, country, timezone, language) values ('1000555', 'Boreal', 'GB', 'Europe/London', 'en')`,
  );
  await desk.query(`insert into contacts (site_id, name, role, position) values (2, 'Zoe', 'primary', 1)`);
  await desk.query(
    `insert into contact_addresses (site_id, contact_id, address, main) values (2, 3, 'zoe@boreal.example', true)`,
  );
  ofKim = await desk.ownedCase(kim, 'Workflow stopped');
  other = await desk.ownedCase(kim, 'Gate shut');
  ofLea = await desk.ownedCase(lea, 'Printer on fire');
  done = { id: '<done@desk.example>', subject: `Re: ${ofKim.notice.subject}`, body: 'Please restart the scheduler.' };
  await desk.answer({ ...good(), ...done });
  await desk.until('the answer', async () => (await desk.lettersTo(ada, 'case-message')).length === 1, 30);
  // What was sent to somebody who has left since.
  const [gone] = await desk.query<{ messageId: string }>(
    `update letters set to_address = 'gone@desk.example', asks = jsonb_set(asks, '{staff}', '"gone@desk.example"')
     where id = (select max(id) from letters where template = 'case-notice' and to_address = $1) returning message_id as "messageId"`,
    [lea],
  );
  const [acknowledged] = await desk.query<{ messageId: string }>(
    `select l.message_id as "messageId" from letters l join cases c on c.id = l.case_id
     where l.template = 'acknowledgement' and c.number = $1`,
    [ofKim.number],
  );
  const named: Record<string, string | undefined> = { gone: gone?.messageId, acknowledgement: acknowledged?.messageId };
  await desk.quiet();
  before = await state();
  for (const [name, { mail }] of Object.entries(attacks)) {
    const given = good(mail());
    const inReplyTo = given.inReplyTo ? (named[given.inReplyTo] ?? given.inReplyTo) : null;
    sent.set(name, await desk.answer({ ...given, inReplyTo }));
  }
}, 240_000);
afterAll(() => desk.stop());

describe('an attack on the answers of our people', () => {
  it('is tried in more than sixty ways', () => {
    expect(Object.keys(attacks).length).toBeGreaterThan(60);
  });

  it.each(Object.keys(attacks))('%s', async (name) => {
    const id = sent.get(name) as string;
    const { outcome } = attacks[name] as Attack;
    const rows = () =>
      desk.query<{ outcome: string; state: string }>(
        'select outcome, state from mails where message_id = $1 order by id desc',
        [id],
      );
    await desk.until(
      'its decision',
      async () => (await rows()).every(({ state: now }) => now === 'decided') && (await rows()).length > 0,
      // Many answers to one case at once: one that was judged on what has moved on comes back by the sweeper.
      45,
    );
    expect((await rows()).map((row) => row.outcome)).toContain(outcome);
    // What came before stands by itself: of these no further one has been stored.
    if (name === 'the same bytes again')
      expect((await rows()).filter((row) => row.outcome === outcome)).toHaveLength(1);
    const audit = await desk.query(
      `select from audit where action = 'mail-decided' and subject_id = (select max(id)::text from mails where message_id = $1)`,
      [id],
    );
    expect(audit.length).toBeGreaterThan(0);
  });

  it('reaches no customer and changes nothing, also after all timers have run', async () => {
    // What a look has moved is found by the next one.
    for (let looks = 0; looks < 3; looks += 1) await desk.runClock();
    const after = await state();
    expect(after).toEqual(before);
    expect(before.waiting).toEqual([]);
    const [leaked] = await desk.query<{ n: string }>(
      "select count(*) as n from letters where to_address not like '%@desk.example' and position($1::bytea in raw) > 0",
      [Buffer.from('wire the money')],
    );
    expect(leaked?.n).toBe('0');
  });

  it('is told to our people', async () => {
    const held = await desk.query(
      "select from letters where template = 'staff-notice' and matter like 'staff-answer-held:%'",
    );
    expect(held.length).toBeGreaterThan(5);
  });
});
