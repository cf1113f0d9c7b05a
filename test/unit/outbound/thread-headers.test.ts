import { describe, expect, it } from 'vitest';
import { threadHeaders } from '../../../src/outbound/thread-headers.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `<${i}@x.example>`);

describe('the thread headers of an answer', () => {
  it('are those of the mail answered, with its own Message-ID last', () => {
    expect(threadHeaders({ messageId: '<b@x.example>', references: ['<a@x.example>'] })).toEqual({
      inReplyTo: '<b@x.example>',
      references: ['<a@x.example>', '<b@x.example>'],
    });
  });

  it('hold at most 20: the first and the newest 19', () => {
    const { references } = threadHeaders({ messageId: '<new@x.example>', references: ids(40) });
    expect(references).toHaveLength(20);
    expect(references[0]).toBe('<0@x.example>');
    expect(references.slice(1)).toEqual([...ids(40).slice(22), '<new@x.example>']);
  });

  it('hold each once, and nothing that is no plain Message-ID', () => {
    const references = ['<a@x>', '<a@x>', 'a@x', '<a b@x>', '<a@x>\r\nBcc: y@z', '<ä@x>', '<b@x>', '<m@x>'];
    expect(threadHeaders({ messageId: '<m@x>', references }).references).toEqual(['<a@x>', '<b@x>', '<m@x>']);
  });

  it('are none where there is nothing to answer', () => {
    expect(threadHeaders(null)).toEqual({ inReplyTo: null, references: [] });
    expect(threadHeaders({ messageId: null, references: [] })).toEqual({ inReplyTo: null, references: [] });
  });
});
