/**
 * Names in a From line that pretend: one that is an address, and not the one it stands before, or that is the name of one of our people
 * before an address that is not theirs. Mail programs show the name and hide the address.
 */
import { normaliseAddress } from '../mail/address/address.ts';
import type { StaffMember } from './staff.ts';

type Sender = { readonly address: string; readonly name: string };
export type NameWarning = {
  /** A few words, for a list. */
  readonly short: string;
  readonly says: string;
};

/** Without marks, case, and what looks like a space. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim();

/** Null where the name is a name. */
export function nameWarning({ address, name }: Sender, people: readonly StaffMember[]): NameWarning | null {
  const named = /[^\s<>"'()[\],;:]+@[^\s<>"'()[\],;:]+\.[^\s<>"'()[\],;:]+/u.exec(name.normalize('NFKC'))?.[0];
  if (named !== undefined && normaliseAddress(named) !== address)
    return {
      short: 'name looks like an address',
      says: `The name says ${named}, and that is not where it came from.`,
    };
  const spoken = plain(name);
  if (spoken === '') return null;
  const words = ` ${spoken} `;
  const ours = people.find((one) => words.includes(` ${plain(one.name)} `) && one.email !== address);
  if (!ours) return null;
  return {
    short: 'name looks like staff',
    says: `The name is that of ${ours.name}, one of us, who writes from ${ours.email}.`,
  };
}
