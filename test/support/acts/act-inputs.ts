/** For each act a state of the database, and what is asked of it there. A new act has no place in `inputs` until it has its own. */
import type { ActName } from '../../../src/acts/list.ts';
import { supportEndAnnouncement } from '../../../src/notices/support-ends.ts';
import { scheduleKinds, turnSchedules } from '../../../src/notices/turns.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import { addCase, addLetter, addMail, type TestWeb } from '../../integration/web/support.ts';

const shipped = await loadTemplates();
const settled = shipped.letters.en?.['renewal-settled'] ?? { subject: '', body: '' };
const ofTemplate = { language: 'en', name: 'renewal-settled', why: 'tried' };

/** `pick` chooses among states; `n` is used once. */
export type Make = (web: TestWeb, given: { readonly n: number; readonly pick: number }) => Promise<unknown>;

const of = <T>(list: readonly [T, ...T[]], pick: number): T => list[pick % list.length] ?? list[0];
const longAgo = () => new Date(Date.now() - 100 * 86_400_000).toISOString();

const heldAs = [
  'held-unknown',
  'held-unregistered',
  'held-pin-needed',
  'held-unauthenticated',
  'held-unreadable',
] as const;
const others = ['case-opened', 'refused', 'care-recorded'] as const;

/** A mail in one of the states that acts on mail tell apart; every third is from a contact, of whom a case would be opened. */
async function aMail(web: TestWeb, { n, pick }: { n: number; pick: number }, more: Record<string, unknown> = {}) {
  const from = pick % 3 === 0 ? 'ada@aldous.example' : `nora${n}@elsewhere.example`;
  const outcome = of([...heldAs, ...others], pick);
  const id = await addMail(web, {
    raw: [
      `From: Somebody <${from}>`,
      'To: support@desk.example',
      `Subject: PIN 345 The vault ${n} is shut`,
      `Message-ID: <m${n}@elsewhere.example>`,
      'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example',
      '',
      `It does not open, for the ${n}. time.`,
      '',
    ].join('\r\n'),
    message_id: `<m${n}@elsewhere.example>`,
    from_address: from,
    subject: `The vault ${n} is shut`,
    state: pick % 7 === 6 ? 'new' : 'decided',
    outcome: pick % 7 === 6 ? null : outcome,
    reason: 'so it was',
    ...more,
  });
  if (outcome === 'care-recorded' || pick % 5 === 4)
    await web.sql('insert into care_clocks (mail_id, due) values ($1, now())', [id]);
  return id;
}

const aLetter = async (web: TestWeb, { pick }: { pick: number }) =>
  pick === 0 ? '999999' : addLetter(web, { state: of(['waiting', 'sent', 'suppressed', 'queued'], pick) });

/** One whose way is over, or not yet; some are dealt with, of some nothing is left. */
const aSettledLetter = async (web: TestWeb, { pick }: { pick: number }) => {
  const state = of(['sent', 'failed', 'bounced', 'queued', 'suppressed'], pick);
  const marked = pick % 4 === 1 && (state === 'failed' || state === 'bounced');
  return addLetter(web, {
    state,
    ...(marked && { marked_as: 'reached', marked_at: '2026-03-01T10:00:00Z' }),
    ...(pick % 7 === 6 && { raw: null, emptied_at: '2026-03-01T10:00:00Z' }),
  });
};

const aCase = (web: TestWeb, n: number, status = 'open') =>
  addCase(web, {
    number: `${500_000 + n}`,
    site_id: 1,
    status,
    closed_at: status === 'closed' ? '2026-03-03T10:00:00Z' : null,
  });

/** Kim and Lea work on cases; a case is one of theirs, closed, nobody's or not there. */
async function aWorkedCase(web: TestWeb, { n, pick }: { n: number; pick: number }, more: Record<string, unknown> = {}) {
  const number = `${500_000 + n}`;
  const owner = of([null, 'kim@desk.example', 'lea@desk.example', null], pick);
  const status = pick % 5 === 3 ? 'closed' : 'open';
  const closed_at = status === 'closed' ? '2026-03-03T10:00:00Z' : null;
  if (pick % 7 !== 6) await addCase(web, { number, site_id: 1, contact_id: 1, status, closed_at, owner, ...more });
  return number;
}

async function anotherCase(web: TestWeb, n: number, status = 'open'): Promise<string> {
  await aCase(web, 300_000 + n, status);
  return `${800_000 + n}`;
}

/** One that is on or off, with what it was sent; by its id. */
async function aWebhook(web: TestWeb, { n, pick }: { n: number; pick: number }): Promise<string> {
  if (pick % 7 === 6) return '999999';
  const [row] = await web.sql(
    `insert into webhook_endpoints (url, topics, state)
     values ($1, '{case.closed,case.opened}', $2) returning id::text`,
    [`https://hooks.example/${n}`, of(['on', 'on', 'off'], pick)],
  );
  await web.sql("insert into webhook_secrets (id, endpoint_id, secret) values (gen_random_uuid(), $1, '\\x00')", [
    row.id,
  ]);
  return row.id;
}
async function aDelivery(web: TestWeb, webhook: string, pick: number): Promise<string> {
  const [event] = await web.sql(
    `insert into webhook_events (topic, data) values ('case.closed', '{}') returning id::text`,
  );
  const state = of(['delivered', 'due', 'given-up'], pick);
  const rows = await web.sql(
    `insert into webhook_deliveries (endpoint_id, event_id, state, due_at)
     select id, $2, $3, now() from webhook_endpoints where id = $1 returning id::text`,
    [webhook, event.id, state],
  );
  return rows[0]?.id ?? '999999';
}
const turnsWebhook: Make = async (web, given) => ({ webhook: await aWebhook(web, given) });

const announced = '---\nkind: announcements\nsubject: Hello\n---\nThe desk moves.\n';
/** One in each state, by its id; `whole`: with rows that are open, and all sites looked through. */
async function anAnnouncement(web: TestWeb, { n, pick }: { n: number; pick: number }, whole = false): Promise<string> {
  const state = of(['ready', 'running', 'paused', 'running', 'finished'], pick);
  const content = {
    ...{ name: `a${n}`, kind: 'announcements', products: [], versions: [], contactTypes: [], resolves: [] },
    texts: [{ language: 'en', subject: 'Hello', body: 'The desk moves.' }],
  };
  const [row] = await web.sql(
    `insert into announcements (name, kind, state, content, by, started_at, resumed_at, gathered_to)
     values ($1, 'announcements', $2, $3, 'test', now(), now(), case when $4 then null else 0 end) returning id::text`,
    [`a${n}`, state, content, whole],
  );
  if (whole && pick % 5 !== 3)
    await web.sql(
      `insert into announcement_recipients (announcement_id, address, contact_id, language, state)
       values ($1, 'ada@aldous.example', 1, 'en', 'open'), ($1, 'gone@aldous.example', null, 'en', 'open')`,
      [row.id],
    );
  return row.id;
}

