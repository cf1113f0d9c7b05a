/** POLICY §7 `UNSUBSCRIBE <kind>`, §10.6: how people of five languages say it, and what is text. */
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../../src/intake/commands/commands.ts';
import { readKinds, readSubscription } from '../../../../src/intake/commands/subscription-wish.ts';

const said = (line: string): string | null => {
  const wish = readSubscription(line);
  return wish && [wish.wanted ? '+' : '-', ...wish.kinds, ...wish.fixed].join(' ');
};
const all = 'announcements releases media end-of-support';

const ends: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  English: [
    ['UNSUBSCRIBE', '-'],
    ['unsubscribe', '-'],
    ['Unsubscribe me', '-'],
    ['Please unsubscribe me.', '-'],
    ['UNSUBSCRIBE releases', '- releases'],
    ['unsubscribe from announcements', '- announcements'],
    ['Please unsubscribe me from release notes', '- releases'],
    ['Unsubscribe: announcements', '- announcements'],
    ['Unsubscribe all', `- ${all}`],
    ['unsubscribe from everything, please', `- ${all}`],
    ['Unsubscribe from all of them', `- ${all}`],
    ['stop sending me your newsletter', '- announcements'],
    ['No more newsletters, thanks', '- announcements'],
    ['opt out', '- '.trim()],
    ['I want to unsubscribe from the newsletter', '- announcements'],
    ['unsubscribe announcements and releases', '- announcements releases'],
    ['UNSUBSCRIBE end of support', '- end-of-support'],
    ['UNSUBSCRIBE END-OF-SUPPORT', '- end-of-support'],
    ['Please take me off your mailing list', '- announcements'],
    ['remove me from the mailing list', '- announcements'],
    ['How do I unsubscribe?', '-'],
    ['unsubscribe media', '- media'],
    ['UNSUBSCRIBE security', '- security'],
  ],
  German: [
    ['ABBESTELLEN', '-'],
    ['Abmelden', '-'],
    ['Bitte abmelden', '-'],
    ['Newsletter abbestellen', '- announcements'],
    ['Ankündigungen abbestellen', '- announcements'],
    ['ABBESTELLEN Releases', '- releases'],
    ['Bitte von den Ankündigungen abmelden', '- announcements'],
    ['Abbestellen: Versionshinweise', '- releases'],
    ['Bitte melden Sie mich vom Newsletter ab', '- announcements'],
    ['Bitte nehmen Sie mich aus dem Verteiler', '- announcements'],
    ['Bitte tragen Sie mich aus dem Verteiler aus', '- announcements'],
    ['Keine Newsletter mehr, bitte', '- announcements'],
    ['Ich möchte keinen Newsletter mehr erhalten', '- announcements'],
    ['Alles abbestellen', `- ${all}`],
    ['Bitte alle Mails abbestellen', `- ${all}`],
    ['Neuigkeiten abbestellen', '- announcements'],
    ['Supportende abbestellen', '- end-of-support'],
    ['Medien und Releases abbestellen', '- releases media'],
    ['Abmeldung vom Newsletter', '- announcements'],
    ['unsubscribe Newsletter', '- announcements'],
    ['Sicherheitshinweise abbestellen', '- security'],
  ],
  French: [
    ['DÉSABONNER', '-'],
    ['desabonner', '-'],
    ['Se désabonner', '-'],
    ['Me désabonner, s’il vous plaît', '-'],
    ['DÉSABONNER versions', '- releases'],
    ['Désabonnez-moi des annonces', '- announcements'],
    ['Désabonnement', '-'],
    ['Désinscription', '-'],
    ['Veuillez me désinscrire de la liste de diffusion', '- announcements'],
    ['Je souhaite me désabonner de la newsletter', '- announcements'],
    ['Je voudrais me désabonner des notes de version', '- releases'],
    ['Merci de me désabonner', '-'],
    ['Me désabonner de tout', `- ${all}`],
    ['Désabonner : supports', '- media'],
    ['Désabonner fin de support', '- end-of-support'],
    ['désabonner annonces et versions', '- announcements releases'],
    ['Plus de lettre d’information', '- announcements'],
    ['Retirez-moi de la liste de diffusion', '- announcements'],
    ['Ne plus recevoir la lettre d’information', '- announcements'],
    ['Désinscrivez-moi des annonces, merci', '- announcements'],
    ['unsubscribe annonces', '- announcements'],
  ],
  Spanish: [
    ['BAJA', '-'],
    ['baja', '-'],
    ['Darse de baja', '-'],
    ['Quiero darme de baja', '-'],
    ['BAJA versiones', '- releases'],
    ['Baja anuncios', '- announcements'],
    ['Dar de baja los anuncios', '- announcements'],
    ['Por favor, deme de baja del boletín', '- announcements'],
    ['Quiero darme de baja de la lista de correo', '- announcements'],
    ['Darme de baja de todo', `- ${all}`],
    ['Desuscribirme', '-'],
    ['Desuscribir anuncios', '- announcements'],
    ['No quiero recibir más boletines', '- announcements'],
    ['No más boletines, gracias', '- announcements'],
    ['Cancelar suscripción al boletín', '- announcements'],
    ['Anular suscripción a la lista de correo', '- announcements'],
    ['Baja: fin de soporte', '- end-of-support'],
    ['Baja medios y versiones', '- releases media'],
    ['Baja de las notas de la versión', '- releases'],
    ['unsubscribe anuncios', '- announcements'],
    ['Baja avisos de seguridad', '- security'],
  ],
  Japanese: [
    ['配信停止', '-'],
    ['配信停止をお願いします', '-'],
    ['配信停止 お知らせ', '- announcements'],
    ['お知らせの配信停止', '- announcements'],
    ['お知らせの配信を停止してください', '- announcements'],
    ['配信停止 リリース', '- releases'],
    ['リリース通知の配信停止を希望します', '- releases'],
    ['購読解除', '-'],
    ['購読解除をお願いいたします', '-'],
    ['購読を解除してください', '-'],
    ['メルマガの配信停止', '- announcements'],
    ['メルマガ解除', '- announcements'],
    ['ニュースレターの配信停止をお願いします', '- announcements'],
    ['すべて配信停止', `- ${all}`],
    ['全ての配信を停止してください', `- ${all}`],
    ['配信不要', '-'],
    ['メディアの配信停止', '- media'],
    ['サポート終了のお知らせの配信停止', '- end-of-support'],
    ['配信停止：サポート終了', '- end-of-support'],
    ['お知らせとリリースの配信停止', '- announcements releases'],
    ['メール配信停止', '-'],
  ],
};

