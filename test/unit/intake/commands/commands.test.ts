import { describe, expect, it } from 'vitest';
import { planMeant, planNamed } from '../../../../src/acts/registry/plan-names.ts';
import { commandNames, commandWords, readCommand } from '../../../../src/intake/commands/commands.ts';
import { peopleWords } from '../../../../src/intake/commands/people-words.ts';

const given = (subject: string, newText = '', pins: string[] = []) => readCommand({ subject, newText, pins });

describe('§7 a self-service command', () => {
  it('is every word of the table, in any case, as subject and as first line', () => {
    for (const name of commandNames.filter((one) => !Object.hasOwn(peopleWords, one)))
      for (const words of Object.values(commandWords[name]))
        for (const said of words) {
          // Nothing without its value.
          const word = name === 'SEVERITY' ? `${said} 2` : said;
          expect(given(word)?.name, word).toBe(name);
          expect(given(`Re: ${word.toLowerCase()} [Case 100042]`)?.name, word).toBe(name);
          // Alone above a text it is what the text is about.
          const values: Partial<Record<typeof name, string>> = { UPGRADE: ' premier', REGISTER: ' U-1001' };
          const line = `${word}${values[name] ?? ''}`;
          expect(given('A question', `\n${line.toLowerCase()}\n\nThank you`)).toMatchObject({
            name,
            rest: 'Thank you',
          });
        }
  });
  it('is the whole line and not its beginning', () => {
    for (const text of [
      'CASES of fire',
      'Help me',
      'STATUS quo',
      'PIN code problem',
      'LICENCES?',
      'my cases',
      'CLOSE dialog hangs',
    ])
      expect([given(text), given('x', text)], text).toEqual([null, null]);
  });
  it('names a case or a site behind the word', () => {
    for (const line of [
      'STATUS 100042',
      'status #100042',
      'Status Case 100042',
      'STATUT dossier 100042',
      'Stand Fall 100042',
      '状況 100042',
    ])
      expect(given('x', line), line).toMatchObject({ name: 'STATUS', argument: '100042' });
    expect(given('CASES 1000345')).toMatchObject({ name: 'CASES', argument: '1000345' });
    expect(given('CASES PIN 345', '', ['345'])).toMatchObject({ name: 'CASES', argument: '' });
  });
  it('is a PIN and no command where digits stand behind PIN, unless they name a site', () => {
    expect(given('PIN 345')).toMatchObject({ name: 'PIN', maybePin: true });
    expect(given('PIN 345 Workflow stopped')).toBeNull();
  });
  it('is no command where a PIN and a report come with the word', () => {
    const report = 'Since this morning none of our forty stations can reach the server and production stands.';
    expect(given('PIN 345 Help', report, ['345'])).toBeNull();
    expect(given('PIN 345 Help', 'Thank you', ['345'])).toMatchObject({ name: 'HELP' });
    expect(given('PIN 345 x', `HELP\n\n${report}`, ['345'])).toMatchObject({ name: 'HELP', rest: report });
  });
  it('is not read out of a quote that was kept', () => {
    expect(readCommand({ subject: 'x', newText: 'PIN', pins: [], nothingOwn: true })).toBeNull();
  });
});

describe('PIN with a number on the line below', () => {
  const read = (newText: string) => readCommand({ subject: 'Hello', newText, pins: [] });
  it.each([
    ['PIN\n345', '345'],
    ['PIN\n\n*512*\nDrucker', '512'],
    ['PIN番号\n７７７７', '7777'],
  ])('may name it: %j', (text, argument) =>
    expect(read(text)).toMatchObject({ name: 'PIN', argument, maybePin: true }),
  );
  it.each(['PIN', 'PIN\nThank you', 'PIN\n345 labels are missing', 'PIN\nTel. 345'])('is the command: %j', (text) =>
    expect(read(text)).toMatchObject({ name: 'PIN', argument: '', maybePin: false }),
  );
});

