import { describe, expect, it, test } from 'vitest';
import { accessNamed, readAccessRequest } from '../../../../src/mail/access/access-request.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const named = (subject: string, newText = '') => accessNamed({ subject, newText });
const read = (newText: string, subject = 'ACCESS 1000345', writer = 'Max Ernst') =>
  readAccessRequest({ subject, newText, writer });

describe('§8.1 ACCESS and a site number in the subject', () => {
  test.each([
    ...[
      'ACCESS 1000345',
      'access 1000345',
      'Access: 1000345',
      'ACCESS #1000345',
      'Access request 1000345',
      'ACCESS-1000345',
    ],
    ...[
      'Re: ACCESS 1000345',
      'Access to site 1000345',
      'Access for account no. 1000345',
      'Request for access to 1000345',
    ],
    ...[
      'Please: access to 1000345',
      'ACCESS 1000345 - Max Ernst',
      'ACCESS 1000345, new colleague',
      '[EXTERNAL] ACCESS 1000345',
    ],
    ...[
      'Requesting access, site 1000345',
      'I need access to site number 1000345',
      'ＡＣＣＥＳＳ　１０００３４５',
      'Access 1000345.',
    ],
    ...[
      'ZUGANG 1000345',
      'Zugang zu Standort 1000345',
      'Antrag auf Zugang: 1000345',
      'Zugriff auf 1000345',
      'Bitte um Zugang zu 1000345',
    ],
    ...[
      'Zugangsanfrage 1000345',
      'ACCÈS 1000345',
      "Demande d'accès 1000345",
      'Accès au site n° 1000345',
      'Acces 1000345',
    ],
    ...['ACCESO 1000345', 'Solicitud de acceso 1000345', 'Acceso al sitio 1000345', 'Acceso para la cuenta 1000345'],
    ...['アクセス 1000345', 'アクセス申請：1000345', 'サイト1000345へのアクセス申請', 'アクセス権の申請 1000345'],
  ])('is read: %j', (subject) => expect(named(subject)).toMatchObject({ site: '1000345' }));
  it('is read with a number that no site can have', () => {
    expect(named('ACCESS 12345')).toMatchObject({ site: '12345' });
  });
  it('is read alone on the first line', () => {
    expect(named('Hello', 'ACCESS 1000345\n\nMax Ernst')).toMatchObject({ site: '1000345', whole: true });
  });
  it('is told from a subject that says more', () => {
    expect(named('ACCESS 1000345')?.whole).toBe(true);
    expect(named('ACCESS 1000345 - cannot log in')?.whole).toBe(false);
  });
  test.each([
    ...[
      'Access denied',
      'Access violation at 1000345',
      'Cannot access 1000345',
      'Access 1000345 denied since the update',
    ],
    ...[
      'ACCESS',
      'Access database 2016',
      'MS Access 1000345 rows',
      'Remote access 2024-05',
      'Accessories 1000345',
      'PIN 1000345',
    ],
    ...[
      'Kein Zugang zu 1000345',
      'Zugang gesperrt',
      "Pas d'accès au site 1000345",
      'Sin acceso a 1000345',
      'アクセスできない 1000345',
    ],
    ...['No access to 1000345', 'Access lost for 1000345', 'access log 1000345 lines'],
  ])('is not read: %j', (subject) => expect(named(subject)).toBeNull());
});

