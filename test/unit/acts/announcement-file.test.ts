/** An announcement that was typed into fields is kept as the file that says the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAnnouncement } from '../../../src/acts/announcements/read-file.ts';
import { announcementFile } from '../../../src/acts/announcements/write-file.ts';
import { type Announcement, announcementKinds } from '../../../src/notices/announcement.ts';
import { contactTypes } from '../../../src/registry/site.ts';

const announcement: Announcement = {
  ...{ name: 'vault-12', kind: 'releases', products: ['Vault: "new"'], versions: ['11.6', '012'] },
  ...{ contactTypes: ['site technical'], resolves: ['VLT-1', '#2'] },
  texts: [
    { language: 'en', subject: "Vault 12: what's new? #1 — 'quoted'", body: 'It is **out**.\n\n***\n\nMore.' },
    { language: 'ja', subject: 'Vault 12 を公開', body: '公開しました。' },
  ],
};

it('is read as it was typed', () => {
  expect(readAnnouncement(announcementFile(announcement), null)).toEqual({ kind: 'read', announcement });
});

it('a line that would end the text is drawn as the rule it is', () => {
  const [main] = announcement.texts;
  const typed = { ...announcement, texts: [{ ...main, body: 'One\r\n\r\n---\r\n\r\ntwo' }] } as const;
  expect(readAnnouncement(announcementFile(typed), null)).toMatchObject({
    announcement: { texts: [{ body: 'One\n\n***\n\ntwo' }] },
  });
});

it('whatever stands in its fields', () => {
  // What is no character to see is refused by the reader, and Markdown that cannot be sent as well.
  const word = fc.stringMatching(/^[A-Za-z0-9 :#'"{}[\]\\,&*!|>%@`äöü日本-]{1,40}$/).map((text) => text.trim());
  const words = fc.array(
    word.filter((text) => text !== ''),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...announcementKinds),
      words,
      words,
      fc.subarray([...contactTypes]),
      word.filter((text) => text !== ''),
      (kind, products, versions, types, subject) => {
        const one: Announcement = {
          ...{ name: 'a-1', kind, products, versions, contactTypes: types, resolves: [] },
          texts: [{ language: 'en', subject, body: 'It is out.' }],
        };
        expect(readAnnouncement(announcementFile(one), null)).toEqual({ kind: 'read', announcement: one });
      },
    ),
  );
});
