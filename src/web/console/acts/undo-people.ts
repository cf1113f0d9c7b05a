/** What takes back what was done to the people of a customer: what stood there before is known from what was changed. */
import type { Change } from '../../../changes/change.ts';
import { givenRole } from '../../../registry/contacts/lines.ts';
import type { Undo } from './inverse.ts';

const madeOf = <Kind extends Change['kind']>(made: readonly Change[], kind: Kind): Extract<Change, { kind: Kind }>[] =>
  made.filter((one): one is Extract<Change, { kind: Kind }> => one.kind === kind);

export const undoOfPeople = {
  // A primary is taken off by giving the role to somebody else, which is no way back.
  'add-contact': ({ site, address, role }) =>
    role === 'primary' ? null : { act: 'remove-contact', input: { site, address } },
  // Where the primary role was handed over two have another one, and who was what is not told by one act.
  'set-role': ({ site, address }, made) => {
    const [set, ...others] = madeOf(made, 'role-set');
    const was = givenRole.safeParse(set?.was);
    if (others.length > 0 || !was.success || was.data === 'primary') return null;
    return { act: 'set-role', input: { site, address, role: was.data } };
  },
  'set-privilege': ({ site, address, name }, made) => {
    const [set] = madeOf(made, 'privilege-set');
    return set ? { act: 'set-privilege', input: { site, address, name, value: set.was ?? 'default' } } : null;
  },
  'set-documents': ({ site, address, gets }) => ({ act: 'set-documents', input: { site, address, gets: !gets } }),
  'set-subscription': (input) => ({ act: 'set-subscription', input: { ...input, wanted: !input.wanted } }),
} as const satisfies Undo;
