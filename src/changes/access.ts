/** The changes of a request for access (POLICY §8): it is made, and it goes on, step by step. */
import type { RequestStep } from '../access/request.ts';
import type { ContactId, MailId } from '../foundation/ids.ts';
import type { Grade } from '../mail/parsed-mail.ts';
import type { By } from './by.ts';
import { type ChangeRow, none } from './row.ts';

type Common = { readonly at: string; readonly by: By };

/** As it was said; null where nothing was. `site` are the digits that were typed. */
export type AccessSaid = {
  readonly site: string | null;
  readonly name: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly role: string | null;
  readonly justification: string | null;
  readonly phone: string | null;
  /** Of a registration (§8.11): the number or service tag; no site is named then. */
  readonly licence?: string | null;
};

export type AccessRequested = Common & {
  readonly kind: 'access-requested';
  readonly address: string;
  readonly language: string;
  readonly said: AccessSaid;
  readonly mail: MailId | null;
  /** How that mail was graded. */
  readonly grade?: Grade;
  readonly timerAt: string;
  /** Its row, once it is written. */
  readonly request?: string;
};

type OfRequest = Common & {
  readonly request: string;
  /** As it was judged: where it has moved on nothing is written. */
  readonly requestVersion: number;
  /** The clock looks at it next; null: nothing happens by itself. */
  readonly timerAt: string | null;
};
export type RequestStepped = OfRequest & {
  readonly kind: 'request-stepped';
  readonly address: string;
  readonly steps: readonly [RequestStep, ...RequestStep[]];
  readonly mail: MailId | null;
  /** What was not said before, or is set right. */
  readonly said?: Partial<AccessSaid>;
  /** Of a grant: whoever has it, and is on record already; their access ends then. */
  readonly ends?: { readonly contact: ContactId; readonly until: string | null };
};
/** Nothing was due, or there was no room for its letter. */
export type RequestTimerSet = OfRequest & { readonly kind: 'request-timer-set' };

export type AccessChange = AccessRequested | RequestStepped | RequestTimerSet;

const noEvent = none('it is about a person, and no case changes');

const stepSays: Readonly<Record<RequestStep['kind'], string>> = {
  asked: 'is asked for again',
  'verify-sent': 'waits for the asker to show that the address is theirs',
  verified: 'is verified',
  'deciders-asked': 'goes to the deciders',
  reminded: 'is brought to the deciders once more',
  'handed-over': 'goes to client care',
  'first-granted': 'is granted by the first of two, and waits for the second',
  'second-asked': 'goes to the others who decide, for one of them to confirm it',
  'first-withdrawn': 'waits again: the first of two has withdrawn the grant',
  granted: 'is granted',
  denied: 'is denied',
  'taken-back': 'waits again: the decision is taken back',
  'code-wrong': 'stays as it is: a wrong code was typed on its page',
  'asker-told': 'is decided, and the asker hears of it',
  'end-told': 'ends soon, and both sides hear of it',
  ended: 'has ended',
  erased: 'ends: the asker is erased',
  corrected: 'is set right',
};

/** What is set right, as it stands then. */
function corrected({ steps, said = {} }: RequestStepped): string {
  const fields = steps.flatMap((step) => (step.kind === 'corrected' ? step.fields : []));
  const told = fields.map((name) => `${name} ${said[name as keyof AccessSaid] ?? ''}`);
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}

/** What was set right of a person stands in the steps, from where it goes with them (§11.5); the audit stays. */
const nameless = (step: RequestStep): RequestStep => {
  if (step.kind !== 'first-granted') return step;
  const { name: _, phone: __, ...rest } = step;
  return rest;
};

export const accessChanges = {
  'access-requested': {
    audit: ({ request = '', said }) => ({
      action: 'access-requested',
      subjectKind: 'access-request',
      subjectId: request,
      detail: said.licence ? { licence: said.licence } : { site: said.site, role: said.role },
    }),
    event: noEvent,
    says: ({ address, said }) =>
      said.licence
        ? `${address} wants to register licence ${said.licence}.`
        : `${address} asks for access to site ${said.site ?? 'without a number'}.`,
    topic: 'access.requested',
    batched: false,
  },
  'request-stepped': {
    audit: ({ request, steps }) => ({
      action: `access-${steps.at(-1)?.kind}`,
      subjectKind: 'access-request',
      subjectId: request,
      detail: { steps: steps.map(nameless) },
    }),
    event: noEvent,
    says: (change) => {
      const { request, address, steps } = change;
      return `Request ${request} of ${address} ${steps.map(({ kind }) => stepSays[kind]).join(' and ')}${corrected(change)}.`;
    },
    topic: 'access.changed',
    batched: false,
  },
  'request-timer-set': {
    audit: ({ request, timerAt }) => ({
      action: 'access-timer-set',
      subjectKind: 'access-request',
      subjectId: request,
      detail: { at: timerAt },
    }),
    event: noEvent,
    says: ({ request, timerAt }) =>
      `Request ${request} is looked at again ${timerAt ?? 'when something is done to it'}.`,
    topic: none('nothing has become otherwise for anybody'),
    batched: false,
  },
} as const satisfies { [kind in AccessChange['kind']]: ChangeRow<Extract<AccessChange, { kind: kind }>> };
