/** The privileges of a contact (POLICY §1): their names, their levels, and how they are written down. */
import { z } from 'zod';

const levels = ['none', 'view', 'update'] as const;
const downloadLevels = ['none', 'software', 'software and media', 'with quotes, catalogue and renewals'] as const;
const level = z.enum(levels);

export const privilegesSchema = z.strictObject({
  'manage access': level,
  'contact updates': level,
  documents: level,
  reporting: level,
  cases: level,
  downloads: z.enum(downloadLevels),
});
export type Privileges = Readonly<z.infer<typeof privilegesSchema>>;
export type PrivilegeName = keyof Privileges;
/** What one contact has beside the role. */
export type Granted = Readonly<Partial<Privileges>>;

export const privilegeNames = Object.keys(privilegesSchema.shape) as readonly PrivilegeName[];

/** From the least to the most. */
export const levelsOf = (name: PrivilegeName): readonly string[] => (name === 'downloads' ? downloadLevels : levels);

/** Positive where the first opens more. */
export const compareLevels = (name: PrivilegeName, one: string, other: string): number =>
  levelsOf(name).indexOf(one) - levelsOf(name).indexOf(other);

/** In the order of the table, however they were given. */
export const inTableOrder = (granted: Granted): Granted =>
  Object.fromEntries(privilegeNames.flatMap((name) => (name in granted ? [[name, granted[name]]] : [])));

/** A cell of a table: `cases: view|downloads: none`. */
const readCell = (given: unknown): unknown =>
  typeof given === 'string'
    ? Object.fromEntries(
        given.split('|').map((part) => {
          const [name = '', ...value] = part.split(':');
          return [name.trim(), value.join(':').trim()];
        }),
      )
    : given;

export const grantedForm = z.preprocess(
  readCell,
  privilegesSchema
    .partial()
    .refine((granted) => Object.keys(granted).length > 0, 'names no privilege')
    .transform((granted) => inTableOrder(granted as Granted)),
);

export const grantedText = (granted: Granted): string =>
  Object.entries(inTableOrder(granted))
    .map(([name, value]) => `${name}: ${value}`)
    .join('|');

export const isGranted = (value: object): value is Granted => privilegeNames.some((name) => name in value);