describe('§8.1 a request in labelled lines', () => {
  test.each([
    `Name: Max Ernst\nCountry: United Kingdom\nRole: authorized user\nJustification: I run the print servers`,
    `- Name: Max Ernst\n- Country: GB\n- Role: User\n- Reason: I run the print servers\n\nRegards\nMax`,
    `Hello,\n\nName : Max Ernst\nCountry : UK\nWished role : user\nBusiness justification : I run the print servers\n`,
    `**Name:** Max Ernst\n**Country:** England\n**Role:** authorised user\n**Why:** I run the print servers`,
    `Full name = Max Ernst\nCountry = Great Britain\nRequested role = user\nBusiness reason = I run the print servers`,
    `Name: Max Ernst, Country: GB, Role: user, Justification: I run the print servers`,
    `Name: Max Ernst\nLand: Vereinigtes Königreich\nRolle: Benutzer\nBegründung: I run the print servers`,
    `Nom : Max Ernst\nPays : Royaume-Uni\nRôle : utilisateur autorisé\nMotif : I run the print servers`,
    `Nombre: Max Ernst\nPaís: Reino Unido\nRol: usuario autorizado\nMotivo: I run the print servers`,
    `氏名：Max Ernst\n国：イギリス\n役割：一般ユーザー\n理由：I run the print servers`,
    `Name: Max Ernst\nCountry: United Kingdom (GB)\nRole: authorized user\nJustification:\nI run the print servers`,
  ])('is read: %j', (text) => {
    expect(read(text)).toMatchObject({
      ...{ site: '1000345', name: 'Max Ernst', country: 'GB', role: 'authorized user' },
      justification: 'I run the print servers',
    });
  });
  it('takes the site number from the text where the subject has none', () => {
    for (const text of [
      'Site: 1000345',
      'Site number: 1000345',
      'our account 1000345',
      'Kundennummer: 1000345',
      'サイト番号：1000345',
    ])
      expect(read(text, 'Access please')).toMatchObject({ site: '1000345' });
    expect(read('We have 1000345 and 1000346', 'Access')).toMatchObject({ site: null });
    expect(read('Call +44 1000345 or see 10003451', 'Access')).toMatchObject({ site: null });
  });
});

describe('§8.1 a request in sentences', () => {
  test.each([
    [
      'My name is Max Ernst, I work in Germany and need access as technical contact, because I run the servers.',
      'DE',
      'technical contact',
    ],
    [
      "Hi,\n\nI'm Max Ernst from the Leeds plant in the UK. I would like to open cases for our printers.\n\nMax",
      'GB',
      null,
    ],
    ['Please give me access as a licence user. I order the licences for France.', 'FR', 'licence user'],
    [
      'This is Max Ernst. I am the new administrator in Japan, please add me as an authorised user.',
      'JP',
      'authorized user',
    ],
    [
      'Hallo,\n\nmein Name ist Max Ernst, ich arbeite in Österreich und betreue als Techniker die Server.\n\nGruß\nMax',
      'AT',
      'technical contact',
    ],
    [
      'Ich heiße Max Ernst und bin neu bei Aldous in Deutschland. Ich brauche Zugang als Benutzer.',
      'DE',
      'authorized user',
    ],
    [
      'Bonjour,\n\nje m’appelle Max Ernst, je travaille en Belgique. Je voudrais un accès comme contact technique.',
      'BE',
      'technical contact',
    ],
    [
      'Je suis Max Ernst, en France, et je gère les imprimantes en tant qu’utilisateur autorisé.',
      'FR',
      'authorized user',
    ],
    ['Hola, me llamo Max Ernst y trabajo en España. Necesito acceso como usuario autorizado.', 'ES', 'authorized user'],
    [
      'Mi nombre es Max Ernst, de México. Necesito acceso como contacto técnico para los servidores.',
      'MX',
      'technical contact',
    ],
    ['Max Ernst と申します。日本でサーバーを担当しています。技術担当として申請します。', 'JP', 'technical contact'],
  ] as const)('is read: %j', (text, country, role) => {
    const found = read(text, 'ACCESS 1000345', '');
    expect(found).toMatchObject({ country, role });
    expect(found.justification).not.toBeNull();
    if (/Max Ernst/.test(text)) expect(found.name).toBe('Max Ernst');
  });
  it('takes the name of the sender where the text says none', () => {
    expect(read('Country: GB').name).toBe('Max Ernst');
    expect(read('Country: GB', 'ACCESS 1', 'max@aldous.example').name).toBeNull();
  });
  it('takes no country where it could be two', () => {
    expect(read('We are in France and in Germany.').country).toBeNull();
    expect(read('It works with us all.').country).toBeNull();
  });
  it('gives nobody a primary’s role, whatever is asked for', () => {
    expect(read('Role: primary').role).toBeNull();
    expect(read('Please make me primary contact.').role).toBeNull();
  });
  it('takes manners for no justification', () => {
    expect(read('Hello,\n\nplease.\n\nThanks\nMax Ernst').justification).toBeNull();
    expect(read('').justification).toBeNull();
  });
  it('is linear in a long text', () => {
    const began = cpuTime();
    for (const piece of ['name: ', 'I am ', '1000345 ', 'アクセス', 'Germany ', 'a\n']) {
      read(piece.repeat(40_000));
      named(piece.repeat(4_000), piece.repeat(40_000));
    }
    expect(cpuTime() - began).toBeLessThan(2_000);
  });
});
