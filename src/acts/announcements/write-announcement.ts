import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { readAnnouncement } from './read-file.ts';

const input = z.strictObject({
  text: z.string().min(1).max(500_000).describe('the file: front matter and Markdown'),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'has letters, digits, dots and hyphens only')
    .optional()
    .describe('where the file has none'),
});
export type WriteAnnouncement = z.infer<typeof input>;

/** POLICY §10.6: kept, and nothing goes out; what it says is the check before it starts. */
export const writeAnnouncement: Act<WriteAnnouncement> = {
  name: 'write-announcement',
  input,
  right: 'announcements: send',
  does: 'keeps an announcement that is to be sent, and says whom it would go to',
  gives: { changes: ['announcement-written'], letters: [] },
  needs({ text, name = null }) {
    const read = readAnnouncement(text, name);
    if (read.kind === 'faulty') return {};
    return { announcement: { name: read.announcement.name }, audience: read.announcement };
  },
  judge({ text, name = null }, { announcement: before = null, audience }, { now: at, by }) {
    const read = readAnnouncement(text, name);
    if (read.kind === 'faulty') return refused('bad-input', read.faults.join('; '));
    if (!audience) throw new Error('whom it goes to was not counted');
    const { announcement: content } = read;
    if (before?.content.supportEnd)
      return refused('conflict', `${content.name} is the name of one that goes by itself; give this one another name.`);
    if (before && before.state !== 'ready')
      return refused('conflict', `${content.name} was started already and stays as it is; give this one another name.`);
    const [unknown] = audience.unknownProducts;
    if (unknown !== undefined)
      return refused('bad-input', `products: there is no product "${unknown}" on record; write it as its licences do.`);
    const { unknownProducts: _, ...told } = audience;
    return {
      kind: 'done',
      changes: [{ kind: 'announcement-written', content, audience: told, at, by }],
      letters: [],
    };
  },
};
