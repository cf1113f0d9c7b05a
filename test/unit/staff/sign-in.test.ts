import { describe, expect, it } from 'vitest';
import { deviceOf, memberNow, rolesLost } from '../../../src/staff/sign-in.ts';
import { kim, lea, person } from '../../support/worked-case.ts';

describe('the device of a session', () => {
  const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36';
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
  it.each([
    [linux, 'Firefox, Linux'],
    [chrome, 'Chrome, Windows'],
    [`${chrome} Edg/139.0.0.0`, 'Edge, Windows'],
    [chrome.replace('Chrome/', 'HeadlessChrome/'), 'Chrome, Windows'],
    [iphone, 'Safari, iPhone'],
    ['curl/8.5.0', 'a device that does not say what it is'],
    [undefined, 'a device that does not say what it is'],
  ])('is named by browser and system: %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
  it('shows nothing of what a browser says of itself', () => {
    expect(deviceOf('<b>Firefox/1</b> your bank, Linux')).toBe('Firefox, Linux');
  });
});

describe('who somebody is now', () => {
  const nia = person('Nia Vale', 'nia@desk.example');
  it('is by postern.yaml where it names them, by their row else, and nobody without either', () => {
    const other = { ...kim, name: 'Another Kim' };
    expect(memberNow([kim, lea], kim.email, other)).toBe(kim);
    expect(memberNow([kim], nia.email, nia)).toEqual({ ...nia, added: true });
    expect(memberNow([kim], nia.email, null)).toBeNull();
  });
  it('is nobody whose row is gone, although this process has not looked at it since', () => {
    expect(memberNow([{ ...nia, added: true }], nia.email, null)).toBeNull();
  });
  it('knows which roles are lost', () => {
    const before = person('Nia Vale', 'nia@desk.example', { roles: ['engineer', 'admin'] });
    expect(rolesLost(before, { ...before, roles: ['viewer', 'engineer'] })).toEqual(['admin']);
    expect(rolesLost(before, { ...before, roles: ['admin', 'engineer', 'viewer'] })).toEqual([]);
  });
});