describe('UNSUBSCRIBE', () => {
  for (const [language, lines] of Object.entries(ends))
    it.each(lines)(`is said in ${language}: %s`, (line, wish) => expect(said(line)).toBe(wish));
  it.each([
    'UNSUBSCRIBE dialog hangs',
    'The unsubscribe button does not work',
    'Do not unsubscribe me',
    'Please do not unsubscribe me from releases',
    'Unsubscribe from the topic fails with error 12',
    'No more downloads possible',
    'No more downloads',
    'Downloads stop',
    'Stop releases',
    'I want to cancel my contract',
    'Cancel my subscription',
    'Releases',
    'Announcements',
    'Keine Downloads',
    'Keine Neuigkeiten?',
    'Abmelden geht nicht',
    'Nach dem Abmelden hängt der Server',
    'Benutzer abmelden',
    'Bitte nicht abmelden',
    'Ne pas me désabonner',
    'Impossible de se désabonner du flux',
    'Plus de réponse du serveur',
    'Le serveur est en baja',
    'Dar de baja a ada@firm.example',
    'No más respuestas del servidor',
    'サーバー停止',
    '停止',
    '配信停止ボタンが動きません',
    'ロックの解除',
    'サービスを停止してください',
    'REMOVE max@aldous.example',
    'Case 100042: unsubscribe fails',
  ])('is text: %s', (line) => expect(said(line)).toBeNull());
  it('leaves a case as before where it says so', () => {
    expect(readCommand({ subject: '', newText: 'UNSUBSCRIBE CASE', pins: [] })).toMatchObject({
      name: 'LEAVE',
    });
  });
});

describe('SUBSCRIBE', () => {
  it.each([
    ['SUBSCRIBE releases', '+ releases'],
    ['Please subscribe me to announcements again', '+ announcements'],
    ['sign me up for the newsletter', '+ announcements'],
    ['resubscribe', '+'],
    ['ABONNIEREN Releases', '+ releases'],
    ['Newsletter wieder abonnieren', '+ announcements'],
    ['Ich möchte die Ankündigungen wieder abonnieren', '+ announcements'],
    ['ABONNER versions', '+ releases'],
    ['Je souhaite m’abonner aux annonces', '+ announcements'],
    ['Réabonnez-moi aux annonces', '+ announcements'],
    ['SUSCRIBIR versiones', '+ releases'],
    ['Quiero suscribirme a los anuncios', '+ announcements'],
    ['Alta en el boletín', '+ announcements'],
    ['配信再開 リリース', '+ releases'],
    ['お知らせの配信再開をお願いします', '+ announcements'],
    ['リリース情報の購読を希望します', '+ releases'],
  ])('is said: %s', (line, wish) => expect(said(line)).toBe(wish));
  it.each([
    'Subscription to the topic fails',
    'I want a new release',
    'Anmelden',
    'Anmeldung geht nicht',
    'send me news',
  ])('is text: %s', (line) => expect(said(line)).toBeNull());
});

describe('an answer to the question which letters are meant', () => {
  it.each([
    ['releases', false, '- releases'],
    ['The newsletter, please', false, '- announcements'],
    ['Versionen', false, '- releases'],
    ['annonces', true, '+ announcements'],
    ['todo', false, `- ${all}`],
    ['リリース', true, '+ releases'],
    ['subscribe releases', false, '+ releases'],
  ])('names them alone: %s', (line, wanted, wish) => {
    const read = readKinds(line, wanted);
    expect(read && [read.wanted ? '+' : '-', ...read.kinds, ...read.fixed].join(' ')).toBe(wish);
  });
  it.each(['I do not know', 'What do you mean?', 'the server is down'])('is none: %s', (line) =>
    expect(readKinds(line, false)).toBeNull(),
  );
});

describe('a mail', () => {
  const mail = (subject: string, newText: string, pins: string[] = []) => readCommand({ subject, newText, pins });
  it('asks in its subject, as mail programs write it for a reader (RFC 2369)', () => {
    expect(mail('UNSUBSCRIBE releases', '')).toMatchObject({ name: 'UNSUBSCRIBE', argument: 'releases' });
    expect(mail('unsubscribe', 'This message was automatically generated by Gmail.')).toMatchObject({
      name: 'UNSUBSCRIBE',
    });
  });
  it('is text where the word stands above more than a greeting, or beside a PIN', () => {
    const report =
      'since this morning nobody can sign out of the vault, it says session not found and stays there for ever';
    expect(mail('Abmeldung', report)).toBeNull();
    expect(mail('PIN 345 Unsubscribe', 'it hangs', ['345'])).toBeNull();
    expect(mail('Re: hello', `Unsubscribe\n\n${report}`)).toBeNull();
    expect(mail('Re: hello', 'Unsubscribe\n\nThanks, Ada')).toMatchObject({ name: 'UNSUBSCRIBE', argument: '' });
  });
});
