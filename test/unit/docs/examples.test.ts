/** The files that an operator copies from: every key of the schema is in one, and the other gives customers who have support. */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { operatorFileSchema } from '../../../src/config/operator-file.ts';
import { checkPolicy, leaves } from '../../../src/config/policy-check.ts';
import { policySchema } from '../../../src/config/policy-file.ts';
import { readSettings } from '../../../src/config/settings.ts';
import { judgeEntitlement } from '../../../src/registry/entitlement.ts';
import { readRegistry } from '../../../src/registry/registry-file.ts';
import { mergeRegistry } from '../../../src/registry/registry-merge.ts';
import type { Licence, Plan } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy } from '../../support/default-policies.ts';

const home = join(import.meta.dirname, '../../..');
const file = join(home, 'postern.example.yaml');
const text = readFileSync(file, 'utf8');
const given: unknown = parse(text);

type Shape = {
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
};
type Keys = { all: Set<string> /** Keys of which one of several stands at a place. */; oneOf: Set<string> };

/** Every path of keys that the schema allows: `[]` for the members of a list, `*` for a key of one's own. */
function keysOf(shape: Shape, path = '', keys: Keys = { all: new Set(), oneOf: new Set() }, choice = false): Keys {
  const objects = (shape.anyOf ?? []).filter((one) => one.properties);
  const open = choice || objects.length > 0;
  for (const one of shape.anyOf ?? []) keysOf(one, path, keys, objects.includes(one));
  if (shape.items) keysOf(shape.items, `${path}[]`, keys);
  if (typeof shape.additionalProperties === 'object') keysOf(shape.additionalProperties, `${path}.*`, keys);
  for (const [name, inner] of Object.entries(shape.properties ?? {})) {
    const here = path ? `${path}.${name}` : name;
    keys.all.add(here);
    if (open) keys.oneOf.add(here);
    keysOf(inner, here, keys);
  }
  return keys;
}

const allowed = keysOf(
  z.toJSONSchema(operatorFileSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape,
);

// The same form as businessHours, which shows it.
for (const keys of [allowed.all, allowed.oneOf])
  for (const path of keys) if (path.startsWith('staff[].hours.')) keys.delete(path);

function pathsIn(value: unknown, path = '', found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) pathsIn(one, `${path}[]`, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      // A map whose keys are the operator's own has no key that has to be there.
      const own = path === 'phones';
      const here = own ? path : path ? `${path}.${name}` : name;
      found.add(here);
      pathsIn(inner, here, found);
    }
  return found;
}
/** Of a key with two forms one stands there, and the other in a comment, as it would be written. */
const otherForms = [...text.matchAll(/^ {2}# ([A-Za-z]+:\n(?: {2}# {3}\S.*\n)+)/gm)].map(([, block = '']): unknown =>
  parse(block.replaceAll(/^ {2}# /gm, '')),
);
const there = new Set([given, ...otherForms.map((policy) => ({ policy }))].flatMap((one) => [...pathsIn(one)]));
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('.'));
const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);

describe('postern.example.yaml', () => {
  it('has every key that the schema knows', () => {
    expect(allowed.all.size).toBeGreaterThan(120);
    const chosen = new Set([...there].filter((path) => allowed.oneOf.has(path)).map(parentOf));
    const missing = [...allowed.all].filter(
      (path) => !there.has(path) && !(allowed.oneOf.has(path) && chosen.has(parentOf(path))),
    );
    expect(missing).toEqual([]);
    // Of alternatives, each stands somewhere.
    const shown = new Set([...there].filter((path) => allowed.oneOf.has(path)).map(lastOf));
    expect([...new Set([...allowed.oneOf].map(lastOf))].filter((name) => !shown.has(name))).toEqual([]);
  });
  it('has no key that the schema does not know', () => {
    expect([...there].filter((path) => !allowed.all.has(path))).toEqual([]);
  });
  it('says something about every key, once', () => {
    const lines = text.split('\n');
    const plain = ['policy', 'name', 'email', 'imap', 'password', 'from', 'to'];
    const silent = [...new Set([...allowed.all].map(lastOf))].filter((name) => {
      if (plain.includes(name) || /^[1-4]$/.test(name)) return false;
      const at = lines.flatMap((line, index) => (line.includes(`${name}:`) ? [index] : []));
      const told = (index: number) =>
        lines[index]?.includes(' # ') || [1, 2].some((back) => lines[index - back]?.trimStart().startsWith('#'));
      const explained = (index: number) =>
        told(index) || lines.slice(index - 8, index).some((line) => /^ {2}(?:roleDefaults|response):/.test(line));
      return !at.some(explained);
    });
    expect(silent).toEqual([]);
  });
  it('is valid, and its policy is the default one', () => {
    expect(operatorFileSchema.safeParse(given).error).toBeUndefined();
    const { policy } = operatorFileSchema.parse(given);
    const { graceDays, ...others } = policy;
    const { graceDays: defaultGrace, ...defaults } = policySchema.parse({});
    expect(leaves(others)).toEqual(expect.arrayContaining(leaves(defaults)));
    expect(leaves(others)).toHaveLength(leaves(defaults).length);
    // Left out is none, which is written 0.
    expect(graceDays).toEqual({ ...defaultGrace, 3: 0, 4: 0 });
  });
  it('has other forms in comments that are valid, too', () => {
    expect(otherForms.flatMap((one) => Object.keys(one as object))).toEqual(['businessHours']);
    for (const one of otherForms) expect(policySchema.safeParse(one).error).toBeUndefined();
  });
  it('starts once its secrets are set, and without them names each of them', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const env = { POSTERN_CONFIG: file, SECRET_KEY: 'k'.repeat(32) };
    const faults = (more: Record<string, string>): string[] => {
      try {
        readSettings('start', { env: { ...env, ...more }, folder: home });
        return [];
      } catch (error) {
        return (error as Error).message.split('\n');
      }
    };
    const secrets = {
      ...{ SUPPORT_PASSWORD: 'a', OFFICE_SECRET: 'b', OIDC_SECRET: 'c' },
      ...{ DKIM_KEY: key, ALERT_URL: 'https://a.example/b' },
    };
    // The key of the service account is a file that only the operator has.
    const account = [expect.stringContaining('service-account.json'), expect.stringContaining('workspace.oauth')];
    expect(faults(secrets)).toEqual(account);
    const named = Object.keys(secrets).map((name) => expect.stringContaining(`${name} is not set`));
    expect(faults({})).toEqual(expect.arrayContaining([...named, ...account]));
  });
  it('is what policy check takes for a postern.yaml', () => {
    expect(checkPolicy(file).kind).toBe('postern.yaml');
  });
});

