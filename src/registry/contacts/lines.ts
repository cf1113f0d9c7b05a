/** What can be asked about one person of a site, as a line says it (POLICY §7, §8.8). */
import { z } from 'zod';
import { normaliseAddress } from '../../mail/address/address.ts';
import { contactDetails, contactTypes, roles } from '../site.ts';
import { grantedForm, levelsOf, type PrivilegeName, privilegesSchema } from './privileges.ts';

const personAddress = z
  .string()
  .max(254)
  .transform((value, context) => {
    const normal = normaliseAddress(value);
    if (normal !== null) return normal;
    context.addIssue({ code: 'custom', message: `"${value}" is not an e-mail address` });
    return z.NEVER;
  });
const visible = (value: string) => value.isWellFormed() && !/\p{Cc}/u.test(value);
const personText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'is longer than 200 characters')
  .refine(visible, 'has characters in it that nobody can see');
/** Whoever is put on record is there for good, or until a day: a provisional caller only asks for that. */
export const givenRole = z.enum(roles.filter((role) => role !== 'provisional caller'));
const details = Object.fromEntries(contactDetails.map((name) => [name, personText.optional()])) as {
  [name in (typeof contactDetails)[number]]: z.ZodOptional<typeof personText>;
};
const changedDetails = Object.fromEntries(contactDetails.map((name) => [name, personText.nullable().optional()])) as {
  [name in (typeof contactDetails)[number]]: z.ZodOptional<z.ZodNullable<typeof personText>>;
};
const privilege = z.enum(Object.keys(privilegesSchema.shape) as [PrivilegeName, ...PrivilegeName[]]);

export const addForm = z.strictObject({
  name: personText,
  address: personAddress.describe('where letters go'),
  role: givenRole,
  why: personText.optional().describe('why they need it'),
  types: z.array(z.enum(contactTypes)).max(6).optional(),
  privileges: grantedForm.optional().describe('what they may otherwise than their role'),
  until: z.iso.date().optional().describe('the last day of the access'),
  ...details,
});
export const removeForm = z.strictObject({ address: personAddress });
export const roleForm = z.strictObject({ address: personAddress, role: givenRole });
/** `default` takes back what was set. */
export const privilegeForm = z
  .strictObject({ address: personAddress, name: privilege, value: z.string().max(60) })
  .refine(({ name, value }) => value === 'default' || levelsOf(name).includes(value), {
    path: ['value'],
    error: ({ input }) => {
      const name = (input as { name?: PrivilegeName } | undefined)?.name;
      return name ? `is none of: ${[...levelsOf(name), 'default'].join(', ')}` : 'is no level';
    },
  });
/** §11.7: who gets the proofs of entitlement. */
export const documentsForm = z.strictObject({
  address: personAddress.describe('an address on record'),
  gets: z.boolean().describe('whether they get the proofs of entitlement'),
});
export const detailsForm = z
  .strictObject({
    address: personAddress.describe('an address on record'),
    name: personText.optional(),
    newAddress: personAddress.optional().describe('where letters go from now on'),
    ...changedDetails,
  })
  .refine((given) => Object.keys(given).length > 1, 'say what is to be changed');

const line = <Do extends string, Form extends z.ZodObject>(does: Do, form: Form) =>
  form.extend({ do: z.literal(does) }) as unknown as z.ZodType<z.infer<Form> & { do: Do }>;
export const personLine = z.union([
  line('add', addForm),
  line('remove', removeForm),
  line('role', roleForm),
  privilegeForm.safeExtend({ do: z.literal('privilege') }),
  line('documents', documentsForm),
  detailsForm.safeExtend({ do: z.literal('details') }),
]);
export type PersonLine =
  | ({ readonly do: 'add' } & z.infer<typeof addForm>)
  | ({ readonly do: 'remove' } & z.infer<typeof removeForm>)
  | ({ readonly do: 'role' } & z.infer<typeof roleForm>)
  | ({ readonly do: 'privilege' } & z.infer<typeof privilegeForm>)
  | ({ readonly do: 'documents' } & z.infer<typeof documentsForm>)
  | ({ readonly do: 'details' } & z.infer<typeof detailsForm>);
/** So many are done by one mail or call. */
export const mostLines = 50;
