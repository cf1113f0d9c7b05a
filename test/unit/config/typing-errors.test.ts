import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressValue } from '../../../src/config/address-value.ts';
import { checkPolicy } from '../../../src/config/policy-check.ts';
import { readSettings } from '../../../src/config/settings.ts';
import { nearestWord } from '../../../src/foundation/nearest-word.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-typing-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = { SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: 'x'.repeat(32) };
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
function faults(env: Record<string, string> = good, need: 'start' | 'command' = 'start'): string[] {
  try {
    readSettings(need, { env, folder });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('a # in .env', () => {
  it('that cuts a value off is a fault, and says how it is written, never what is left', () => {
    write(
      '.env',
      [
        'IMAP_URL=imaps://support%40desk.example:hunter#22@mail.desk.example/INBOX',
        'SMTP_URL=smtps://support:12#34@mail.desk.example',
        'DESK_PASSWORD=hunter#',
        'export API_TOKEN = 0123456789abcdef#0123',
      ].join('\n'),
    );
    expect(faults()).toEqual([
      'IMAP_URL: ends at a # in .env, where the rest is a comment: in an address # is written %23',
      'SMTP_URL: ends at a # in .env, where the rest is a comment: in an address # is written %23',
      'DESK_PASSWORD: ends at a # in .env, where the rest is a comment: put the value into quotes',
      'API_TOKEN: ends at a # in .env, where the rest is a comment: put the value into quotes',
    ]);
  });
  it('is none where it is a comment, stands in quotes, or the environment has the value', () => {
    write(
      '.env',
      [
        'LOG_LEVEL=debug # for now',
        'ACCESS_ADDRESS=access@desk.example# ours',
        'RENEWALS_ADDRESS=          # none',
        '# SMTP_URL=smtp://a:b#c@mail.desk.example',
        "API_TOKEN='0123456789abcdef#0123'",
        'DESK_PASSWORD="hunter#22"',
        'DATABASE_URL=postgres://a:b#c@db.example/x',
      ].join('\n'),
    );
    expect(faults({ ...good, DATABASE_URL: 'postgres://a:b@db.example/x' })).toEqual([]);
  });
  it('in quotes is told of as in any address', () => {
    write('.env', 'IMAP_URL="imaps://support:hunter#22@mail.desk.example"\n');
    expect(faults()).toEqual(['IMAP_URL: user or password holds a character that ends an address: # is written %23']);
  });
});

describe('a variable that looks like one of ours', () => {
  it('is a fault in .env, with the one that was meant', () => {
    write('.env', 'SUPORT_ADDRESS=a@desk.example\nHTTP_LISTN=127.0.0.1:1\nPOSTERN_DATE=x\nPATH_TO_THINGS=1\n');
    expect(faults()).toEqual([
      'HTTP_LISTN: is no variable of Postern; did you mean "HTTP_LISTEN"? (.env)',
      'POSTERN_DATE: is no variable of Postern; did you mean "POSTERN_DATA"? (.env)',
      'SUPORT_ADDRESS: is no variable of Postern; did you mean "SUPPORT_ADDRESS"? (.env)',
    ]);
  });
  it('is a warning in the environment, and nothing where postern.yaml asks for it', () => {
    expect(readSettings('start', { env: { ...good, SUPORT_ADDRESS: 'x' }, folder }).warnings).toEqual([
      'SUPORT_ADDRESS: has no effect, since it is no variable of Postern; did you mean "SUPPORT_ADDRESS"?',
    ]);
    write(
      'postern.yaml',
      'mailboxes:\n  - { name: support, imap: "imaps://a@b.example", password: { env: IMAP_URI } }\n',
    );
    write('.env', 'IMAP_URI=hunter2\nPOSTGRES_PASSWORD=x\nMYSQL_URL=x\n');
    expect(faults()).toEqual([]);
  });
});

describe('postern.yaml', () => {
  const yaml = [
    'phones: { UK: "+44 20 0000 0000", gb: "+44", ZZ: "+1 555", default: "+1 555 0100" }',
    'languages: [en, xx]',
    'staff: [{ name: Kim, email: kim@desk.example, roles: [engeneer] }]',
    'polcy: {}',
  ].join('\n');
  it('names unknown countries, languages, roles and keys, in a start as in policy check', () => {
    write('postern.yaml', yaml);
    const start = faults();
    for (const part of [
      ':1: phones.UK: "+44 20 0000 0000" – is no country; did you mean "GB"'.slice(0, 12),
      'did you mean "GB" (United Kingdom)',
      'phones.gb',
      'phones.ZZ',
      'letters are not written in "xx"',
      'did you mean "policy"',
      'allowed: engineer, manager',
    ])
      expect(start.join('\n')).toContain(part);
    const checked = checkPolicy(join(folder, 'postern.yaml')).faults;
    expect(checked).toHaveLength(start.length);
    for (const fault of checked) expect(start.some((said) => said.includes(fault.says))).toBe(true);
  });
});

describe('an address of a server', () => {
  const says = (value: string) => {
    const read = addressValue(value, ['imap:', 'imaps:']);
    return typeof read === 'string' ? read : null;
  };
  it('says which character of a password has to be written otherwise', () => {
    expect(says('imaps://support:pa#ss@mail.desk.example/INBOX')).toContain('# is written %23');
    expect(says('imaps://support@desk.example:a/b@mail.desk.example')).toContain('/ is written %2F');
    expect(says('imaps://support:what?@mail.desk.example')).toContain('? is written %3F');
    for (const fine of [
      'imaps://support%40desk.example:p%23x@mail.desk.example',
      'imaps://support@desk.example:50%@mail.desk.example:993/INBOX',
      'imap://a:b@[::1]:143/Inbox@home',
    ])
      expect(says(fine)).toBeNull();
  });
  it('says what is wrong with scheme, host and port, and never the address', () => {
    expect(says('smtp://a:hunter22@b.example')).toContain('not with smtp://');
    expect(says('mail.desk.example')).toContain('begins with imap:// or imaps://');
    expect(says('imap://a:b@h:99999')).toContain('port 99999');
    for (const wrong of ['imap://a:hunter2#2@h', 'imap://:hunter22@', 'hunter22'])
      expect(says(wrong)).not.toMatch(/hunter/);
  });
});

describe('the data of a demo', () => {
  const demo = (name: string) => {
    mkdirSync(join(folder, name));
    write(join(name, 'demo.env'), `SECRET_KEY=${'y'.repeat(32)}\nAPI_TOKEN=demo-token-of-the-demo\n`);
  };
  it('are no data of a desk: a start on them is refused with what to do', () => {
    demo('.postern');
    expect(faults()).toEqual([expect.stringMatching(/^POSTERN_DATA: .*holds the data of a demo.*another folder/)]);
  });
  it('are what a command is about where nothing else is set up', () => {
    demo('.postern-demo');
    const read = (env: Record<string, string>) => readSettings('command', { env, folder });
    expect(read({})).toMatchObject({ demo: true, apiToken: 'demo-token-of-the-demo' });
    expect(read({}).dataFolder).toBe(join(folder, '.postern-demo'));
    expect(read(good)).toMatchObject({ demo: false, apiToken: null });
    expect(read({ ...good, POSTERN_DATA: '.postern-demo' }).demo).toBe(true);
    mkdirSync(join(folder, '.postern'));
    expect(read({}).demo).toBe(false);
  });
});

describe('the nearest word', () => {
  it('is two edits away at the most, or the only one that begins so', () => {
    expect(nearestWord(['pause', 'resume', 'status'], 'puase')).toBe('pause');
    expect(nearestWord(['unregistered', 'unknown'], 'unreg')).toBe('unregistered');
    expect(nearestWord(['unregistered', 'unknown'], 'nonsense')).toBeNull();
    expect(nearestWord(['unregistered', 'unknown'], 'un')).toBeNull();
  });
});
