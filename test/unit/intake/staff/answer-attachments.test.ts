import { expect, test } from 'vitest';
import { attachmentsToSend, withPictureNames } from '../../../../src/intake/staff/answer-attachments.ts';
import type { Attachment } from '../../../../src/mail/parsed-mail.ts';

const file = (name: string, type: string, size: number, inline = false): Attachment => ({
  ...{ name, type, size, inline },
  sha256: name,
});

test.each([
  ['a file', file('fix.zip', 'application/zip', 10), 'See the file.', '', true],
  ['a small file that is a picture', file('arrow.png', 'image/png', 900), 'See it.', '', true],
  ['a picture in the text', file('image001.png', 'image/png', 900, true), 'See [cid:image001.png@01DB.1]', '', true],
  [
    'a picture in the signature',
    file('image001.png', 'image/png', 90_000, true),
    'Hi',
    '[cid:image001.png@01DB.1]',
    false,
  ],
  [
    'a picture in the old text, as Gmail names it',
    file('logo.png', 'image/png', 90_000, true),
    'Hi',
    '[image: logo.png]',
    false,
  ],
  ['a large picture that no text names', file('image.png', 'image/png', 90_000, true), 'Hi', '', true],
  ['a small picture that no text names', file('image.png', 'image/png', 3_000, true), 'Hi', '', false],
  ['the logo that a gateway made a file', file('image001.png', 'image/png', 3_000), 'Hi', '', false],
  ['a card', file('Kim.vcf', 'text/vcard', 300), 'Hi', '', false],
  ['a seal', file('smime.p7s', 'application/pkcs7-signature', 4_000), 'Hi', '', false],
])('%s', (_story, one, own, below, goes) => {
  expect(attachmentsToSend([one], own, `${own}\n${below}`)).toEqual(goes ? [0] : []);
});

test('the mark of a picture becomes its name', () => {
  expect(withPictureNames('Here: [cid:image001.png@01DB.1], [image: shot.png], <a.jpg>, <b@c.example>')).toBe(
    'Here: [image001.png], [shot.png], [a.jpg], <b@c.example>',
  );
});
