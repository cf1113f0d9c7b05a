import { expect, it } from 'vitest';
import { passkeySite } from '../../../src/sign-in/passkeys.ts';

it.each([
  ['https://postern.desk.example', { host: 'postern.desk.example', origin: 'https://postern.desk.example' }],
  ['https://desk.example:8443/under/a/path', { host: 'desk.example', origin: 'https://desk.example:8443' }],
  ['http://localhost:8080', { host: 'localhost', origin: 'http://localhost:8080' }],
  ['http://postern.desk.example', null],
  ['http://127.0.0.1:8080', null],
  ['https://192.0.2.7', null],
  ['https://[2001:db8::1]', null],
])('passkeys of %s are good for %j', (publicUrl, site) => {
  expect(passkeySite(publicUrl)).toEqual(site);
});
