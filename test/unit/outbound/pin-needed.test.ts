/** What a contact is told of a PIN that does not lead to a site of theirs (POLICY §3.r17, "Guessing"). */
import { expect, it } from 'vitest';
import type { PinNeeded } from '../../../src/outbound/letter.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';

const templates = await loadTemplates();
const text = (language: string, values: PinNeeded) =>
  renderLetter(templates, { template: 'pin-needed', values }, [language]).text.replaceAll(/[\s>*]+/g, ' ');
const without = /without your support PIN|keine Support-PIN|ne contenait pas|No incluía|記載がなかった/;

it.each([
  ['en', /PIN 7003 is not one of your sites’/],
  ['de', /PIN 7003 gehört zu keinem Ihrer Standorte/],
  ['fr', /PIN 7003 n’est celui d’aucun de vos sites/],
  ['es', /PIN 7003 no es el de ninguna de sus sedes/],
  ['ja', /PIN 7003 は、お客様の拠点のものではございません/],
])('says in %s that a PIN is not one of theirs', (language, says) => {
  const said = text(language, { title: 'Printing', cause: 'not-yours', pin: '7003' });
  expect(said).toMatch(says);
  expect(said).not.toMatch(without);
});

it.each([
  ['en', /replaced by a new one on 1 March 2026 .* not been valid since 8 March 2026/],
  ['de', /am 1\. März 2026 durch eine neue ersetzt .* seit dem 8\. März 2026 nicht mehr gültig/],
  ['fr', /remplacé par un nouveau le 1(?:er)? mars 2026 .* depuis le 8 mars 2026/],
  ['es', /sustituyó por uno nuevo el 1 de marzo de 2026 .* desde el 8 de marzo de 2026/],
  ['ja', /2026年3月1日に新しいものへ変更され、2026年3月8日以降は無効/],
])('says in %s since when the own retired PIN is not good, and that it was replaced', (language, says) => {
  const values = { replacedAt: '2026-03-01T12:00:00Z', goodUntil: '2026-03-08T12:00:00Z', timezone: 'Europe/London' };
  const said = text(language, { title: 'Printing', cause: 'retired', ...values });
  expect(said).toMatch(says);
  expect(said).not.toMatch(without);
});

it.each(['en', 'de', 'fr', 'es', 'ja'])('asks in %s which of the sites is meant, with all of them', (language) => {
  const sites = [
    { number: '1000345', name: 'Aldous Robotics' },
    { number: '1000808', name: 'Côte Transit' },
  ];
  const said = text(language, { title: 'Printing', cause: 'which-site', sites });
  for (const { number, name } of sites) expect(said).toMatch(new RegExp(`${name} ?[(（]${number}`));
  expect(said).not.toMatch(without);
});