describe('§7 UPGRADE', () => {
  it.each([
    ['UPGRADE premier', 'premier'],
    ['Upgrade to premier', 'premier'],
    ['upgrade: Premium', 'premier'],
    ['Upgrade to the Premier plan, please', 'premier'],
    ['Please note', null],
    ['UPGRADE 24x7', '24x7'],
    ['Upgrade to 24/7!', '24x7'],
    ['upgrade 24 x 7', '24x7'],
    ['Upgrade our support to around the clock', '24x7'],
    ['UPGRADE to Standard.', 'standard'],
    ['UPGRADE auf Premier', 'premier'],
    ['Upgrade auf den Premiumplan bitte', 'premier'],
    ['Hochstufen auf 24x7', '24x7'],
    ['Upgrade: rund um die Uhr', '24x7'],
    ['HOCHSTUFEN zum Basisplan', 'standard'],
    ['UPGRADE vers premier', 'premier'],
    ['Mise à niveau vers 24h/24 7j/7', '24x7'],
    ['MISE A NIVEAU premier, s’il vous plaît', 'premier'],
    ['Surclasser en formule étendue', 'premier'],
    ['Upgrade vers la formule de base svp', 'standard'],
    ['AMPLIAR a premier', 'premier'],
    ['Mejorar a 24 horas', '24x7'],
    ['Ampliar al plan ampliado, por favor', 'premier'],
    ['Mejorar: estándar', 'standard'],
    ['アップグレード プレミア', 'premier'],
    ['アップグレード：２４ｘ７', '24x7'],
    ['プレミアへアップグレード', 'premier'],
    ['プレミアプランへのアップグレードをお願いします。', 'premier'],
    ['24時間にアップグレードしたいです', '24x7'],
    ['標準プランへのアップグレード希望', 'standard'],
  ])('%s', (said, plan) => {
    for (const command of [given(said), given('Our contract', `${said}\n\nThank you`)]) {
      expect(command?.name ?? null).toBe(plan === null ? null : 'UPGRADE');
      expect(command ? planNamed(command.argument) : null).toBe(plan);
    }
  });

  it.each(['UPGRADE premeir', 'Upgrade auf Standart', 'Ampliar a premiere', 'upgrade to standrad plan'])(
    'asks back about a plan that is nearly one: %s',
    (said) => {
      const command = given(said);
      expect(command?.name).toBe('UPGRADE');
      expect([planNamed(command?.argument ?? ''), planMeant(command?.argument ?? '')]).toEqual([
        null,
        expect.stringMatching(/^(?:premier|standard)$/),
      ]);
    },
  );

  it.each([
    'Upgrade failed',
    'Upgrade to 12.0',
    'Upgrade Vault 11.6',
    'Upgrade fails at step 3',
    'Upgrade premier node fails',
    'Upgrade of the standard schema stops',
    'Upgrade case',
    'Upgrade to the new version',
    'Upgrade auf 12.1 hängt',
    'Mise à niveau impossible',
    'Mejorar base de datos',
    'アップグレードに失敗しました',
    '12.0 へのアップグレード',
    'Upgraden',
  ])('is text: %s', (said) => {
    expect([given(said), given('x', said)]).toEqual([null, null]);
  });

  it('alone is asked back about where nothing else is said, and else is what a text is about', () => {
    expect(given('Upgrade')).toMatchObject({ name: 'UPGRADE', argument: '' });
    expect(given('x', 'UPGRADE')).toMatchObject({ name: 'UPGRADE', argument: '' });
    expect([given('Upgrade', 'It stops at step 3.'), given('x', 'Upgrade\n\nIt stops.')]).toEqual([null, null]);
    expect(given('PIN 345 Upgrade', '', ['345'])).toBeNull();
  });

  it('names a site behind the plan, and takes along why, however long that is', () => {
    expect(given('UPGRADE premier 1000345')).toMatchObject({ argument: 'premier', site: '1000345' });
    const why = 'From March on we run a night shift and somebody has to be there for us at all hours.';
    expect(given('PIN 345 UPGRADE 24x7', why, ['345'])).toMatchObject({ name: 'UPGRADE', rest: why });
  });
});

