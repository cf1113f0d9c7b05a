import fc from 'fast-check';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../src/foundation/pin-form.ts';
import { maskPage } from '../../../src/web/mask.ts';

const pin = ['7BCDEFGH', '7BCDEFGJ', '7BCDEFGK'].map(privilegedPinOf).find((one) => one !== null) ?? '';

describe('a page', () => {
  it('shows no privileged PIN, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const page = String(html`<h1>${before} ${pin} ${after}</h1><a title="${pin}" href="/x">${pin}</a>`);
        const masked = maskPage(page);
        expect(masked).not.toContain(pin);
        expect(masked).toHaveLength(page.length);
      }),
    );
  });
  it('sends back what its forms hold as it came', () => {
    const field = String(html`<input type="hidden" name="input" value="${JSON.stringify({ cause: `"${pin}>` })}">`);
    expect(maskPage(`<p>${pin}</p>${field}<input name="q" value="${pin}">`)).toBe(
      `<p>p*********</p>${field}<input name="q" value="p*********">`,
    );
  });
  it('is the same where there is none', () => {
    const page = '<p>The printer prints pages of 10 characters.</p>';
    expect(maskPage(page)).toBe(page);
  });
});