/** One about the end of full support, which is due, is to come, or is not to go any more; by its id. */
async function aSupportEnd(web: TestWeb, { n, pick }: { n: number; pick: number }): Promise<string> {
  const ago = "now() - interval '300 days'";
  await web.sql(
    `insert into schedules (kind, running, since, by) values ('end-of-support', $1, ${ago}, 'test')
     on conflict (kind) do update set running = excluded.running, since = excluded.since`,
    [pick % 5 !== 4],
  );
  // 60 days before is due since some days, or comes in some weeks.
  const [{ day }] = await web.sql('select to_char(now() + make_interval(days => $1), $2) as day', [
    of([57, 90], pick),
    'YYYY-MM-DD',
  ]);
  const version = `9.${n}`;
  await web.sql(
    `insert into product_versions (product_id, version, stage, position, full_until, full_until_since)
     select id, $1, $2, $3, $4, ${ago} from products order by id limit 1`,
    [version, of(['full', 'full', 'limited'], pick), n, day],
  );
  const [{ product }] = await web.sql('select name as product from products order by id limit 1');
  if (pick % 3 === 0)
    await web.sql(
      `insert into cases (number, site_id, contact_id, contact_address, language, title, severity, kind, status, opened_at, product, version)
       values ($1, 1, 1, 'ada@aldous.example', 'en', 'It stops', 3, 'incident', 'open', now(), $2, $3)`,
      [`${700_000 + n}`, product, version],
    );
  const ending = { product, version, fullUntil: day, stage: 'full', preview: false, knownAt: day } as const;
  const name = `end-of-${product.toLowerCase()}-${version}-${day}-60d`;
  const [row] = await web.sql(
    `insert into announcements (name, kind, state, content, by, due_at)
     values ($1, 'end-of-support', $2, $3, 'test', now() - interval '1 hour') returning id::text`,
    [name, of(['ready', 'ready', 'ready', 'cancelled'], Math.floor(pick / 2)), supportEndAnnouncement(name, ending)],
  );
  return row.id;
}

/** A privileged PIN of Ada, by the id of its row. */
async function aPrivilegedPin(web: TestWeb, { n, pick }: { n: number; pick: number }): Promise<string> {
  const state = of(['good', 'used', 'revoked', 'expired', 'no-right'], pick);
  const [row] = await web.sql(
    `insert into privileged_pins (hash, contact_id, address, case_id, issued_by, issued_at, expires_at, redeemed_at, redeemed_by, revoked_at, revoked_by)
     values (decode($1, 'hex'), 1, $2, $3, 'test', now() - interval '2 hours', now() + $4::interval,
       case when $5 = 'used' then now() end, case when $5 = 'used' then 'test' end,
       case when $5 = 'revoked' then now() end, case when $5 = 'revoked' then 'test' end) returning id`,
    [
      n.toString(16).padStart(64, '0'),
      state === 'no-right' ? 'old@aldous.example' : 'ada@aldous.example',
      await aCase(web, n),
      state === 'expired' ? '-1 hour' : '1 hour',
      state,
    ],
  );
  return row.id;
}

/** A held mail of somebody with a PIN of the site, or of a stranger on a case, and the question about them. */
async function aQuestion(web: TestWeb, { n, pick }: { n: number; pick: number }) {
  const address = `nora${n}@elsewhere.example`;
  const onCase = pick % 2 === 1 ? await aCase(web, n) : null;
  const outcome = onCase === null ? 'held-unregistered' : 'held-stranger-on-case';
  const mail = await aMail(web, { n, pick: 1 }, { outcome, reason: 'so it was', case_id: onCase });
  const [question] = await web.sql(
    `insert into sender_questions (site_id, case_id, address, name, title, arrived_at, answer, settled_at, settled_by)
     values (1, $1, $2, 'Nora', 'The vault', now(), $3, case when $3::text is not null then now() end,
       case when $3::text is not null then 'test' end) returning id`,
    [onCase, address, pick === 8 ? 'no' : null],
  );
  await web.sql('insert into sender_question_mails (question_id, mail_id) values ($1, $2)', [question.id, mail]);
  return { question: question.id as string, mail };
}
/** Somebody who is told something: on record with the right or without, at another site, or nowhere. */
const own = (pick: number, ...who: readonly string[]) => ({
  site: pick % 5 === 4 ? '7654321' : '1000345',
  contact: `${of(['ada', 'nobody', ...who], pick)}@aldous.example`,
});

/** A person of their own for each, who is there or not. */
async function aPerson(web: TestWeb, n: number, pick = 0): Promise<{ site: string; address: string }> {
  const address = `person${n}@aldous.example`;
  if (pick % 5 !== 4)
    await web.sql(
      `with made as (
         insert into contacts (site_id, name, role, position) values (1, 'Person', 'authorized user', 1000 + $2)
         returning id
       )
       insert into contact_addresses (site_id, contact_id, address, main) select 1, id, $1, true from made`,
      [address, n],
    );
  return { site: pick % 7 === 6 ? '7654321' : '1000345', address };
}

/** In one of its states; of somebody at a site that is right, wrong or without deciders. */
async function anAccessRequest(web: TestWeb, { n, pick }: { n: number; pick: number }): Promise<string> {
  const by = of(['contact 1', 'kim@desk.example', 'contact 9'], pick);
  const [row] = await web.sql(
    `insert into access_requests (site_named, address, name, country, role, justification, language, timer_at)
     values ($1, $2, 'Nora Eck', 'GB', $3, $4, 'en', now()) returning id`,
    [
      of(['1000345', '7654321', '1000345', null], pick),
      `nora${n}@elsewhere.example`,
      of([null, 'licence user', 'technical contact'], n),
      pick % 5 === 4 ? null : 'Runs the vault',
    ],
  );
  const grant = { role: 'authorized user', privileges: {}, justification: 'so', until: null, atOnce: false };
  const steps = of(
    [
      [],
      [['verify-sent'], ['verified']],
      [['verified'], ['deciders-asked']],
      [['verified'], ['deciders-asked'], ['granted', grant]],
      [['verified'], ['deciders-asked'], ['denied', { reason: 1, words: '', atOnce: false }]],
      [['verified'], ['deciders-asked'], ['granted', { ...grant, until: '2020-01-01' }], ['asker-told']],
      [['verified'], ['handed-over', { why: 'no-answer' }]],
      [['ended']],
    ] as readonly [[], ...(readonly [string, object?])[][]],
    n,
  );
  for (const [kind, detail = {}] of [['asked'], ...steps] as readonly (readonly [string, object?])[])
    await web.sql(
      `insert into access_request_steps (request_id, kind, at, by, detail)
       values ($1, $2, now() - $3::interval, $4, $5)`,
      [row.id, kind, n % 3 === 0 ? '20 minutes' : '15 days', by, JSON.stringify(detail)],
    );
  return pick === 9 ? '999999' : row.id;
}

