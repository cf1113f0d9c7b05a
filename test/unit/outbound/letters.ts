/** What the tests of letters share. */
import { composeLetter, type ToCompose } from '../../../src/outbound/compose.ts';
import { type Letter, letterTemplates } from '../../../src/outbound/letter.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';

export const templates = await loadTemplates();
export const to = 'ada@aldous.example';
export const from = 'support@desk.example';

export function toCompose(letter: Letter, languages = ['en'], more: Partial<ToCompose> = {}): ToCompose {
  return {
    rendered: renderLetter(templates, letter, languages),
    from: { name: 'Desk Support', address: from },
    to,
    messageId: `<pst.23.100042.${'0'.repeat(24)}@desk.example>`,
    date: '2026-11-23T09:30:00Z',
    boundary: '23',
    answers: { messageId: '<a@aldous.example>', references: ['<z@aldous.example>'] },
    autoSubmitted: letterTemplates[letter.template].autoSubmitted,
    loopMark: '23',
    ...more,
  };
}

export const compose = async (letter: Letter, languages?: string[], more?: Partial<ToCompose>) =>
  composeLetter(toCompose(letter, languages, more));
