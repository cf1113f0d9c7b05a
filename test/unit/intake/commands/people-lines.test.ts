/** POLICY §7: lines about the people of a site, as people of five languages write them. */
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../../src/intake/commands/commands.ts';
import { lineInWords } from '../../../../src/intake/commands/people-words.ts';
import type { PersonLine } from '../../../../src/registry/contacts/lines.ts';
import { levelsOf, privilegeNames } from '../../../../src/registry/contacts/privileges.ts';
import { roles } from '../../../../src/registry/site.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const read = (newText: string, subject = 'x') => readCommand({ subject, newText, pins: [] });
const lines = (text: string) => read(text)?.lines ?? [];
const at = 'nia@firm.example';

describe('ADD', () => {
  it.each([
    [`ADD Nia Vale ${at} authorized user: joins the project`, 'authorized user', 'joins the project'],
    [`Add Nia Vale <${at}> secondary`, 'secondary'],
    [`add: "Nia Vale" (${at}), technical contact`, 'technical contact'],
    [`ADD Nia Vale, ${at}, licence user`, 'licence user'],
    [`ADD Nia Vale ${at}`, 'authorized user'],
    [`ADD Nia Vale as secondary contact ${at}`, 'secondary'],
    [`Please add Nia Vale (${at}) as an authorized user`, 'authorized user'],
    [`Could you please add Nia Vale, ${at}, as a user: new here`, 'authorized user', 'new here'],
    [`• ADD Nia Vale ${at}<mailto:${at}> user`, 'authorized user'],
    [`EINTRAGEN Nia Vale ${at} berechtigte Person: neu im Projekt`, 'authorized user', 'neu im Projekt'],
    [`Hinzufügen: Nia Vale ${at} Stellvertretung`, 'secondary'],
    [`Bitte Nia Vale (${at}) als Benutzerin eintragen.`, 'authorized user'],
    [`Nia Vale ${at} als technische Ansprechperson hinzufügen`, 'technical contact'],
    [`Bitte fügen Sie Nia Vale ${at} als Stellvertreterin hinzu`, 'secondary'],
    [`Tragen Sie bitte Nia Vale ${at} als Nutzer ein`, 'authorized user'],
    [`Tragen Sie Nia Vale ${at} als Nutzer ein!`, 'authorized user'],
    [`AJOUTER Nia Vale ${at} utilisateur autorisé : arrive en mai`, 'authorized user', 'arrive en mai'],
    [`Merci d’ajouter Nia Vale (${at}) comme contact suppléant`, 'secondary'],
    [`Veuillez ajouter Nia Vale ${at} en tant que contact technique`, 'technical contact'],
    [`Ajoutez Nia Vale ${at} comme utilisatrice`, 'authorized user'],
    [`AÑADIR Nia Vale ${at} usuario autorizado: nuevo proyecto`, 'authorized user', 'nuevo proyecto'],
    [`Por favor, agregue a Nia Vale ${at} como contacto técnico`, 'technical contact'],
    [`Agregar Nia Vale ${at} suplente`, 'secondary'],
    [`追加 Nia Vale ${at} 利用者：プロジェクト参加`, 'authorized user', 'プロジェクト参加'],
    [`追加：Nia Vale　${at}　副担当者`, 'secondary'],
    [`Nia Vale ${at} を利用者として追加してください。`, 'authorized user'],
    [`Nia Vale ${at} を技術担当者として登録をお願いします`, 'technical contact'],
  ])('%s', (said, role, why?: string) => {
    const [line] = lines(said);
    expect(line).toMatchObject({ do: 'add', address: at, role, ...(why && { why }) });
    expect(line).toHaveProperty('name', expect.stringMatching(/^(?:a )?Nia Vale$/));
  });

  it.each([
    'ADD dialog hangs',
    'Add a printer',
    `Add ${at} to the list of reports fails`,
    `Please add ${at} to the copies of this case`,
    `The user ${at} cannot sign in`,
    `${at} kann sich nicht anmelden`,
    `Bitte ${at} anrufen`,
    `Adding ${at} fails`,
    `Nia <${at}> can be reached until five`,
  ])('is not, or may be words like any other: %s', (said) => {
    const command = read(said);
    if (command) expect(command.perhaps).toBe(true);
  });

  it('takes nobody whose name a mail program would make a link of', () => {
    expect(lines(`ADD www.evil.example ${at} user`)).toMatchObject([{ do: 'unread' }]);
    expect(lines(`ADD see https://evil.example ${at} user`)).toMatchObject([{ do: 'unread' }]);
  });
});