/** A turn that is due, planned, too old or not there, of a kind that runs or stands still. */
async function aTurn(web: TestWeb, kind: string, { pick, n }: { pick: number; n: number }): Promise<string> {
  const [, step, result] = of<readonly [string, number, string | null]>(
    [
      ['first', 0, null],
      ['reminder', 1, 'sent'],
      ['last', 3, 'reminded'],
    ],
    pick,
  );
  const due = of(['1 minute', '-1 day', '90 days', '1 hour'], pick);
  await web.sql(
    `insert into schedules (kind, running, since, by) values ($1, $2, now(), 'test')
     on conflict (kind) do update set running = excluded.running`,
    [kind, pick % 7 !== 6],
  );
  await web.sql('delete from schedule_turns where site_id = 1');
  if (kind === 'welcome') await web.sql("delete from letters where matter like 'welcome:%'");
  if (pick % 9 !== 8)
    await web.sql(
      `insert into schedule_turns (site_id, kind, period, step, due_at, last_result)
       values (1, $1, $2, $3, now() - $4::interval, $5)`,
      [kind, `${3000 + n}-01`, step, due, result],
    );
  await web.sql('update contacts set to_attest = $1 where site_id = 1 and id > 1', [
    pick % 2 ? `${3000 + n}-01` : null,
  ]);
  return '1000345';
}

/**
 * A letter about what ends at a site: due, planned, held, settled or come back, of renewals that run, are paused or stand still. Support
 * and plan end so many days from now.
 */
async function aRenewal(web: TestWeb, { pick, n }: { pick: number; n: number }): Promise<string> {
  const [days, step] = of<readonly [number, number]>(
    [
      [10, -14],
      [3, -7],
      [-3, 0],
      [200, -90],
      [25, -30],
      [-20, 7],
    ],
    pick,
  );
  const state = of(['planned', 'planned', 'held', 'sent', 'nobody', 'planned', 'skipped'], pick);
  await web.sql("delete from letters where matter like 'renew%'");
  await web.sql('delete from renewal_steps');
  await web.sql(
    `insert into schedules (kind, running, since, by, paused_at)
     values ('renewals', $1, now() - interval '300 days', 'test', $2::timestamptz)
     on conflict (kind) do update set running = excluded.running, since = excluded.since, paused_at = excluded.paused_at`,
    [pick % 9 !== 8, pick % 8 === 7 ? new Date().toISOString() : null],
  );
  const [{ end }] = await web.sql('select to_json(now()::date + $1::int) #>> $2 as end', [days, '{}']);
  await web.sql('update plans set valid_to = $1 where site_id = 1', [end]);
  await web.sql("update licences set valid_to = $1 where site_id = 1 and kind = 'support'", [end]);
  const long = new Date(Date.now() - 300 * 86_400_000).toISOString();
  const known = { [`licence:s-1001|${end}`]: long, [`plan:standard:2026-01-01|${end}`]: long };
  await web.sql(
    `insert into renewal_sites (site_id, known, plan_at) values (1, $1, now())
     on conflict (site_id) do update set known = excluded.known`,
    [JSON.stringify(n % 3 === 0 ? {} : known)],
  );
  const items = [
    { kind: 'plan', id: 'plan:standard:2026-01-01', plan: 'standard', from: '2026-01-01', to: end },
    {
      ...{ kind: 'support', id: 'licence:s-1001', number: 'S-1001', product: 'Vault', quantity: 50 },
      ...{ from: '2026-01-01', to: end },
    },
  ];
  const settled = ['sent', 'nobody', 'skipped'].includes(state);
  const [row] = await web.sql(
    `insert into renewal_steps (site_id, group_on, step, day, due_at, items, state, settled_at)
     values (1, $1, $2, $1::date + $2::int, ($1::date + $2::int)::timestamptz, $3, $4, case when $5 then now() end)
     returning id`,
    [end, step, JSON.stringify(items), state, settled],
  );
  if (state !== 'sent') return row.id;
  const letter = await addLetter(web, {
    ...{ template: 'renewal-notice', to_address: 'ada@aldous.example', matter: `renewal:${n}` },
    state: of(['bounced', 'queued', 'sent'], n),
  });
  await web.sql("insert into renewal_letters values ($1, $2, 'notice', $3, 0)", [letter, row.id, end]);
  return row.id;
}
const aStep = async (web: TestWeb, given: { n: number; pick: number }) => {
  const renewal = await aRenewal(web, given);
  return given.pick === 9 ? '999999' : renewal;
};