describe('§7 REGISTER', () => {
  const number = 'u-1001';
  it.each([
    'REGISTER U-1001',
    'Register: U-1001',
    'Please register U-1001.',
    'Could you register our new licence U-1001, please?',
    'register service tag #U-1001',
    'Registration of licence number U-1001',
    'Hello, I’d like to register our first licence U-1001',
    'We would like to register the product with service tag U-1001',
    'Product registration: U-1001',
    'Registrierung der Lizenz U-1001',
    'Lizenzregistrierung U-1001',
    'Hallo, wir möchten unsere neue Lizenz mit der Nummer U-1001 registrieren',
    'Bitte registrieren Sie das Produkt mit dem Service-Tag U-1001'.replace(' dem', ' der'),
    'Demande d’enregistrement de la licence U-1001',
    'Bonjour, je voudrais enregistrer notre produit n° U-1001',
    'Enregistrement de notre première licence U-1001',
    'Solicitud de registro de la licencia U-1001',
    'Hola, me gustaría registrar nuestro producto U-1001',
    'Quisiéramos registrar la licencia con número U-1001',
    '製品U-1001を登録したいです',
    'REGISTRIEREN U-1001',
    'Bitte Lizenz U-1001 registrieren',
    'Registrieren Sie bitte unsere Lizenz U-1001!',
    'Registrierung: Lizenznummer U-1001',
    'Wir möchten das Produkt U-1001 registrieren',
    'ENREGISTRER U-1001',
    'Veuillez enregistrer la licence n° U-1001, s’il vous plaît',
    'Enregistrement de l’étiquette U-1001',
    'Merci d’enregistrer le produit U-1001',
    'REGISTRAR U-1001',
    'Por favor, registrar la licencia nº U-1001',
    'Registro de la etiqueta de servicio U-1001',
    'Queremos registrar nuestro producto «U-1001»',
    '登録 U-1001',
    '製品登録：Ｕ－１００１'.replace('－', '-'),
    'U-1001の登録をお願いします',
    'ライセンスU-1001を登録してください。',
    '新しいライセンス番号 U-1001 の登録をお願いいたします',
  ])('%s', (said) => {
    expect(given(said)).toMatchObject({ name: 'REGISTER', argument: number });
    expect(given('Our product', `${said}\n\nThank you`)).toMatchObject({ name: 'REGISTER', argument: number });
  });
  it.each([
    'Register allocation fails',
    'Register 0x44 is wrong',
    'Registering users fails since 11.6',
    'Register 5000 users at once',
    'Registration of users with U-1001 fails',
    'Registrierung der Benutzer mit U-1001 dauert',
    'Enregistrement de la facture U-1001',
    'Cannot register U-1001',
    'Registrierung schlägt fehl',
    'Registrierung U-1001 schlägt fehl',
    'Registrieren von Benutzern dauert 30 Sekunden',
    'Enregistrement impossible',
    'Enregistrer sous U-1001 ne marche pas',
    'Registro de errores lleno',
    'El registro 500 no aparece',
    '登録できません',
    'U-1001の登録に失敗しました',
    'ユーザー登録の画面が開きません',
  ])('is text: %s', (said) => {
    expect([given(said), given('x', said)]).toEqual([null, null]);
  });
  it('alone above a text, or beside a PIN, is what the text is about', () => {
    expect(given('x', 'Register\n\nThe page does not open.')).toBeNull();
    expect(given('PIN 345 Register', '', ['345'])).toBeNull();
  });
  it('takes the licence out of a labelled line below it', () => {
    const mail = { subject: 'x', newText: 'REGISTER\nLicence: U-1001', pins: [] };
    expect(readCommand({ ...mail, licenceNumbers: ['U-1001'] })).toMatchObject({ argument: 'U-1001' });
    expect(readCommand({ ...mail, licenceNumbers: ['U-1001', 'U-2001'] })).toBeNull();
  });
});