describe('REMOVE, ROLE and PRIVILEGE', () => {
  it.each([
    `REMOVE ${at}`,
    `remove Nia Vale <${at}>: has left`,
    `Delete ${at}.`,
    `Please remove ${at}`,
    `ENTFERNEN ${at}`,
    `Bitte ${at} löschen`,
    `Nia Vale (${at}) austragen`,
    `RETIRER ${at}`,
    `Merci de supprimer ${at}`,
    `Supprimez ${at} s’il vous plaît`,
    `ELIMINAR ${at}`,
    `Por favor, quite ${at}`,
    `削除 ${at}`,
    `${at} を削除してください`,
  ])('%s', (said) => expect(lines(said)).toEqual([{ do: 'remove', address: at }]));

  it.each([
    [`ROLE ${at} primary`, 'primary'],
    [`ROLE ${at} administrator`, 'primary'],
    [`ROLE ${at} support user`, 'authorized user'],
    [`Role: ${at} = technical contact`, 'technical contact'],
    [`ROLE Nia Vale ${at} as secondary`, 'secondary'],
    [`Make ${at} the primary contact`, 'primary'],
    [`Please make ${at} an authorised user`, 'authorized user'],
    [`ROLLE ${at} Stellvertretung`, 'secondary'],
    [`Rolle ${at}: Hauptansprechpartnerin`, 'primary'],
    [`RÔLE ${at} contact principal`, 'primary'],
    [`Nommez ${at} contact suppléant`, 'secondary'],
    [`FUNCIÓN ${at} contacto técnico`, 'technical contact'],
    [`ROL ${at} contacto principal`, 'primary'],
    [`役割 ${at} 副担当者`, 'secondary'],
    [`${at} の役割を主担当者に変更してください`, 'primary'],
  ])('%s', (said, role) => expect(lines(said)).toEqual([{ do: 'role', address: at, role }]));

  it.each([
    [`PRIVILEGE ${at} manage access update`, 'manage access', 'update'],
    [`Privilege ${at}: cases = view`, 'cases', 'view'],
    [`PRIVILEGE ${at} downloads software and media`, 'downloads', 'software and media'],
    [`PRIVILEGE ${at} documents default`, 'documents', 'default'],
    [`RECHT ${at} Zugänge verwalten ändern`, 'manage access', 'update'],
    [`Berechtigung ${at} Fälle ansehen`, 'cases', 'view'],
    [`DROIT ${at} dossiers consulter`, 'cases', 'view'],
    [`PERMISO ${at} documentos modificar`, 'documents', 'update'],
    [`権限 ${at} 文書 閲覧`, 'documents', 'view'],
  ])('%s', (said, name, value) => expect(lines(said)).toEqual([{ do: 'privilege', address: at, name, value }]));

  it.each([
    `ROLE ${at} boss`,
    `PRIVILEGE ${at} cases software`,
    `REMOVE ${at} from the recipients fails`,
    `ROLE ${at} provisional caller`,
  ])('cannot be told what it asks for: %s', (said) => {
    expect(read(said)).toMatchObject({ perhaps: true, lines: [{ do: 'unread', text: said }] });
  });
});

describe('several lines', () => {
  it('are read in their order, with empty ones between, and the rest is text', () => {
    const text = `ADD Nia Vale ${at} user\n\nremove max@firm.example\nBitte ben@firm.example entfernen\n\nThank you\nAda`;
    expect(read(text)).toMatchObject({
      name: 'ADD',
      perhaps: false,
      rest: 'Thank you\nAda',
      lines: [{ do: 'add' }, { do: 'remove' }, { do: 'remove', address: 'ben@firm.example' }],
    });
  });
  it('that were broken by the mail program are one', () => {
    expect(lines(`ADD Nia Vale ${at}\ntechnical contact: night shift\nREMOVE max@firm.example`)).toMatchObject([
      { do: 'add', role: 'technical contact', why: 'night shift' },
      { do: 'remove' },
    ]);
    expect(lines(`ADD Nia Vale ${at} authorized\nuser`)).toMatchObject([{ do: 'add', role: 'authorized user' }]);
  });
  it('without the word are not guessed at where they stand right below, and are a signature where they do not', () => {
    expect(lines(`ADD Nia Vale ${at} user\nBen Sol ben@firm.example user`)).toMatchObject([
      { do: 'add' },
      { do: 'unread', text: 'Ben Sol ben@firm.example user' },
    ]);
    expect(lines(`ADD Nia Vale ${at} user\n\nAda Byron ada@firm.example`)).toHaveLength(1);
  });
  it('are fifty and one at most, so that the one too many is told of', () => {
    const many = Array.from({ length: 200 }, (_, n) => `REMOVE p${n}@firm.example`).join('\n');
    expect(lines(many)).toHaveLength(51);
  });
  it('name a site behind the first word', () => {
    expect(read(`ADD 1000345 Nia Vale ${at} user`)).toMatchObject({
      argument: '1000345',
      lines: [{ name: 'Nia Vale' }],
    });
  });
  it('stand in the subject, behind prefixes and PIN', () => {
    expect(read('', `Re: PIN 345 REMOVE ${at}`)).toMatchObject({ in: 'subject', lines: [{ do: 'remove' }] });
  });
});