describe('the customers to begin with', () => {
  const folder = join(home, 'docs', 'customers-csv');
  const source = (path: string) => ({ name: path, text: readFileSync(join(home, path), 'utf8') });
  const formats = {
    'docs/customers.yaml': [source('docs/customers.yaml')],
    'docs/customers-csv': readdirSync(folder).map((name) => source(`docs/customers-csv/${name}`)),
  };
  const today = new Date();
  const inTenYears = new Date(Date.UTC(today.getUTCFullYear() + 10, today.getUTCMonth(), today.getUTCDate(), 12));

  it.each(Object.entries(formats))('%s imports, and has support today and in ten years', (_name, files) => {
    const { document, faults, places } = readRegistry(files);
    const merged = mergeRegistry({ products: [], sites: [] }, document, places, false);
    expect([...faults, ...merged.faults]).toEqual([]);
    const [site] = merged.document.sites;
    if (!site?.timezone) throw new Error('no site');
    const { timezone } = site;
    const plans: Plan[] = site.plans ?? [];
    const licences: Licence[] = (site.licences ?? []).map(({ number, product, kind, quantity, from, to }) => {
      return { number, product, kind, quantity, from, to: to ?? null, registeredOn: null };
    });
    for (const at of [today, inTenYears])
      for (const product of ['Vault', null])
        expect(
          judgeEntitlement({ site: { timezone }, plans, licences }, at.toISOString(), product, defaultRegistryPolicy),
        ).toMatchObject({
          kind: 'entitled',
          plan: 'standard',
        });
  });
  it('say the same in both forms', () => {
    const [yaml, csv] = Object.values(formats).map((files) => readRegistry(files));
    if (!yaml || !csv) throw new Error('two forms');
    expect(mergeRegistry(yaml.document, csv.document, csv.places, true).changes).toEqual([]);
    expect(mergeRegistry(csv.document, yaml.document, yaml.places, true).changes).toEqual([]);
  });
});
