/** Requests for access in words: their states, their steps, and the address of a list of them. */
import type { RequestState, RequestStep } from '../../../access/request.ts';
import type { RequestWhole } from '../../../flows/access/access-desk.ts';
import { privilegeNames } from '../../../registry/contacts/privileges.ts';
import type { Tone } from '../frame/parts.ts';

export const states: Readonly<
  Record<RequestState, { readonly says: string; readonly tab: string; readonly tone?: Tone; readonly none: string }>
> = {
  'with-client-care': {
    ...{ says: 'with client care', tab: 'For client care', tone: 'bad' },
    none: 'No request is with client care: each is with those who decide, or decided.',
  },
  waiting: {
    ...{ says: 'with the site', tab: 'With the site', tone: 'warn' },
    none: 'No request waits for a site to decide.',
  },
  'to-verify': {
    ...{ says: 'not verified', tab: 'Not verified' },
    none: 'Everybody who asked has shown that their address is theirs.',
  },
  granted: { ...{ says: 'granted', tab: 'Granted', tone: 'good' }, none: 'Nobody has access by a grant at present.' },
  denied: { ...{ says: 'denied', tab: 'Denied' }, none: 'No request was denied.' },
  expired: { ...{ says: 'ended', tab: 'Ended' }, none: 'No request has ended.' },
};
/** In the order in which somebody has to look. */
export const tabOrder = ['with-client-care', 'waiting', 'to-verify', 'granted', 'denied', 'expired'] as const;
/** Somebody has to decide. */
export const openStates = ['with-client-care', 'waiting'] as const satisfies readonly RequestState[];
export const openTab = { says: 'To be decided', none: 'No request waits for a decision.' } as const;
/** What waits longest comes first where somebody has to do something. */
export const oldestFirst = (state: Asked['state']): boolean =>
  state === 'open' || state === 'to-verify' || openStates.some((one) => one === state);

export const denials = {
  1: 'the requestor is unknown',
  2: 'access is not necessary',
  3: 'no business relationship to this site',
} as const;

const handedOver: Readonly<Record<Extract<RequestStep, { kind: 'handed-over' }>['why'], string>> = {
  'wrong-number': 'its site number or country is wrong',
  'no-decider': 'nobody at the site decides about access',
  'no-answer': 'nobody at the site has decided',
  'second-decider': 'nobody at the site could be the second who decides',
  registration: 'it registers a licence, and its site has nobody on record',
  'no-such-licence': 'it registers a licence that nobody has',
  'site-has-people': 'it registers a licence of a site that has people of its own',
};

const privilegesSaid = (privileges: Readonly<Record<string, string>>): string =>
  privilegeNames.flatMap((name) => (privileges[name] ? [`, ${name}: ${privileges[name]}`] : [])).join('');

type Terms = { readonly role: string; readonly until: string | null } & {
  readonly privileges: Readonly<Record<string, string>>;
};
export const termsSaid = ({ role, privileges, until }: Terms): string =>
  `${role}${privilegesSaid(privileges)}${until === null ? '' : `, until ${until}`}`;

/** One step of it as a sentence without a full stop. */
export function stepSaid(step: RequestStep): string {
  switch (step.kind) {
    case 'asked':
      return step.registers ? 'Asked to register a licence' : 'Access was asked for';
    case 'verify-sent':
      return 'The asker was asked to show that the address is theirs';
    case 'verified':
      return 'The address is theirs';
    case 'deciders-asked':
      return 'Those who decide at the site were asked';
    case 'reminded':
      return 'Those who decide were asked once more';
    case 'handed-over':
      return `Went to client care: ${handedOver[step.why]}`;
    case 'granted':
      return `Granted: ${termsSaid(step)}. Why: ${step.justification}`;
    case 'first-granted':
      return `Granted by the first of two: ${termsSaid(step)}. Why: ${step.justification}`;
    case 'second-asked':
      return 'The others who decide were asked to confirm it';
    case 'first-withdrawn':
      return 'The first of two has withdrawn it';
    case 'denied':
      return `Denied: ${denials[step.reason as 1 | 2 | 3] ?? step.reason}${step.words ? `. To the asker: ${step.words}` : ''}`;
    case 'taken-back':
      return 'The decision was taken back';
    case 'code-wrong':
      return 'A wrong code was typed on the page of a letter';
    case 'asker-told':
      return 'The asker has the decision';
    case 'end-told':
      return 'Both sides have heard that it ends soon';
    case 'ended':
      return 'It has ended';
    case 'erased':
      return 'The asker was erased';
    case 'corrected':
      return `Set right: ${step.fields.join(', ')}`;
    default:
      return step satisfies never;
  }
}

const next: Readonly<Record<NonNullable<RequestWhole['due']>['what'], string>> = {
  'verify-sent': 'the asker is asked to show that the address is theirs',
  'deciders-asked': 'those who decide are asked',
  'second-asked': 'the others who decide are asked to confirm it',
  reminded: 'those who decide are reminded',
  'handed-over': 'it goes to client care',
  'asker-told': 'the asker hears of the decision',
  'end-told': 'both sides hear that it is about to end',
  ended: 'it ends by itself',
};
export const nextSaid = ({ what }: NonNullable<RequestWhole['due']>): string => next[what];

export type Asked = {
  readonly state: RequestState | 'open' | 'all';
  readonly site?: string | undefined;
  readonly address?: string | undefined;
  readonly before?: string | undefined;
};
export function listAddress({ state, ...more }: Asked): string {
  const query = new URLSearchParams(state === 'open' ? {} : { state });
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/access' : `/access?${text}`;
}