it('says each line in words that are read as the same line, in five languages', () => {
  const all: PersonLine[] = [
    ...roles.flatMap((role): PersonLine[] =>
      role === 'provisional caller'
        ? []
        : [
            { do: 'add', name: 'Nia Vale', address: at, role },
            { do: 'role', address: at, role },
          ],
    ),
    { do: 'remove', address: at },
    ...privilegeNames.flatMap((name) =>
      [...levelsOf(name), 'default'].map((value): PersonLine => ({ do: 'privilege', address: at, name, value })),
    ),
  ];
  for (const language of ['en', 'de', 'fr-CA', 'es', 'ja'])
    for (const line of all) expect(lines(lineInWords(line, language)), lineInWords(line, language)).toEqual([line]);
});

it('takes no longer for a text made to be slow', () => {
  const begun = cpuTime();
  for (const text of [
    `ADD ${'a '.repeat(20_000)}${at} ${'user '.repeat(5_000)}`,
    `Bitte ${'please '.repeat(5_000)}${at} ${'ein '.repeat(5_000)}`,
    `追加 ${'を'.repeat(9_000)}${at}${'を追加'.repeat(9_000)}`,
    `${'@'.repeat(50_000)} REMOVE`,
  ])
    read(text);
  expect(cpuTime() - begun).toBeLessThan(500);
});

describe('DOCUMENTS', () => {
  it.each([
    `DOCUMENTS ${at}`,
    `Documents: ${at}`,
    `DOCUMENTS ADD ${at}`,
    `DOCUMENTS to Nia Vale <${at}>`,
    `DOCUMENTS also to ${at}, please`,
    `ADD DOCUMENTS ${at}`,
    `Please add documents for ${at}`,
    `DOKUMENTE ${at}`,
    `Dokumente an ${at}`,
    `DOKUMENTE HINZUFÜGEN ${at}`,
    `Bitte Nachweise auch an Nia Vale (${at})`,
    `DOCUMENTS AJOUTER ${at}`,
    `Attestations à ${at}, svp`,
    `DOCUMENTOS ${at}`,
    `Justificantes también para ${at}`,
    `DOCUMENTOS AÑADIR ${at}`,
    `証明書 追加 ${at}`,
    `証明書：${at}`,
  ])('adds who gets them: %s', (said) => {
    expect(lines(said)).toEqual([{ do: 'documents', address: at, gets: true }]);
    expect(read(said)?.name).toBe('DOCUMENTS');
  });
  it.each([
    `DOCUMENTS REMOVE ${at}`,
    `DOCUMENTS ${at} remove`,
    `DOCUMENTS ${at}: no`,
    `DOCUMENTS not to ${at}`,
    `REMOVE DOCUMENTS ${at}`,
    `Delete documents for Nia Vale ${at}`,
    `DOKUMENTE ENTFERNEN ${at}`,
    `Dokumente nicht mehr an ${at}`,
    `DOCUMENTS RETIRER ${at}`,
    `DOCUMENTOS ELIMINAR ${at}`,
    `証明書 削除 ${at}`,
  ])('takes them off, and nobody off the site: %s', (said) => {
    expect(lines(said)).toEqual([{ do: 'documents', address: at, gets: false }]);
  });
  it.each([
    `DOCUMENTS ${at} until Friday`,
    `DOCUMENTS ${at} if Max agrees`,
    `DOCUMENTS ADD ${at} REMOVE`,
    `DOCUMENTS that I sent yesterday from my own ${at}`,
  ])('is told to be unclear: %s', (said) => {
    expect(lines(said)).toMatchObject([{ do: 'unread' }]);
  });
  it('is shown as somebody would type it, and read again', () => {
    for (const gets of [true, false])
      for (const language of ['en', 'de', 'fr', 'es', 'ja'])
        expect(lines(lineInWords({ do: 'documents', address: at, gets }, language))).toEqual([
          { do: 'documents', address: at, gets },
        ]);
  });
  it('alone is the question for the proof itself', () => {
    for (const said of ['DOCUMENTS', 'Dokumente', 'Attestation', 'JUSTIFICANTES', '証明書'])
      expect(read(said)).toMatchObject({ name: 'DOCUMENTS', argument: '' });
  });
});
