import fc from 'fast-check';
import { expect, it } from 'vitest';
import { senderWarnings } from '../../../../src/mail/address/sender-warnings.ts';

const ours = {
  addresses: ['support@desk.example'],
  people: [
    { name: 'Kim Oster', email: 'kim@desk.example' },
    { name: 'Robin', email: 'robin@desk.example' },
  ],
};
const warned = (name: string, address = 'office@build-it.example') =>
  senderWarnings({ kind: 'one', name, address }, ours).map(({ kind }) => kind);

it.each([
  ['Ada Byron', undefined, []],
  ['', undefined, []],
  ['ada@aldous.example', undefined, ['name-is-address']],
  ['Support <support@desk.example>', undefined, ['name-is-address']],
  ['ＡＤＡ＠ALDOUS．EXAMPLE', undefined, ['name-is-address']],
  ['Office@Build-It.example', undefined, []],
  ['Kim Oster', undefined, ['name-is-staff']],
  ['OSTER, Kim (Support)', undefined, ['name-is-staff']],
  ['Kіm Оѕter', undefined, ['name-is-staff']],
  ['K\u200bim Öster', undefined, ['name-is-staff']],
  ['Kim Oster', 'kim@desk.example', []],
  ['Kim', undefined, []],
  // One word is the name of many.
  ['Robin', undefined, []],
  ['Help', 'help@desk.example', []],
  ['Help', 'help@eu.desk.example', []],
  ['Help', 'help@d3sk.example', ['looks-like-ours']],
  ['Help', 'help@desk.example.build-it.example', ['looks-like-ours']],
])('of %j, %j: %j', (name, address, kinds) => expect(warned(name, address)).toEqual(kinds));

it('says nothing of a mail without a single sender', () => {
  expect(senderWarnings({ kind: 'several' }, ours)).toEqual([]);
});

it('never fails on a name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      warned(name);
    }),
  );
});