export const inputs: Readonly<Record<ActName, Make>> = {
  'solve-case': async (web, { n, pick }) => {
    const number = `${500_000 + n}`;
    if (pick !== 2) await aCase(web, n, of(['open', 'closed'], pick));
    return { case: number, ...(pick % 3 === 0 && { text: 'Please install 11.6.' }) };
  },
  'give-satisfaction': async (web, { n, pick }) => {
    if (pick === 2) return { letter: of(['999999', 'none'], n), score: 3 };
    const on = await aCase(web, n, 'closed');
    const letter = await addLetter(web, {
      case_id: on,
      template: 'case-closed',
      asks: { kind: 'satisfaction', case: `${500_000 + n}` },
      ...(pick % 4 === 3 && { created_at: longAgo() }),
    });
    if (pick % 4 === 1)
      await web.sql('insert into satisfaction_answers (case_id, letter_id, score, at) values ($1, $2, 4, $3)', [
        on,
        letter,
        pick % 8 === 1 ? longAgo() : new Date().toISOString(),
      ]);
    return { letter, score: (pick % 5) + 1 };
  },
  'erase-person': async (web, { n, pick }) => {
    const { address } = await aPerson(web, n, pick);
    if (pick % 4 === 1)
      await aMail(web, { n, pick: 1 }, { outcome: 'held-unknown', from_address: address, state: 'decided' });
    if (pick % 4 === 2) {
      const request = await anAccessRequest(web, { n, pick });
      await web.sql('update access_requests set address = $1 where id = $2', [address, request]);
    }
    if (pick % 4 === 3) await addLetter(web, { to_address: address, state: 'queued' });
    return { address: pick === 8 ? 'ada@aldous.example' : address };
  },
  'close-case': async (web, { n, pick }) => {
    const number = `${500_000 + n}`;
    if (pick !== 2) await aCase(web, n, of(['open', 'closed'], pick));
    return { case: number };
  },
  'request-access': async (_, { n, pick }) => ({
    ...{ site: of(['1000345', '7654321'], pick), address: `nora${n}@elsewhere.example`, country: 'GB' },
    ...(pick % 2 === 1 && { name: 'Nora Eck', role: 'authorized user', justification: 'Runs the vault' }),
  }),
  'decide-request': async (web, given) => ({
    request: await anAccessRequest(web, given),
    ...(given.pick % 3 === 2 ? { decision: 'deny', reason: 2 } : { decision: 'grant' }),
    ...(given.pick % 4 === 1 && { now: true, role: 'secondary', privileges: { documents: 'update' } }),
  }),
  'decide-on-page': async (web, given) => {
    const request = await anAccessRequest(web, { ...given, pick: of([2, 2, 3, 1, 2, 6], given.pick) });
    const letter = await addLetter(web, {
      template: 'access-question',
      to_address: of(['ada@aldous.example', 'ada@aldous.example', 'max@aldous.example'], given.n),
      asks: { kind: 'decide-access', request, turn: 0 },
    });
    return {
      ...{ letter: given.pick === 9 ? 'none' : letter, code: given.pick % 4 === 3 ? 'wrong' : 'right' },
      ...(given.pick % 3 === 2 ? { decision: 'deny', reason: 2 } : { decision: 'grant', justification: 'So' }),
    };
  },
  // What Kim has granted, and denied, within the hour is there whatever ran before.
  'undo-decision': async (web, { n, pick }) => ({
    request: await anAccessRequest(web, { pick, n: pick === 4 ? 3 : pick === 7 ? 12 : n }),
  }),
  'remind-deciders': async (web, given) => ({ request: await anAccessRequest(web, given) }),
  'correct-request': async (web, given) => ({
    request: await anAccessRequest(web, given),
    ...of<object>(
      [
        { name: `Nora ${given.n}` },
        { site: '7777777' },
        { country: 'DE' },
        { phone: '+44 20 7946 0000', justification: 'Runs the printers' },
        { name: 'Nora Eck' },
      ],
      given.pick,
    ),
  }),
  'run-access-request': async (web, given) => ({ request: await anAccessRequest(web, given) }),
  'wait-for-customer': async (web, { n, pick }) => {
    const number = `${500_000 + n}`;
    if (pick !== 2) await aCase(web, n, of(['open', 'closed', 'open', 'open', 'open'], pick));
    const until = pick === 3 ? '2020-02-03' : '2999-02-03';
    return { case: number, ...(pick % 2 ? { until } : {}), ...(pick === 4 ? { days: 3 } : {}) };
  },
  'end-wait': async (web, given) => {
    const number = await aWorkedCase(web, given);
    if (given.pick % 3 !== 2)
      await web.sql(
        `insert into case_events (case_id, at, kind, detail)
         select id, now(), 'clock-paused', '{"until": null}' from cases where number = $1`,
        [number],
      );
    return { case: number };
  },
  'reopen-case': async (web, { n, pick }) => {
    const number = `${500_000 + n}`;
    if (pick !== 2) await aCase(web, n, of(['closed', 'open', 'closed'], pick));
    return { case: number, ...(pick % 5 !== 3 && { reason: `It broke again, for the ${n}. time` }) };
  },
  'list-cases': async (web, { n, pick }) => {
    await aCase(web, n);
    return own(pick, 'max');
  },
  'case-status': async (web, { n, pick }) => {
    await aCase(web, n, of(['open', 'closed'], pick));
    return { ...own(pick), case: pick === 6 ? '999999' : `${500_000 + n}` };
  },
  'take-over-cases': async (web, { n, pick }) => {
    await web.sql('delete from letters where matter = $1', ['cases-overdue']);
    await aCase(web, n);
    if (pick % 3 !== 2)
      await web.sql('update cases set silent_until = $$infinity$$, due = now() where number = $1', [`${500_000 + n}`]);
    return {};
  },
  'retry-mails': async (web, given) => {
    const cause = of(['parser-crashed', 'database-away'], given.pick);
    const dead = {
      state: of(['dead', 'new', 'decided'], given.pick),
      outcome: given.pick % 3 === 2 ? 'refused' : null,
    };
    const mail = await aMail(web, given, { ...dead, tries: 3, last_failure: cause });
    return of<object>([{ cause }, { mail }, { cause: 'nothing failed with this' }, {}], given.n);
  },
  'retry-letters': async (web, { n, pick }) => {
    const cause = of(['450 4.2.1 mailbox busy', '451 try again'], pick);
    const letter = await addLetter(web, { state: of(['queued', 'sent'], pick), attempts: 2, response: cause });
    return of<object>([{ cause }, { letter }, { letter: '999999' }, {}], n);
  },
  'add-webhook': async (web, given) => {
    await aWebhook(web, given);
    return {
      url: of(
        [`https://hooks.example/new/${given.n}`, `https://hooks.example/${given.n}`, 'http://10.1.2.3/'],
        given.pick,
      ),
      topics: of([['case.closed', 'case.opened'], ['*']], given.n),
      about: of([undefined, 'the shop'], given.pick),
    };
  },
  'change-webhook': async (web, given) => ({
    webhook: await aWebhook(web, given),
    topics: of([['case.opened', 'case.closed'], ['mail.held']], given.pick),
    url: of([undefined, `https://other.example/${given.n}`], given.n),
  }),
  'switch-webhook-off': turnsWebhook,
  'switch-webhook-on': turnsWebhook,
  'remove-webhook': turnsWebhook,
  'show-webhook-secret': turnsWebhook,
  'test-webhook': turnsWebhook,
  'rotate-webhook-secret': async (web, given) => ({
    webhook: await aWebhook(web, given),
    hours: of([undefined, 0, 48], given.pick),
  }),
  'resend-webhook': async (web, given) => {
    const webhook = await aWebhook(web, given);
    return { webhook, delivery: await aDelivery(web, webhook, given.n) };
  },
  'resend-webhook-since': async (web, given) => {
    const webhook = await aWebhook(web, given);
    await aDelivery(web, webhook, given.n);
    return { webhook, since: of([new Date(Date.now() - 60_000).toISOString(), '2999-01-01T00:00:00Z'], given.n) };
  },
  'fetch-again': async (web, { n, pick }) => {
    await web.sql('update mailbox_refetches set done_at = now()');
    await web.sql(
      `insert into mailboxes (name, epoch, uid_validity, watermark) values ('support', 1, '7', 500)
       on conflict (name) do nothing`,
    );
    const [from, to] = of<readonly [number, number]>(
      [
        [1, 20],
        [40, 30],
        [600, 700],
        [490, 510],
        [1, 200_000],
      ],
      n,
    );
    return { mailbox: pick === 6 ? 'sales' : 'support', from, to };
  },
  'release-letter': async (web, given) => ({ letter: await aLetter(web, given) }),
  'suppress-letter': async (web, given) => ({ letter: await aLetter(web, given) }),
  'send-letter-again': async (web, given) => ({ letter: await aSettledLetter(web, given) }),
  'mark-letter': async (web, given) => ({
    letter: await aSettledLetter(web, given),
    as: of(['reached', 'not-needed'], given.pick),
  }),
  'unmark-letter': async (web, given) => ({ letter: await aSettledLetter(web, given) }),
  'release-mail': async (web, given) => ({
    mail: await aMail(web, given),
    ...of<Record<string, unknown>>(
      [
        {},
        { site: '1000345' },
        { site: '1000345', register: {} },
        { site: '1000345', register: { role: 'primary' } },
        { pin: '345', register: { name: 'N' } },
      ],
      given.pick,
    ),
  }),
  'refuse-mail': async (web, given) => ({
    mail: await aMail(web, given),
    ...(given.pick % 3 === 1 && { reason: `No, for the ${given.n}. time` }),
  }),
  'hold-again': async (web, given) => {
    const mail = await aMail(web, { n: given.n, pick: of([6, 6, 6, 5, 0], given.pick) });
    const refused = given.pick % 3 !== 2;
    if (refused)
      await web.sql("update mails set state = 'decided', outcome = 'refused', reason = 'so it was' where id = $1", [
        mail,
      ]);
    if (refused && given.pick % 4 !== 3)
      await web.sql(
        `insert into decisions (mail_id, at, outcome, rule, reason, evidence)
         values ($1, now(), 'held-unknown', 'r18', 'so it was', '{}'), ($1, now(), 'refused', 'held', 'no', '{}')`,
        [mail],
      );
    return { mail };
  },
  'answer-mail': async (web, given) => ({ mail: await aMail(web, given), text: `Hello ${given.n}` }),
  'care-done': async (web, given) => ({ mail: await aMail(web, given) }),
  'answer-sender-question': async (web, given) => {
    const { question, mail } = await aQuestion(web, given);
    const about = of<object>([{ question }, { question }, { mail }, { mail }, { question: '999999' }], given.pick);
    return { ...about, answer: of(['yes', 'once', 'no'], given.pick) };
  },
  'replay-mail': async (web, given) => ({ mail: await aMail(web, given) }),
  'block-sender': async (_, { n, pick }) => ({ sender: `@${pick % 2 ? n : 'pest'}.example` }),
  'unblock-sender': async () => ({ sender: '@pest.example' }),
  'expire-held': async (web, given) => {
    // The list of the day before.
    await web.sql("update letters set matter = 'old', idempotency_key = id::text where matter like 'held-refused:%'");
    const spam = given.pick % 4 === 1;
    await aMail(web, given, {
      stored_at: longAgo(),
      ...(spam ? { reason: 'marked (spam)', state: 'decided', outcome: 'held-unknown' } : {}),
    });
    return { days: 90, spam };
  },
  'issue-pin': async (_, { pick }) => ({ site: pick % 4 === 2 ? '7654321' : '1000345' }),
  'issue-privileged-pin': async (web, { n, pick }) => {
    await aCase(web, n, of(['open', 'closed', 'open'], pick));
    const contact = of(['ada', 'ada', 'max', 'nobody'], pick);
    return { site: '1000345', contact: `${contact}@aldous.example`, case: `${500_000 + n}` };
  },
  'tell-pin': async (_, { pick }) => own(pick, 'max'),
  'list-licences': async (_, { pick }) => own(pick, 'max'),
  'register-licence': async (_, { pick }) => ({
    ...own(pick, 'max'),
    licence: of(['U-1001', 's-1001', 'U-1001', 'U-9999', ''], pick),
  }),
  'tell-documents': async (_, { pick }) => own(pick, 'max'),
  'send-proofs': async (web, { n, pick }) => {
    const why = of(['new', 'renewed'], pick);
    if (pick % 4 !== 3)
      await web.sql(
        "insert into proofs_due (site_id, licence, why) values (1, 'U-1001', $1), (1, $2, $1) on conflict do nothing",
        [why, `GONE-${n}`],
      );
    return { site: pick % 5 === 4 ? '7654321' : '1000345' };
  },
  'request-upgrade': async (_, { n, pick }) => ({
    ...own(pick, 'max'),
    plan: of(['premier', '24/7', 'Basisplan', 'premeir', 'Premium', ''], pick),
    ...(pick % 2 === 0 && { text: `For the ${n}. time.` }),
  }),
  'tell-help': async (_, { pick }) => own(pick, 'max'),
  'use-privileged-pin': async (web, given) => ({ pin: await aPrivilegedPin(web, given) }),
  'revoke-privileged-pin': async (web, given) => ({ pin: await aPrivilegedPin(web, given) }),
  'write-announcement': async (web, { n, pick }) => {
    if (pick % 3 === 1) await anAnnouncement(web, { n, pick });
    return { text: pick % 4 === 3 ? 'Hello' : announced, name: `a${n}` };
  },
  'start-announcement': async (web, given) => ({ id: await anAnnouncement(web, given) }),
  'pause-announcement': async (web, given) => ({ id: await anAnnouncement(web, given) }),
  'resume-announcement': async (web, given) => ({ id: await anAnnouncement(web, given) }),
  'cancel-announcement': async (web, given) => ({ id: await anAnnouncement(web, given) }),
  'gather-recipients': async (web, given) => ({ id: await anAnnouncement(web, given) }),
  'send-announcement': async (web, given) => ({ id: await anAnnouncement(web, given, true) }),
  'plan-support-ends': async (web, given) => {
    await aSupportEnd(web, given);
    return {};
  },
  'start-support-end': async (web, given) => ({ id: await aSupportEnd(web, given) }),
  'take-back-address': async (web, { n, pick }) => {
    await anAnnouncement(web, { n, pick: 1 });
    await web.sql('update contacts set doubtful_since = case when $1 then now() end where id = 2', [pick % 2 === 0]);
    if (pick % 3 === 0)
      await web.sql(
        `insert into announcement_recipients (announcement_id, address, contact_id, language, state)
         select max(id), 'max@aldous.example', 2, 'en', 'unreachable' from announcements`,
      );
    if (pick % 4 === 1)
      await web.sql(
        `insert into subscriptions (contact_id, kind, wanted, address, unreachable_since)
         values (2, 'media', true, 'max@aldous.example', now())
         on conflict (contact_id, kind) do update set address = excluded.address, unreachable_since = now()`,
      );
    return { address: 'max@aldous.example' };
  },
  'start-schedule': async (web, { pick }) => {
    const kind = of(scheduleKinds, pick);
    await web.sql('delete from schedules');
    if (pick % 3 === 2) await web.sql("insert into schedules values ($1, $2, now(), 'test')", [kind, pick % 2 === 0]);
    return { kind };
  },
  'stop-schedule': async (web, given) => {
    const kind = of(scheduleKinds, given.pick);
    await aTurn(web, kind, given);
    return { kind };
  },
  'run-schedule': async (web, given) => {
    const kind = of(turnSchedules, Math.floor(given.pick / 2));
    return { site: await aTurn(web, kind, given), kind };
  },
  'plan-renewals': async (web, given) => {
    await aRenewal(web, given);
    // All of it is renewed, or part of it.
    if (given.pick % 4 === 3) await web.sql("update plans set valid_to = '2099-12-31' where site_id = 1");
    if (given.pick % 4 === 3 && given.n % 2 === 0)
      await web.sql("update licences set valid_to = '2099-12-31' where site_id = 1");
    return { site: given.pick === 9 ? '7654321' : '1000345' };
  },
  'run-renewal': async (web, given) => ({ renewal: await aStep(web, given) }),
  'hold-renewal': async (web, given) => ({ renewal: await aStep(web, given) }),
  'release-renewal': async (web, given) => ({ renewal: await aStep(web, given) }),
  'skip-renewal': async (web, given) => ({ renewal: await aStep(web, given) }),
  'edit-renewal': async (web, given) => ({ renewal: await aStep(web, given), text: `Dear all, ${given.n}` }),
  'quote-renewal': async (web, given) => ({
    ...{ renewal: await aStep(web, given), filename: 'quote.pdf' },
    content: Buffer.from(`%PDF ${given.n}`).toString('base64'),
  }),
  'send-renewal': async (web, given) => ({ renewal: await aStep(web, given) }),
  'pause-renewals': async (web, given) => {
    await aRenewal(web, given);
    return {};
  },
  'resume-renewals': async (web, { n, pick }) => {
    await aRenewal(web, { n, pick: pick % 2 === 0 ? 7 : pick });
    return {};
  },
  'tell-renewals': async (web, given) => {
    await aRenewal(web, given);
    await web.sql("delete from letters where template = 'renewal-digest'");
    return { day: `${2000 + given.n}-01-03` };
  },
  'welcome-site': async (web, given) => ({ site: await aTurn(web, 'welcome', { ...given, pick: given.pick * 3 }) }),
  'ask-about-contact': async (web, { n, pick }) => {
    const { address } = await aPerson(web, n);
    const [row] = await web.sql(
      `update contacts set doubtful_since = case when $2 then now() end
       where id = (select contact_id from contact_addresses where address = $1) returning id::text`,
      [address, pick % 4 !== 3],
    );
    return { contact: pick % 5 === 4 ? '999999' : row.id, site: '1000345' };
  },
  'list-unanswered': async (web, given) => {
    await aTurn(web, 're-attestation', { ...given, pick: 0 });
    if (given.pick % 3 !== 2)
      await web.sql("update schedule_turns set last_result = 'for-care', last_period = period, care_told_at = null");
    await web.sql('update contacts set to_attest = $1 where id = 2', [`${3000 + given.n}-01`]);
    return {};
  },
  'remind-attestation': async (web, given) => ({ site: await aTurn(web, 're-attestation', given) }),
  'answer-attestation': async (web, { n, pick }) => {
    const { site, address } = await aPerson(web, n, pick);
    const [row] = await web.sql(
      `update contacts set to_attest = '2026-Q4', unreachable_since = now()
       where id = (select contact_id from contact_addresses where address = $1) returning id::text`,
      [address],
    );
    const none = { keep: [], remove: [], all: false, except: [] };
    return {
      site,
      ...none,
      ...of<Record<string, unknown>>(
        [
          { keep: [address] },
          { remove: [address] },
          { all: true },
          { all: true, except: [address], remove: ['max@aldous.example'] },
          { keep: ['nobody@aldous.example'] },
          { remove: ['ada@aldous.example'] },
          { contact: row?.id ?? '999999', keep: [address] },
          { period: '2020-Q1', all: true },
        ],
        pick,
      ),
    };
  },
  'put-site': async (_, { n, pick }) => {
    const number = `${3_000_000 + n}`;
    const whole = { name: 'Nova', country: 'GB', timezone: 'Europe/London', language: 'en', pin: `${300_000 + n}` };
    const contacts = [{ name: 'Nia', email: `nia@${n}.example`, role: 'primary' }];
    const [site, entry] = of<readonly [string, object]>(
      [
        [number, { ...whole, contacts }],
        ['1000345', { name: `Aldous ${n}` }],
        ['1000345', { number: 1000345 }],
        [number, { name: 'Half of it' }],
        [number, { ...whole, pin: '345' }],
        [number, { number: '1000345' }],
      ],
      pick,
    );
    return { site, entry, ...(pick % 2 === 0 && { welcome: true }) };
  },
  'add-contact': async (web, { n, pick }) => ({
    ...{ ...(await aPerson(web, n)), address: `new${n}@aldous.example`, name: 'Nia Vale' },
    role: of(['authorized user', 'technical contact', 'primary'], pick),
    ...of<Record<string, unknown>>([{}, { privileges: { cases: 'view' }, phone: '1' }, { until: '2099-01-01' }], pick),
  }),
  'remove-contact': (web, { n, pick }) => aPerson(web, n, pick),
  'set-role': async (web, { n, pick }) => ({
    ...(await aPerson(web, n, pick)),
    role: of(['technical contact', 'authorized user', 'secondary', 'primary'], pick),
  }),
  'set-documents': async (web, { n, pick }) => ({ ...(await aPerson(web, n, pick)), gets: of([true, false], pick) }),
  'set-privilege': async (web, { n, pick }) => ({
    ...(await aPerson(web, n, pick)),
    ...of(
      [
        { name: 'cases', value: 'view' },
        { name: 'cases', value: 'none' },
        { name: 'downloads', value: 'default' },
      ],
      pick,
    ),
  }),
  'change-contact': async (web, { n, pick }) => ({
    ...(await aPerson(web, n, pick)),
    ...of<Record<string, unknown>>(
      [{ name: 'Nia Vale' }, { newAddress: `at${n}@aldous.example` }, { city: null }],
      pick,
    ),
  }),
  'change-contacts': async (web, { n, pick }) => {
    const { site, address } = await aPerson(web, n, pick);
    return {
      site,
      lines: [
        { do: 'privilege', address, name: 'reporting', value: 'view' },
        ...(pick % 2 ? [{ do: 'add', address: `two${n}@aldous.example`, name: 'Two', role: 'licence user' }] : []),
      ],
    };
  },
  'list-contacts': async (_, { pick }) => own(pick, 'max'),
  'set-subscription': async (web, { pick }) => {
    await web.sql('delete from subscriptions');
    if (pick % 3 === 1)
      await web.sql("insert into subscriptions (contact_id, kind, wanted, address) values (2, 'releases', false, $1)", [
        'max@aldous.example',
      ]);
    return {
      contact: of(['ada@aldous.example', 'max@aldous.example', '2', 'nobody@elsewhere.example'], pick),
      kinds: pick % 2 ? ['releases'] : ['announcements', 'media'],
      wanted: pick % 4 < 2,
      ...(pick % 5 === 0 && { site: '1000345' }),
    };
  },
  'confirm-contacts': async (_, { pick }) => own(pick, 'max'),
  'import-registry': async (_, { n, pick }) => {
    const sites = [1, 2].map((one) => `${4_000_000 + 10 * n + one}`);
    const text = sites.map((site) => `${site},N,GB,UTC,${pick % 3 === 2 ? 'no language' : 'en'}\n`);
    const files = [
      { name: 'sites.csv', text: `number,name,country,timezone,language\n${text.join('')}` },
      { name: 'products.csv', text: `name\n${pick % 2 ? 'Vault' : `Gate ${n}`}\n` },
    ];
    return pick % 4 === 1
      ? { files: files.slice(1), prune: true }
      : { files, ...(pick % 4 === 0 && { welcome: true }) };
  },
  'open-case': async (web, { n, pick }) => {
    if (pick % 7 === 4) await aWorkedCase(web, { n, pick: 0 }, { severity: 1, opened_at: new Date().toISOString() });
    return {
      site: pick === 5 ? '7654321' : '1000345',
      title: `The vault ${n} is shut`,
      ...of<Record<string, unknown>>(
        [{ pin: '345' }, { pin: '346' }, { identified: 'called back' }, {}, { pin: '345' }],
        pick,
      ),
      ...of<Record<string, unknown>>([{}, { contact: 'Max Ernst' }, { contact: 'Nobody' }], pick),
      ...of<Record<string, unknown>>([{ severity: 1 }, { severity: 3, kind: 'question' }, { kind: 'licensing' }], pick),
    };
  },
  'take-case': async (web, given) => ({ case: await aWorkedCase(web, given) }),
  'give-back-case': async (web, given) => ({
    case: await aWorkedCase(web, given, { owner: of(['kim@desk.example', 'lea@desk.example', null], given.pick) }),
  }),
  'assign-case': async (web, given) => ({
    case: await aWorkedCase(web, given),
    to: of(['Lea Brandt', 'kim@desk.example', 'rita@desk.example', 'lea', 'nobody', 'gus'], given.pick),
  }),
  'write-on-case': async (web, given) => ({
    case: await aWorkedCase(web, given),
    text: `Please try it again.\n\nFor the ${given.n}. time.`,
    note: given.pick % 4 === 1,
    attachments: given.pick % 3 === 0 ? [{ name: 'größe.txt', type: 'text/plain', content: 'aGVsbG8=' }] : [],
    ...(given.pick % 5 === 2 && { seen: '1' }),
  }),
  'set-kind': async (web, given) => ({
    case: await aWorkedCase(web, given, given.pick % 2 ? { kind: 'defect', reference: 'VLT-1' } : {}),
    ...of<Record<string, unknown>>(
      [
        { kind: 'defect', id: 'VLT-1', priority: '2' },
        { kind: 'defect', planned: '12.1' },
        { kind: 'enhancement', id: 'R-7', declined: true },
        { kind: 'licensing' },
        { kind: 'preview', id: 'CR-7' },
        { kind: 'defect', resolvedIn: '12.1' },
        { kind: 'feedback', id: 'no' },
        { kind: 'incident' },
      ],
      given.pick,
    ),
  }),
  'set-severity': async (web, given) => {
    const proposal = { to: 4, by: of(['customer', 'staff'], given.pick), until: '2999-01-01T00:00:00Z' };
    return {
      case: await aWorkedCase(web, given, given.pick % 4 === 3 ? {} : { proposal }),
      severity: of([4, 4, 3], given.pick),
    };
  },
  'escalate-case': async (web, given) => {
    const escalation = of([null, { level: 1, to: 'kim@desk.example' }, { level: 2, to: null }], given.pick);
    const more = given.pick % 2 ? { plan: 'We look at it.', until: '2999-01-01' } : {};
    return { case: await aWorkedCase(web, given, { escalation }), ...more };
  },
  'leave-case': async (web, given) => {
    const on = await aWorkedCase(web, given);
    await web.sql(
      `insert into case_participants (case_id, address, added_at)
       select id, 'max@aldous.example', now() from cases where number = $1`,
      [on],
    );
    return { case: on, address: of(['max@aldous.example', 'ada@aldous.example', 'eve@elsewhere.example'], given.pick) };
  },
  'add-participant': async (web, given) => {
    const on = await aWorkedCase(web, given);
    if (given.pick % 3 === 1)
      await web.sql(
        `insert into case_leavers (case_id, address, left_at)
         select id, 'max@aldous.example', now() from cases where number = $1`,
        [on],
      );
    return { case: on, address: of(['max@aldous.example', 'ada@aldous.example', 'eve@elsewhere.example'], given.pick) };
  },
  'merge-case': async (web, given) => ({
    case: await aWorkedCase(web, given),
    into: await anotherCase(web, given.n, of(['open', 'open', 'closed'], given.pick)),
  }),
  'unmerge-case': async (web, given) => {
    const from = await anotherCase(web, given.n);
    const on = await aWorkedCase(web, given);
    if (given.pick % 4 !== 2)
      await web.sql(
        `with on_case as (
           update cases set status = 'closed', closed_at = now(), merged_into = (select id from cases where number = $2)
           where number = $1 returning id
         )
         insert into case_events (case_id, at, kind) select id, now() - $3::interval, 'merged' from on_case`,
        [on, from, of(['1 hour', '2 hours', '0', '2 days'], given.pick)],
      );
    return { case: on, from };
  },
  'split-case': async (web, given) => {
    const on = await aWorkedCase(web, given);
    const mail = await aMail(web, given);
    await web.sql(
      `insert into case_messages (case_id, mail_id, direction, author, text, at)
       select c.id, m.mail, 'in', 'max@aldous.example', 'And the printer', now()
       from cases c, (values ($2::bigint), (null)) as m(mail) where c.number = $1`,
      [on, mail],
    );
    return { case: on, mails: [given.pick % 4 === 3 ? '999999' : mail], title: `The printer ${given.n}` };
  },
  'link-case': async (web, given) => ({
    case: await aWorkedCase(web, given),
    to: given.pick % 4 === 3 ? '999999' : await anotherCase(web, given.n),
  }),
  'out-of-scope': async (web, given) => ({
    case: await aWorkedCase(web, given),
    why: of(['customisation', 'third-party software', 'a virtual environment', 'It is the printer.'], given.pick),
  }),
  'add-staff': async (_, { n, pick }) => ({
    name: 'Nia Vale',
    email: of([`nia${n}@desk.example`, 'kim@desk.example', 'nia@desk.example'], pick),
    roles: of<string[]>([['engineer'], ['manager', 'security'], ['engineer']], pick % 2),
    absent: pick % 4 === 0 ? [{ from: '2026-12-24', to: '2027-01-02' }] : [],
    products: pick % 3 === 0 ? ['Vault'] : [],
    hours: pick % 5 === 0 ? 'always' : null,
    timezone: null,
  }),
  'end-sessions': async (web, { n, pick }) => {
    const email = of(['kim@desk.example', 'lea@desk.example', `nobody${n}@desk.example`], pick);
    const ids: string[] = [];
    for (const end of ['null', 'null', 'now()'].slice(0, pick % 4)) {
      const [made] = await web.sql(
        `insert into staff_sessions (token_hash, staff, way, device, ends_at, ended_at)
         values (decode(md5(random()::text), 'hex'), $1, 'code', 'Firefox, Linux', now() + interval '1 day', ${end})
         returning id::text`,
        [email],
      );
      ids.push(made.id);
    }
    const one = ids[pick % 3];
    return { email, ...(one && pick % 2 === 0 && { session: one }), ...(one && pick % 5 === 1 && { except: one }) };
  },
  'remove-passkey': async (web, { n, pick }) => {
    const passkey = `key-${n}`;
    const staff = of(['kim@desk.example', 'lea@desk.example'], pick);
    if (pick % 3 !== 2)
      await web.sql(
        `insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ($1, $2, 'Laptop', 'x', 0, '{}')`,
        [passkey, staff],
      );
    return { passkey };
  },
  'remove-staff': async (web, { n, pick }) => {
    const email = of([`gone${n}@desk.example`, 'kim@desk.example', `gone${n}@desk.example`], pick);
    const person = { name: 'Gone', email, roles: ['engineer'], hours: null, timezone: null, absent: [], products: [] };
    if (pick % 3 !== 2)
      await web.sql('insert into staff (email, person) values ($1, $2) on conflict do nothing', [email, person]);
    if (pick % 2 === 0) await aWorkedCase(web, { n, pick: 0 }, { owner: email });
    return { email };
  },
  'run-case-timers': async (web, { n, pick }) => {
    const number = `${500_000 + n}`;
    if (pick % 3 !== 2) await aCase(web, n, pick % 3 === 0 ? 'open' : 'closed');
    return { case: number };
  },
  'renew-lapsed': async (web, given) => {
    await aMail(web, { ...given, pick: 0 }, { outcome: 'support-lapsed' });
    return { after: null };
  },
  'put-template': async (_, { n, pick }) => {
    const body = `${settled.body.trimEnd()}\n\nLine ${n}\n`;
    return of<object>(
      [
        { ...ofTemplate, subject: settled.subject, body },
        { ...ofTemplate, subject: settled.subject, body: 'Broken {{ nobody }}' },
        { ...ofTemplate, subject: settled.subject, body, version: '999999' },
        { ...ofTemplate, name: 'no-letter', subject: 'x', body },
        { ...ofTemplate, language: 'pt', subject: settled.subject, body },
      ],
      pick,
    );
  },
  'restore-template': async (web, { n, pick }) => {
    const { subject, body } = settled;
    const put = () =>
      web.sql(
        `insert into template_versions (language, name, subject, body, why, actor)
         values ('en', 'renewal-settled', $1, $2, 'tried', 'command') returning id::text`,
        [subject, `${body.trimEnd()}\n\nLine ${n}\n`],
      );
    const [first] = pick % 3 === 2 ? [{ id: '1' }] : await put();
    if (pick % 4 === 1)
      await web.sql(
        `insert into template_versions (language, name, why, actor) values ('en', 'renewal-settled', 'back', 'command')`,
      );
    return { ...ofTemplate, ...(pick % 4 === 1 && { to: first.id }) };
  },
  'add-language': async (web, { pick }) => {
    await web.sql('delete from template_languages');
    if (pick % 4 === 1) await web.sql("insert into template_languages (language, actor) values ('pt', 'command')");
    return { language: of(['pt', 'pt', 'de', 'qqq', 'pt-BR'], pick) };
  },
  'remove-language': async (web, { pick }) => {
    await web.sql('delete from template_versions');
    if (pick % 3 !== 2)
      await web.sql("insert into template_languages (language, actor) values ('pt', 'command') on conflict do nothing");
    if (pick % 3 === 1)
      await web.sql(
        `insert into template_versions (language, name, subject, body, why, actor)
         values ('pt', 'renewal-settled', 'x', 'x', 'tried', 'command')`,
      );
    return { language: 'pt' };
  },
};
