/** What the renewal team does with one letter before it goes out (POLICY §10.5): hold, release, skip, its words, a quote, send now. */
import { z } from 'zod';
import type { RenewalHandled } from '../../changes/schedule/renewals.ts';
import { isTooLate } from '../../notices/turns.ts';
import { type Act, type ActLetter, type Given, type Judged, type Refusal, refused } from '../act.ts';
import { ofStep } from './plan-renewals.ts';
import type { RenewalRecords, RenewalStep } from './records.ts';
import { type OfRenewal, type OnStep, renewalInput, sendStep } from './run-renewal.ts';
import { openItems, standingOf } from './standing.ts';

const right = 'renewals: update' as const;
const noLetters: readonly ActLetter[] = [];

const how: Readonly<Record<string, string>> = {
  sent: 'was sent',
  nobody: 'has reached nobody',
  held: 'was held until it was too late',
  skipped: 'was skipped',
};

function onStep({ renewal }: OfRenewal, { renewals }: RenewalRecords, given: Given): OnStep | Refusal {
  const { site, step, schedule } = renewals ?? {};
  if (!site || !step || !schedule)
    return refused('not-found', `There is no renewal ${renewal}; \`npx postern renewals list\` has their numbers.`);
  return { site, step, schedule, given, standing: standingOf(site, schedule, given) };
}

const whyOf = ({ reason }: RenewalStep): string => (reason === null ? '' : ` (${reason})`);

/** Null: it may still go out. */
function isOver({ step }: OnStep): Refusal | null {
  if (step.settledAt === null) return null;
  return refused('conflict', `Renewal ${step.id} ${how[step.state]}${whyOf(step)} and does not come any more.`);
}

const isRefusal = (one: OnStep | Refusal): one is Refusal => 'kind' in one;

function handling<Input extends OfRenewal>(given: {
  readonly name: string;
  readonly does: string;
  readonly input: z.ZodType<Input>;
  readonly what: RenewalHandled['what'];
  readonly words?: (asked: Input) => string | null;
  readonly unless?: (on: OnStep) => string | null;
}): Act<Input> {
  const { name, does, input, what, words = () => null, unless = () => null } = given;
  return {
    ...{ name, does, input, right },
    gives: { changes: ['renewal-handled'], letters: [] },
    needs: ({ renewal }) => ({ renewals: { step: renewal } }),
    judge(asked, records, around): Judged {
      const on = onStep(asked, records, around);
      if (isRefusal(on)) return on;
      const over = isOver(on);
      if (over) return over;
      const why = unless(on);
      if (why !== null) return refused('conflict', why);
      const change = { kind: 'renewal-handled', ...ofStep(on, on.step), what, words: words(asked) } as const;
      return { kind: 'done', changes: [change], letters: noLetters };
    },
  };
}

export const holdRenewal = handling({
  name: 'hold-renewal',
  does: 'holds a letter about a renewal until it is released or sent',
  input: renewalInput,
  what: 'held',
  unless: ({ step }) =>
    step.state === 'planned'
      ? null
      : `Renewal ${step.id} is ${step.state}${whyOf(step)}; only a planned one can be held.`,
});
export const releaseRenewal = handling({
  name: 'release-renewal',
  does: 'lets a held letter about a renewal go out on its day, or now where that is over',
  input: renewalInput,
  what: 'released',
  unless: ({ step }) => (step.state === 'held' ? null : `Renewal ${step.id} is not held.`),
});
export const skipRenewal = handling({
  name: 'skip-renewal',
  does: 'skips a letter about a renewal; the steps after it go out',
  input: renewalInput,
  what: 'skipped',
});

const editInput = renewalInput.extend({
  text: z
    .string()
    .trim()
    .max(10_000)
    .describe('stands above what ends, in place of nothing else; empty takes it away again'),
});
export const editRenewal = handling({
  name: 'edit-renewal',
  does: 'puts words of its own into a letter about a renewal',
  input: editInput,
  what: 'edited',
  words: ({ text }) => (text === '' ? null : text),
});

/** §11.6, §10.3: by hand no more goes out than by itself, but for the day. */
function mayNotGo({ step, schedule, standing, given }: OnStep): string | null {
  if (!schedule.running) return 'Renewals stand still: `npx postern schedule start renewals` lets them go out.';
  if (schedule.pausedAt !== null) return 'Renewals are paused: resume them first.';
  if (isTooLate(step.dueAt, given.now, given.policy))
    return `The day of renewal ${step.id} was ${step.day}, and no letter goes out so long after it.`;
  return openItems(standing, step).length > 0
    ? null
    : `All that renewal ${step.id} is about is renewed, or is not on record any more.`;
}

export const sendRenewal: Act<OfRenewal> = {
  name: 'send-renewal',
  input: renewalInput,
  right,
  does: 'sends a letter about a renewal now; one that has reached nobody is tried again',
  gives: { changes: ['renewal-sent', 'renewal-missed'], letters: ['renewal-notice'] },
  needs: ({ renewal }) => ({ renewals: { step: renewal } }),
  judge(asked, records, given) {
    const on = onStep(asked, records, given);
    if (isRefusal(on)) return on;
    const again = on.step.state === 'nobody';
    const over = again ? null : isOver(on);
    if (over) return over;
    const why = mayNotGo(on);
    if (why !== null) return refused('conflict', why);
    const sent = sendStep(on, openItems(on.standing, on.step));
    const missed = sent.kind === 'done' && sent.letters.length === 0;
    // Nothing has changed since it was found that there is nobody.
    if (missed && again)
      return refused('conflict', `Nobody at site ${on.site.of.site.number} is left to be written to.`);
    return sent;
  },
};

/** By the ends of their names; what a program could run is none. */
const quoteTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  jpg: 'image/jpeg',
};
const endingOf = (filename: string): string => filename.split('.').at(-1)?.toLowerCase() ?? '';
/** As base64 it has to fit into a call. */
const mostBytes = 1_000_000;

const quoteInput = renewalInput.extend({
  filename: z
    .string()
    .regex(/^[^\p{C}/\\]{1,100}$/u, 'is not the name of a file')
    .refine((name) => Object.hasOwn(quoteTypes, endingOf(name)), `has to end in ${Object.keys(quoteTypes).join(', ')}`)
    .describe('as the reader sees it'),
  content: z
    .base64('is not base64')
    .min(1, 'the file is empty')
    .max(Math.ceil(mostBytes / 3) * 4, `is larger than ${mostBytes / 1_000_000} MB`)
    .describe('the file, as base64'),
});
type QuoteRenewal = z.infer<typeof quoteInput>;

export const quoteRenewal: Act<QuoteRenewal> = {
  name: 'quote-renewal',
  input: quoteInput,
  right,
  does: 'attaches a quote to a letter about a renewal, of which billing contacts get a copy',
  gives: { changes: ['renewal-quoted'], letters: [] },
  needs: ({ renewal }) => ({ renewals: { step: renewal } }),
  judge({ filename, content, ...asked }, records, given) {
    const on = onStep(asked, records, given);
    if (isRefusal(on)) return on;
    const over = isOver(on);
    if (over) return over;
    const type = quoteTypes[endingOf(filename)] ?? '';
    const change = { kind: 'renewal-quoted', ...ofStep(on, on.step), filename, type, content } as const;
    return { kind: 'done', changes: [change], letters: [] };
  },
};
