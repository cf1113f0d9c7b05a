/** What the address of the list asks for; what cannot be used is said, and the rest is shown. */
import { letterStates } from '../../../flows/letters/shown-letter.ts';
import { normaliseAddress } from '../../../mail/address/address.ts';
import { momentIn } from '../frame/moments.ts';
import type { Viewer } from '../viewer.ts';
import { type Asked, notArrived } from './words.ts';

export type AskedList = { readonly asked: Asked; readonly faults: readonly string[] };

const named: readonly string[] = [...letterStates, notArrived];

export function askedOf(query: (name: string) => string | undefined, viewer: Pick<Viewer, 'zone'>): AskedList {
  const faults: string[] = [];
  const given = (name: string): string | undefined => query(name)?.trim().replaceAll('\0', '') || undefined;
  const checked = (name: string, form: RegExp, says: string): string | undefined => {
    const value = given(name);
    if (value === undefined || form.test(value)) return value;
    faults.push(says);
    return undefined;
  };
  const state = given('state');
  if (state !== undefined && !named.includes(state)) faults.push(`There is no state "${state.slice(0, 40)}".`);
  const to = given('to');
  const address = to === undefined ? undefined : normaliseAddress(to);
  if (address === null) faults.push(`"${to?.slice(0, 80)}" is no whole address, such as ada@customer.example.`);
  const since = given('since');
  const from = since === undefined ? undefined : momentIn(viewer.zone, since);
  if (from === null) faults.push(`"${since?.slice(0, 40)}" is no day, such as 2026-11-29.`);
  return {
    asked: {
      state: state !== undefined && named.includes(state) ? state : undefined,
      template: checked('template', /^[a-z-]{1,60}$/, 'There is no such kind of letter.'),
      to: address ?? undefined,
      case: checked('case', /^\d{1,18}$/, 'A case is a number, such as 100417.'),
      mail: checked('mail', /^\d{1,18}$/, 'A mail is a number.'),
      since: from ? since : undefined,
      before: checked('before', /^\d{1,18}$/, 'This page of the list is not there; these are the newest.'),
    },
    faults,
  };
}
