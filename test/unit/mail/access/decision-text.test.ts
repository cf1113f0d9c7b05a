import { describe, expect, it, test } from 'vitest';
import { readDecision } from '../../../../src/mail/access/decision-text.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const asker = { name: 'Max Ernst', address: 'max@aldous.example' };
const read = (newText: string) => readDecision(newText, { asker, writer: 'Ada Byron' });

describe('§8.4 a bare grant', () => {
  test.each([
    ...['GRANT', 'grant', 'Grant.', 'GRANT!', '*GRANT*', '> GRANT'.slice(2), '“GRANT”', 'Granted', 'Grant please'],
    ...['Please grant', 'I grant access.', 'We hereby grant him access', 'Access granted', 'Grant access to Max Ernst'],
    ...[
      'Grant Max access please',
      'Approve',
      'Approved!',
      'I approve this request',
      'Request approved',
      'Yes',
      'Yes please',
    ],
    ...['Yes, please grant access.', 'Hi team,\n\nGRANT\n\nBest regards,\nAda', 'Hello,\ngrant\nThanks\nAda Byron'],
    ...[
      'OK, granted, thanks',
      'Allow',
      'Access approved. Thank you!',
      'Go ahead, grant it',
      'ＧＲＡＮＴ',
      'GRANT\n\nAda Byron',
    ],
    ...[
      'Genehmigt',
      'GENEHMIGEN',
      'Ich genehmige den Zugang.',
      'Zugang genehmigt',
      'Bitte Zugang gewähren',
      'Zulassen',
    ],
    ...['Zugriff erteilen, danke', 'Freigegeben', 'Hiermit bewilligt', 'Ja', 'Ja, bitte freigeben', 'Antrag bewilligt'],
    ...['Hallo zusammen,\n\nbitte gewähren.\n\nViele Grüße\nAda', 'Wir erteilen ihm den Zugang', 'Wird genehmigt'],
    ...[
      'ACCORDER',
      'Accordé',
      "J'accorde l'accès",
      'J’autorise l’accès',
      'Accès accordé, merci',
      'Autoriser',
      'Approuvé',
    ],
    ...[
      'Demande approuvée',
      'Oui',
      'Oui, accordez-lui l’accès',
      'Bonjour,\n\nAccorder.\n\nCordialement,\nAda',
      'Validé',
    ],
    ...[
      'CONCEDER',
      'Concedido',
      'Conceder acceso por favor',
      'Autorizo el acceso',
      'Acceso autorizado',
      'Aprobado',
      'Sí',
    ],
    ...['Apruebo la solicitud', 'Sí, por favor', 'Se concede el acceso', 'Hola:\n\nAutorizar\n\nSaludos,\nAda'],
    ...[
      '許可',
      '許可します',
      '許可します。',
      '承認',
      '承認します',
      'アクセスを許可します',
      'アクセスを許可してください',
      'はい',
    ],
    ...[
      '申請を承認いたします。',
      'はい、許可します。よろしくお願いいたします。',
      'お世話になっております。\n\n許可します。\n\n以上',
    ],
  ])('is read: %j', (text) => {
    expect(read(text)).toEqual({
      kind: 'grant',
      atOnce: false,
      role: null,
      privileges: [],
      until: null,
      justification: null,
      corrects: {},
    });
  });
});

