/** Plays the story of the week, and reads what has come of it in the words of the ledger. */
import { readFileSync } from 'node:fs';
import { perform } from '../../../src/flows/acts/perform.ts';
import { importRegistryFiles } from '../../../src/flows/registry/registry-files.ts';
import type { SimulatedWeek } from '../clock/simulated-week.ts';
import { addressOf, type Letter, messageIdOf, rawOf } from './mails.ts';
import { writtenOf } from './moments.ts';
import { folder, type Ledger, type Step } from './read-files.ts';

export async function importFile({ app }: SimulatedWeek, file: string): Promise<void> {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const how = { prune: false, dryRun: false, by: { kind: 'command', staff: null } } as const;
  const done = await importRegistryFiles(app, [{ name: file, text }], how);
  if (done.kind === 'faults') throw new Error(`${file}: ${JSON.stringify(done.faults)}`);
}

type LetterOf = {
  readonly template: string;
  readonly subject: string;
  readonly to_address: string;
  readonly created_at: Date;
  readonly message_id: string;
  readonly raw: Buffer;
  readonly matter: string | null;
};

/** The template; what goes to our people by the words that its subject begins with. */
export function nameOf({ template, subject }: Pick<LetterOf, 'template' | 'subject'>): string {
  if (!['case-notice', 'staff-answer', 'staff-notice'].includes(template)) return template;
  const [begin = ''] = subject.split(/ ?: /);
  if (begin === subject || !/^[\w %-]{2,30}$/.test(begin)) return template;
  return begin.toLowerCase().replace(' of the time has passed', '').replaceAll(' ', '-');
}

/** A case is called by the matter of the mail that opened it. */
const matters = `select c.id, coalesce(split_part(btrim(m.message_id, '<>'), '.', 1), c.number) as matter
  from cases c left join mails m on m.id = c.opened_by_mail`;

export async function lettersOf({ query }: SimulatedWeek, to?: string): Promise<LetterOf[]> {
  return query<LetterOf>(
    `select l.template, l.subject, l.to_address, l.created_at, l.message_id, l.raw, k.matter
     from letters l left join (${matters}) k on k.id = l.case_id
     where l.state <> 'suppressed' and ($1::text is null or l.to_address = $1) order by l.id`,
    [to ?? null],
  );
}

async function answeredBy(week: SimulatedWeek, step: Extract<Step, { does: 'mail' }>): Promise<Letter | null> {
  if (!step.answers) return null;
  const { matter, letter } = step.answers;
  const found = (await lettersOf(week, addressOf(step.who))).findLast(
    (one) => (matter === '-' || one.matter === matter) && (letter === null || nameOf(one) === letter),
  );
  if (!found) throw new Error(`${step.key}: ${step.who} has no ${letter ?? 'letter'} about ${matter}`);
  const { message_id: messageId, subject, raw, created_at: at } = found;
  return { name: nameOf(found), matter, messageId: `<${messageId.replace(/[<>]/g, '')}>`, subject, raw, at };
}

/** What could not be played stands in the list that is given back: the rest of the week goes on. */
export async function play(week: SimulatedWeek, steps: readonly Step[]): Promise<string[]> {
  const faults: string[] = [];
  const sent = new Map<string, { raw: Buffer; to: string }>();
  for (const step of steps) {
    try {
      await week.pass(step.at);
      await playOne(week, step, sent);
    } catch (error) {
      faults.push(`${step.key}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return faults;
}

async function playOne(week: SimulatedWeek, step: Step, sent: Map<string, { raw: Buffer; to: string }>) {
  switch (step.does) {
    case 'mail':
    case 'again': {
      const mail = step.does === 'again' ? sent.get(step.key2) : rawOf(step, await answeredBy(week, step));
      if (!mail) throw new Error('nothing was sent before');
      sent.set(step.key, mail);
      const mailFrom = step.does === 'mail' && step.options.has('auto') ? null : addressOf(step.who);
      return week.arrive(step.at, mail.raw, { mailFrom, rcptTo: [mail.to] });
    }
    case 'registry':
      await importFile(week, step.file);
      return week.pass(step.at);
    case 'act': {
      const numbers = await week.query<{ number: string; matter: string }>(
        `select c.number, k.matter from cases c join (${matters}) k on k.id = c.id`,
      );
      const written = step.input.replace(
        /\$(\w+)/g,
        (_, matter) => numbers.find((one) => one.matter === matter)?.number ?? matter,
      );
      const by = { kind: 'api', staff: addressOf(step.who) } as const;
      const act = week.app.acts.find(({ name }) => name === step.act);
      if (!act) throw new Error(`there is no act ${step.act}`);
      const done = await perform(week.app, { act: step.act, input: act.input.parse(JSON.parse(written)), by });
      if (done.kind !== 'done') throw new Error(`${step.act}: ${JSON.stringify(done)}`);
      return week.pass(step.at);
    }
    default:
      return step satisfies never;
  }
}

/** Events that the ledger tells of; what stands in letters or outcomes already is left out. */
const told: Readonly<Record<string, (detail: Record<string, unknown>) => string>> = {
  'owner-set': ({ to }) => `owner ${to === null ? 'nobody' : String(to).split('@')[0]}`,
  'clock-met': () => 'met',
  'clock-paused': () => 'paused',
  'clock-resumed': () => 'resumed',
  'clock-breached': () => 'breached',
  'severity-changed': ({ to }) => `severity ${to}`,
  'kind-set': ({ kind }) => `kind ${kind}`,
  closed: () => 'closed',
  reopened: () => 'reopened',
  merged: () => 'merged',
  'merged-into': () => 'merged',
};

export async function outcomeOf(week: SimulatedWeek, steps: readonly Step[]): Promise<Ledger> {
  const { query } = week;
  const mails = await query<{ message_id: string; outcome: string; matter: string | null }>(
    `select btrim(m.message_id, '<>') as message_id, k.matter,
       (select string_agg(d.outcome, ',' order by d.id) from decisions d where d.mail_id = m.id) as outcome
     from mails m left join (${matters}) k on k.id = m.case_id order by m.id`,
  );
  const outcomes = steps.flatMap(({ key, does }) => {
    if (does !== 'mail') return [];
    const mail = mails.find(({ message_id }) => `<${message_id}>` === messageIdOf(key));
    return [`${key} ${mail?.outcome ?? 'lost'} ${mail?.matter ?? ''}`.trim()];
  });
  const letters = (await lettersOf(week)).map(
    (one) => `${one.matter ?? '-'} ${writtenOf(one.created_at)} ${nameOf(one)} -> ${one.to_address.split('@')[0]}`,
  );
  const cases = await query<{ matter: string; severity: number; due: Date | null; status: string }>(
    `select k.matter, c.severity, c.due, c.status from cases c join (${matters}) k on k.id = c.id`,
  );
  const events = await query<{ matter: string; kind: string; at: Date; detail: Record<string, unknown> }>(
    `select k.matter, e.kind, e.at, e.detail from case_events e join (${matters}) k on k.id = e.case_id order by e.id`,
  );
  return {
    outcomes,
    letters,
    cases: cases.map(
      ({ matter, severity, due, status }) => `${matter} ${severity} ${due ? writtenOf(due) : '-'} ${status}`,
    ),
    events: events.flatMap(({ matter, kind, at, detail }) => {
      const says = told[kind];
      return says ? [`${matter} ${writtenOf(at)} ${says(detail)}`] : [];
    }),
  };
}
