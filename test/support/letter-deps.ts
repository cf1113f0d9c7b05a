/** What writes letters in a test of one database: our own templates, no key of a domain, and no relay to wake. */
import { acts } from '../../src/acts/list.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { ActDeps } from '../../src/flows/acts/commit.ts';
import { createLetterBuilder } from '../../src/runtime/letter-builder.ts';
import { loadTemplates } from '../../src/runtime/templates.ts';
import { staffMemberSchema } from '../../src/staff/staff.ts';
import type { Database } from '../../src/store/database.ts';
import { sealer } from '../../src/vault/seal.ts';
import { scratch } from './process.ts';

const key = 'k'.repeat(32);
const support = 'support@desk.example';
const templates = await loadTemplates();
const settings = readSettings('work', {
  folder: scratch('letters'),
  env: { SUPPORT_ADDRESS: support, SECRET_KEY: key },
});
/** For whom acts are done here; of their kind nobody is told of cases. */
const kim = staffMemberSchema.parse({ name: 'Kim Oster', email: 'kim@desk.example', roles: ['admin'] });
const policy = { ...settings.policy, desk: { ...settings.policy.desk, people: [kim] } };

export const letterDeps = (database: Database): ActDeps => ({
  database,
  acts,
  letterBuilder: createLetterBuilder({
    templates: () => templates,
    support,
    bounces: null,
    languages: ['en'],
    key,
    dkim: null,
  }),
  policy,
  relay: { wake() {} },
  vault: sealer([key]),
});
