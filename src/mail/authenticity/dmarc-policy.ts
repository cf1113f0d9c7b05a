/**
 * What the domain of From asks to be done with mail that fails DMARC, as our own mail server wrote it beside `dmarc=fail`
 * (POLICY §11.1). The field has no one form: RFC 8601 properties, comments of OpenDMARC, Gmail and Rspamd, Microsoft's `action`.
 */

/** `enforce`: quarantine or reject. `none`: nothing, or no policy at all. Null: the verdict does not say. */
export type DmarcPolicy = 'enforce' | 'none';

type WrittenPolicy = {
  /** Names in lower case. */
  readonly properties: ReadonlyMap<string, string>;
  readonly comments: readonly string[];
  /** From is below the domain that publishes the policy, or may be: `sp=` counts there. */
  readonly below: boolean;
};

const meanings: Readonly<Record<string, DmarcPolicy>> = { none: 'none', quarantine: 'enforce', reject: 'enforce' };

/** Microsoft's `oreject` and `pct.quarantine` are a reject and a quarantine that were not carried out. */
const meaning = (value: string | undefined): DmarcPolicy | null =>
  meanings[(value ?? '').replace(/^(?:o\.?|pct\.)(?=quarantine|reject)/, '').replace(/^"|"$/g, '')] ?? null;

/** `(p=NONE sp=NONE dis=NONE)`, `(policy=none)`, `(p=reject,d=none,d.eval=reject)`; the first of a name counts. */
function readComments(comments: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of comments.flatMap((comment) => comment.toLowerCase().split(/[\s,;()]+/))) {
    const at = word.indexOf('=');
    const name = word.slice(0, at);
    if (at > 0 && !found.has(name)) found.set(name, word.slice(at + 1));
  }
  return found;
}

export function policyWritten({ properties, comments, below }: WrittenPolicy): DmarcPolicy | null {
  const said = readComments(comments);
  const first = (...values: (string | undefined)[]) => values.map(meaning).find((one) => one !== null) ?? null;
  // What the server found to hold for this very domain, `sp=` looked at.
  const evaluated = first(
    properties.get('policy.evaluated-disposition'),
    said.get('d.eval'),
    properties.get('policy.dmarc'),
    said.get('policy'),
  );
  if (evaluated !== null) return evaluated;
  const own = first(properties.get('policy.published-domain-policy'), said.get('p'));
  const subdomains = first(properties.get('policy.published-subdomain-policy'), said.get('sp'));
  const from = properties.get('policy.policy-from');
  if (from === 'sp' && subdomains !== null) return subdomains;
  const done = first(
    said.get('dis'),
    said.get('d'),
    properties.get('policy.applied-disposition'),
    properties.get('action'),
  );
  // Without a published policy in it, what was done says it. With one, nothing done may be an exception of that server.
  if (own === null) return done;
  if (!below || from === 'p' || subdomains === null || subdomains === own) return own;
  return done === 'enforce' ? done : null;
}