describe('§8.4 what stands with a grant', () => {
  const until = '2026-12-31';
  test.each([
    ['GRANT role: technical contact', { role: 'technical contact' }],
    ['GRANT\nrole: secondary\nuntil: 2026-12-31', { role: 'secondary', until }],
    [
      'GRANT role: secondary until: 31.12.2026 justification: joins the rollout',
      {
        ...{ role: 'secondary', until, justification: 'joins the rollout' },
      },
    ],
    ['GRANT secondary', { role: 'secondary' }],
    ['GRANT. Role technical contact', { role: 'technical contact' }],
    ['Grant as technical contact', { role: 'technical contact' }],
    ['Grant access as an authorized user until 31 December 2026', { role: 'authorized user', until }],
    ['GRANT NOW', { atOnce: true }],
    ['Grant now please', { atOnce: true }],
    ['GRANT authorised user NOW', { role: 'authorized user', atOnce: true }],
    [
      'GRANT\nprivilege: manage access view\nprivilege: downloads software and media',
      {
        privileges: [
          { name: 'manage access', level: 'view' },
          { name: 'downloads', level: 'software and media' },
        ],
      },
    ],
    [
      'GRANT\nprivileges: documents=update, reporting: view; cases view',
      {
        privileges: [
          { name: 'documents', level: 'update' },
          { name: 'reporting', level: 'view' },
          { name: 'cases', level: 'view' },
        ],
      },
    ],
    [
      'GRANT\nRole = Licence user\nValid until = Dec 31, 2026\nReason = keys for the new plant',
      {
        ...{ role: 'licence user', until, justification: 'keys for the new plant' },
      },
    ],
    [
      'GRANT\n\n- role: user\n- name: Max Ernst-Young\n- phone: +44 20 7946 0000',
      {
        ...{ role: 'authorized user', corrects: { name: 'Max Ernst-Young', phone: '+44 20 7946 0000' } },
      },
    ],
    ['GRANT because she replaces Tom', { justification: 'she replaces Tom' }],
    ['Grant - works on our print servers', { justification: 'works on our print servers' }],
    ['GRANT\n\nHe joins the team in Leeds.', { justification: 'He joins the team in Leeds.' }],
    ['GRANT\nE-mail: max@aldous.example', {}],
    ['Genehmigt als technischer Kontakt bis 31.12.2026', { role: 'technical contact', until }],
    ['Bis 31. Dezember 2026 genehmigt', { until }],
    [
      'GENEHMIGEN SOFORT\nRolle: Benutzer\nBegründung: neue Kollegin im Rechenzentrum',
      {
        ...{ atOnce: true, role: 'authorized user', justification: 'neue Kollegin im Rechenzentrum' },
      },
    ],
    ['Gewähren, weil er den Druckserver betreut', { justification: 'er den Druckserver betreut' }],
    [
      'Zulassen\nGültig bis: 31.12.2026\nBerechtigung: Dokumente ansehen',
      {
        ...{ until, privileges: [{ name: 'documents', level: 'view' }] },
      },
    ],
    [
      'ACCORDER\nrôle : contact technique\njusqu’au : 31 décembre 2026\nmotif : remplace Luc',
      {
        ...{ role: 'technical contact', until, justification: 'remplace Luc' },
      },
    ],
    ["Accès accordé jusqu'au 31/12/2026", { until }],
    ['Accorder maintenant', { atOnce: true }],
    ['J’autorise l’accès comme utilisateur autorisé', { role: 'authorized user' }],
    ['CONCEDER rol: secundario hasta: 31 de diciembre de 2026', { role: 'secondary', until }],
    ['Conceder acceso como contacto técnico', { role: 'technical contact' }],
    ['Conceder ahora\nmotivo: sustituye a Luis', { atOnce: true, justification: 'sustituye a Luis' }],
    [
      '許可\n役割：技術担当\n期限：2026年12月31日\n理由：新しい担当者です',
      {
        ...{ role: 'technical contact', until, justification: '新しい担当者です' },
      },
    ],
    ['2026年12月31日まで許可します', { until }],
    ['一般ユーザーとして許可します', { role: 'authorized user' }],
    ['今すぐ許可してください', { atOnce: true }],
  ])('is read: %j', (text, more) => {
    expect(read(text)).toMatchObject({ kind: 'grant', ...more });
  });
});

describe('§8.4 a refusal with its reason', () => {
  test.each([
    ['DENY 1', 1, ''],
    ['deny 2', 2, ''],
    ['Deny (3)', 3, ''],
    ['DENY #1', 1, ''],
    ['Deny: 2', 2, ''],
    ['Denied, reason 1', 1, ''],
    ['DENY 2 he has left that project', 2, 'he has left that project'],
    ['DENY 3 - a supplier of ours', 3, 'a supplier of ours'],
    ['Deny 1: never heard of him', 1, 'never heard of him'],
    ['Hi,\n\ndeny 1\n\nRegards\nAda', 1, ''],
    ['I refuse, reason: 2', 2, ''],
    ['Access denied 1.', 1, ''],
    ['No, 1', 1, ''],
    ['ABLEHNEN 1', 1, ''],
    ['Abgelehnt, Grund 2', 2, ''],
    ['Ich lehne ab: 3 gehört zu einem Lieferanten', 3, 'gehört zu einem Lieferanten'],
    ['Zugang verweigern 1 unbekannt', 1, 'unbekannt'],
    ['REFUSER 1', 1, ''],
    ['Refusé, motif 2', 2, ''],
    ['Je refuse 3 : un fournisseur', 3, 'un fournisseur'],
    ['DENEGAR 2', 2, ''],
    ['Rechazado, motivo 1', 1, ''],
    ['Rechazar 3 es un proveedor', 3, 'es un proveedor'],
    ['拒否 1', 1, ''],
    ['拒否します。2', 2, ''],
    ['却下 3 取引先です', 3, '取引先です'],
    ['却下（1）', 1, ''],
    ['ＤＥＮＹ　２', 2, ''],
  ] as const)('is read: %j', (text, reason, words) => {
    expect(read(text)).toEqual({ kind: 'deny', reason, words, atOnce: false });
  });
  it('goes out at once where it says so', () => {
    expect(read('DENY 1 NOW')).toEqual({ kind: 'deny', reason: 1, words: '', atOnce: true });
  });
  test.each(['DENY', 'Deny 4', 'Deny 12', 'Nein', 'I refuse', 'Refuser', '拒否します', 'Deny 1 or 2 reasons?', 'No'])(
    'is asked back without one of the three: %j',
    (text) => expect(read(text)).toMatchObject({ kind: 'unclear' }),
  );
});

