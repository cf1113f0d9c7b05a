import { describe, expect, it } from 'vitest';
import { firstSeverity, severityOfField } from '../../../src/cases/severity.ts';
import type { Entitlement } from '../../../src/registry/entitlement.ts';

const asked = { day: '2026-03-01', product: 'Pulse', productUnknown: false };
const full: Entitlement = {
  kind: 'entitled',
  ...asked,
  plan: 'standard',
  base: 'standard',
  coveredBy: 'Pulse',
  users: 1,
  support: 1,
};
const trial: Entitlement = {
  kind: 'trial',
  ...asked,
  plan: 'standard',
  base: 'standard',
  coveredBy: 'Pulse',
  severities: [3, 4],
  until: '2026-03-30',
};

describe('reading a severity', () => {
  it.each([
    ['1', 1],
    ['4', 4],
    ['5', null],
    ['12', null],
    ['', null],
    [undefined, null],
    ['as soon as possible', null],
  ])('%s is %s', (field, severity) => {
    expect(severityOfField(field)).toBe(severity);
  });
});

describe('the first severity', () => {
  it('is the one the customer names', () => {
    expect(firstSeverity('1', full, { preview: false })).toEqual({ severity: 1, asked: 1, lowered: null });
  });
  it('is minimal where none is named', () => {
    expect(firstSeverity(undefined, full, { preview: false })).toEqual({ severity: 3, asked: null, lowered: null });
  });
  it('is at most 3 on a trial, with the reason', () => {
    expect(firstSeverity('1', trial, { preview: false })).toEqual({ severity: 3, asked: 1, lowered: 'trial' });
    expect(firstSeverity('4', trial, { preview: false })).toEqual({ severity: 4, asked: 4, lowered: null });
  });
  it('is 3 for a preview version, whatever is asked', () => {
    expect(firstSeverity('2', full, { preview: true })).toEqual({ severity: 3, asked: 2, lowered: 'preview' });
    expect(firstSeverity('4', full, { preview: true })).toEqual({ severity: 3, asked: 4, lowered: null });
  });
  it('is at most 3 for a provisional caller', () => {
    const opened = { preview: false, provisionalCaller: true };
    expect(firstSeverity('2', full, opened)).toEqual({ severity: 3, asked: 2, lowered: 'provisional caller' });
  });
});
