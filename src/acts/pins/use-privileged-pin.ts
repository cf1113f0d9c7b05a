import { z } from 'zod';
import { type Act, type ActLetter, refused } from '../act.ts';
import type { PrivilegedPinRecord } from './records.ts';

export const byPin = z.strictObject({
  pin: z.string().min(1).max(40).describe('a privileged PIN, or the id of its row'),
});
export type ByPin = z.infer<typeof byPin>;

/** Why it can be used no more. */
export const whyOver = {
  open: 'This privileged PIN has been used.',
  used: 'This privileged PIN has been used.',
  expired: 'This privileged PIN has expired.',
  revoked: 'This privileged PIN was revoked.',
  'no-right': 'The person this privileged PIN was issued to has another role or another address now.',
} as const;

export const noSuchPin = refused('not-found', 'There is no such privileged PIN.');

function letterTo(primary: string, on: PrivilegedPinRecord): ActLetter {
  const { id, siteName, site, case: number, contactName: contact, until, timezone, language } = on;
  return {
    template: 'privileged-pin-used',
    values: { siteName, site, case: number, contact, until, timezone },
    to: primary,
    audience: 'contact',
    language,
    matter: `privileged-pin:${id}`,
    once: `privileged-pin-used:${id}`,
    case: number,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  };
}

/** POLICY §1: once, while it is good; the primary contact is told. */
export const usePrivilegedPin: Act<ByPin> = {
  name: 'use-privileged-pin',
  input: byPin,
  right: 'privileged PINs: use',
  does: 'uses a privileged PIN; the primary contact is told',
  gives: { changes: ['privileged-pin-used'], letters: ['privileged-pin-used'] },
  needs: ({ pin }) => ({ privilegedPin: pin }),
  judge(_, { privilegedPin: on }, { by, now: at }) {
    if (!on) return noSuchPin;
    if (on.state !== 'good') return refused('conflict', whyOver[on.state]);
    const { id: pin, case: number, caseId, contact, primary } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'privileged-pin-used', pin, case: number, caseId, contact, at, by }],
      letters: primary === null ? [] : [letterTo(primary, on)],
    };
  },
};