describe('§8.5 a decision that is taken back', () => {
  test.each([
    ...['UNDO', 'Undo!', 'undo please', 'Please undo my decision', 'Undo that', 'Hi,\nUNDO\nAda', 'Take it back'],
    ...['RÜCKGÄNGIG', 'Bitte rückgängig machen', 'Zurücknehmen', 'Widerrufen', 'ANNULER', 'Annuler ma décision svp'],
    ...[
      'DESHACER',
      'Deshacer la decisión',
      'Anular por favor',
      '取り消し',
      '取り消します',
      '決定を取り消してください',
      '元に戻してください',
    ],
  ])('is read: %j', (text) => expect(read(text)).toEqual({ kind: 'undo' }));
  test.each(['Undo? What did I do', 'UNDO GRANT', 'I will undo it tomorrow', 'Can I undo this?'])(
    'is not done by: %j',
    (text) => expect(read(text)?.kind).not.toBe('undo'),
  );
});

describe('§8.4 in doubt nothing is decided', () => {
  test.each([
    ...[
      'Do not grant',
      "Don't grant access",
      'Not granted',
      'GRANT?',
      'Should I grant this?',
      'Grant? Who is this',
      'OK',
    ],
    ...[
      'I would grant it',
      'Grant him nothing',
      'Grant full access',
      'Grant read access only',
      'Yes, but only until Friday',
    ],
    ...[
      'Yes?',
      'Yes, if Tom agrees',
      'GRANT\n\nBut only for the pilot.',
      'GRANT\n\nNot before Monday, please.',
      'GRANT\nDENY 1',
    ],
    ...[
      'GRANT for bob@elsewhere.example',
      'GRANT\nE-mail: bob@elsewhere.example',
      'Grant Bob Miller access',
      'Thanks',
      '',
    ],
    ...[
      'GRANT until Friday',
      'GRANT until 03/04/2026',
      'GRANT until: end of the year',
      'GRANT for 3 months',
      'GRANT role: boss',
    ],
    ...['GRANT role: primary', 'GRANT privilege: everything', 'GRANT\nprivilege: manage access'],
    ...[
      'GRANT\n\nPlease make her technical contact as well.',
      'I have forwarded this',
      'Who is this?',
      'Granting takes time',
    ],
    ...[
      'Nicht genehmigt',
      'Genehmigt?',
      'Genehmigt, aber nur bis Freitag',
      'Ja, wenn Tom zustimmt',
      'Bitte nicht gewähren',
    ],
    ...[
      'Accès non accordé',
      'Accorder ?',
      'Oui, mais pas avant lundi',
      'N’accordez pas l’accès',
      'No conceder',
      '¿Conceder?',
    ],
    ...[
      'Sí, pero solo hasta el viernes',
      'No autorizo',
      '許可しません',
      '許可しないでください',
      '許可してもいいですか',
      '不許可',
      '未承認',
    ],
    ...[
      'The grant was given to the university',
      'Our grant application 2',
      'I am out of office. GRANT',
      'Grant Thornton called',
    ],
    ...['GRANT role: user role: secondary', 'GRANT until: 2026-12-31 until: 2027-12-31'],
  ])('by: %j', (text) => {
    const found = read(text);
    expect(found === null || found.kind === 'unclear').toBe(true);
  });
  it('says what could not be read', () => {
    expect(read('GRANT\nrole: boss')).toEqual({ kind: 'unclear', why: 'role', said: 'boss' });
    expect(read('GRANT until: Friday')).toEqual({ kind: 'unclear', why: 'until', said: 'Friday' });
    expect(read('GRANT\nE-mail: bob@elsewhere.example')).toEqual({
      ...{ kind: 'unclear', why: 'address', said: 'bob@elsewhere.example' },
    });
    expect(read('DENY')).toEqual({ kind: 'unclear', why: 'reason', said: 'DENY' });
    expect(read('GRANT\nDENY 1')).toEqual({ kind: 'unclear', why: 'two', said: 'DENY 1' });
    expect(read('GRANT\n\nBut only for the pilot.')).toMatchObject({ why: 'condition' });
  });
  it('is linear in a long text', () => {
    const began = cpuTime();
    for (const piece of ['GRANT ', 'role: ', 'role : a until ', '許可', 'deny 1 ', 'a\n', ' - '])
      read(piece.repeat(40_000));
    expect(cpuTime() - began).toBeLessThan(2_000);
  });
});
