import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actsByName } from '../../../../src/acts/list.ts';
import { ownNames } from '../../../../src/web/console/acts/forms.ts';
import { faultsOf, inputOf, labelOf, schemaOf } from '../../../../src/web/console/acts/typed.ts';

const act = {
  input: z.strictObject({
    mail: z.string(),
    text: z.string().optional().describe('What is written to them'),
    severity: z.int().optional(),
    now: z.boolean().optional(),
    roles: z.array(z.string()).optional(),
    counts: z.array(z.int()).optional(),
    register: z
      .strictObject({ name: z.string().optional(), level: z.union([z.int(), z.null()]).optional() })
      .optional(),
  }),
};
const fixed = { mail: '12' };

describe('what was typed into a form', () => {
  it('becomes what the act has at that name', () => {
    const typed = {
      text: ['Two\r\nlines'],
      severity: ['2'],
      now: ['on'],
      roles: ['engineer', 'viewer'],
      counts: ['1\n2\n'],
      'register.name': ['007'],
      'register.level': ['3'],
    };
    expect(inputOf(act, fixed, typed)).toEqual({
      mail: '12',
      text: 'Two\nlines',
      severity: 2,
      now: true,
      roles: ['engineer', 'viewer'],
      counts: [1, 2],
      register: { name: '007', level: 3 },
    });
  });
  it('leaves out what was left empty, so that it is missed, and not taken for nothing', () => {
    expect(inputOf(act, fixed, { text: ['  '], severity: [''], 'register.name': [''] })).toEqual(fixed);
  });
  it('takes a field for emptied where it shows all that stands', () => {
    const stands = { mail: '12', text: 'before', roles: ['engineer'], register: { level: 2 }, severity: 3 };
    const typed = { text: [''], roles: [''], 'register.level': [' '], severity: [''] };
    expect(inputOf(act, stands, typed, ['text', 'roles', 'register.level'])).toEqual({
      mail: '12',
      text: '',
      roles: [],
      register: { level: null },
      severity: 3,
    });
  });
  it('leaves what is no number to the act, which says so', () => {
    const input = inputOf(act, fixed, { severity: ['two'] });
    const parsed = act.input.safeParse(input);
    expect(faultsOf(act, parsed.error as z.ZodError)).toEqual([expect.stringMatching(/^Severity: .*number/)]);
  });
  it('names a field by the words of the act, else by its name; one that is missing is asked for', () => {
    expect(labelOf(act, 'text')).toBe('What is written to them');
    expect(labelOf(act, 'register.newLevel')).toBe('New level');
    const parsed = act.input.safeParse({});
    expect(faultsOf(act, parsed.error as z.ZodError)).toEqual(['Mail: fill this in.']);
  });
  it('cannot reach what every object has', () => {
    const input = inputOf(act, fixed, { '__proto__.polluted': ['yes'], 'constructor.prototype.polluted': ['yes'] });
    expect(input).toEqual(fixed);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});

it.each(Object.values(actsByName))('the form of $name can hold every field of it', ({ input }) => {
  const { properties = {} } = schemaOf({ input });
  for (const name of ownNames) expect(Object.keys(properties)).not.toContain(name);
});
