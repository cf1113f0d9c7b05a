/** Reads docs/policy-coverage.md: headings, and below each a list of claims with what shows them behind an arrow. */

export type Shown = { readonly file: string; readonly title: string };

export type Claim = {
  readonly claim: string;
  readonly tests: readonly Shown[];
  /** Mails of test/fixtures/mail. */
  readonly mails: readonly string[];
  readonly later: boolean;
  /** What is written behind the arrow and is none of these. */
  readonly fault: string | null;
};

export type Point = { readonly key: string; readonly claims: readonly Claim[] };

const later = /^comes later(?:: [^`“]+)?$/;

function claimOf(text: string): Claim {
  const [claim = '', shown, ...more] = text.split(' → ');
  const none = { claim, tests: [], mails: [], later: false };
  if (shown === undefined || more.length > 0) return { ...none, fault: 'has no arrow, or several' };
  if (later.test(shown)) return { ...none, later: true, fault: null };
  const tests: Shown[] = [];
  const mails: string[] = [];
  let file: string | null = null;
  let fault: string | null = null;
  const rest = shown.replaceAll(/`([^`]+)`|“([^”]+)”/g, (_, name?: string, title?: string) => {
    // Tests of which `npm test` and `npm run long` have a form each stand in `support`.
    if (name && /\.test\.ts$|^support\/.*\.ts$/.test(name)) file = name;
    else if (name !== undefined) mails.push(name);
    else if (file !== null && title !== undefined) tests.push({ file, title });
    else fault = `“${title}” stands behind no file`;
    return '';
  });
  if (/[^\s,;·]/.test(rest.replaceAll(/\bmails?\b/g, ''))) fault ??= `cannot be read: ${rest.trim()}`;
  if (tests.length + mails.length === 0) fault ??= 'has neither a test nor "comes later"';
  return { claim, tests, mails, later: false, fault };
}

/** A heading of the third level begins a point; its key ends at a colon. */
export function readCoverage(page: string): readonly Point[] {
  const points: { key: string; items: string[] }[] = [];
  for (const line of page.split('\n')) {
    const last = points.at(-1);
    if (line.startsWith('#'))
      points.push({ key: line.startsWith('### ') ? (line.slice(4).split(':')[0] ?? '') : '', items: [] });
    else if (line.startsWith('- ')) last?.items.push(line.slice(2));
    else if (line.startsWith('  ') && last && last.items.length > 0)
      last.items.push(`${last.items.pop()} ${line.trim()}`);
  }
  return points.filter(({ key }) => key !== '').map(({ key, items }) => ({ key, claims: items.map(claimOf) }));
}
