/** The words of `UNSUBSCRIBE` and `SUBSCRIBE` (POLICY §7, §10.6) in the languages of the templates: folded, small, without signs. */
import type { FixedKind, OptionalKind } from '../../notices/kinds.ts';

const lines = (...given: readonly string[]): string[] => given.flatMap((line) => line.split(', '));

/** What is named of letters; `all` is every kind that can be ended. The first of each language is what letters show. */
export const kindWords: Readonly<Record<OptionalKind | FixedKind | 'all', readonly string[]>> = {
  announcements: lines(
    'announcements, announcement, news, newsletter, newsletters, news letter, mailing list, mailing lists, mailings, mailing, email list, distribution list',
    'ankundigungen, ankundigung, neuigkeiten, rundschreiben, rundmail, rundmails, verteiler, mailverteiler, e-mail-verteiler, newsletters',
    'annonces, annonce, lettre d information, lettres d information, infolettre, liste de diffusion, actualites',
    'anuncios, anuncio, novedades, boletin, boletines, noticias, lista de correo, lista de distribucion',
  ),
  releases: lines(
    'releases, release, release notes, release letters, release notices, release announcements, new releases, new versions, product updates',
    'versionen, neue versionen, neuen versionen, freigaben, versionshinweise, versionsankundigungen, release-hinweise, releasehinweise, release-ankundigungen',
    'versions, nouvelles versions, notes de version, notes de publication, annonces de version, annonces de versions',
    'versiones, nuevas versiones, notas de la version, notas de version, lanzamientos, anuncios de versiones',
  ),
  media: lines(
    'media, media shipping, media letters, downloads, download letters, media shipments',
    'medien, medienversand, datentrager',
    'supports, medias, envoi de supports, envois de supports, telechargements',
    'medios, envio de medios, envios de medios, descargas',
  ),
  'end-of-support': lines(
    'end of support, end-of-support, support end, end of life, end-of-life, eol',
    'supportende, support-ende, ende des supports, support ende',
    'fin de support, fin du support, fins de support, fin d assistance, fin de l assistance',
    'fin de soporte, fin del soporte, fin de vida',
  ),
  all: lines(
    'all, everything, all letters, all mail, all mails, all emails, all e-mails, all of them, all messages',
    'alles, allem, alle, allen, samtliche, allen mails, alle mails',
    'tout, tous, toutes, tous les courriels, toutes les lettres',
    'todo, todos, todas, todos los correos, todos los mensajes',
  ),
  answers: lines('answers, replies, cases', 'antworten, falle', 'reponses, dossiers', 'respuestas, casos'),
  security: lines(
    'security, security notices, security advisories, security letters, security alerts',
    'sicherheit, sicherheitshinweise, sicherheitsmeldungen',
    'securite, avis de securite, alertes de securite',
    'seguridad, avisos de seguridad, alertas de seguridad',
  ),
  access: lines('access, access requests', 'zugange, zugang', 'acces, demandes d acces', 'acceso, accesos'),
  contacts: lines(
    'contacts, contact list, contact lists',
    'ansprechpersonen, kontakte, kontaktliste, kontaktlisten',
    'liste de contacts, listes de contacts',
    'contactos, lista de contactos, listas de contactos',
  ),
  contracts: lines(
    'renewals, renewal letters, renewal, licences, licenses, contracts',
    'verlangerungen, lizenzen, vertrage',
    'renouvellements, contrats',
    'renovaciones, licencias, contratos',
  ),
};

/** Letters and nothing else: `no more downloads` tells of what is wrong, `no more newsletters` does not. */
export const letterWords: ReadonlySet<string> = new Set(
  lines(
    'newsletter, newsletters, news letter, mailing list, mailing lists, mailings, email list, distribution list, release notes, release letters, release notices, media letters, download letters',
    'rundschreiben, rundmail, rundmails, verteiler, mailverteiler, e-mail-verteiler, versionshinweise, versionsankundigungen, release-ankundigungen',
    'lettre d information, lettres d information, infolettre, liste de diffusion, notes de version, annonces de version, annonces de versions',
    'boletin, boletines, lista de correo, lista de distribucion, notas de version, anuncios de versiones',
  ),
);

/** Alone they are a wish; `beside` only with what can be nothing but a letter. */
type Verbs = { readonly alone: readonly string[]; readonly beside: readonly string[] };

export const endWords: Verbs = {
  alone: lines(
    'unsubscribe, unsubscribe me, un-subscribe, opt out, opt-out, optout, unsubscription',
    'abbestellen, abbestellung, abmelden, abmeldung',
    'desabonner, desabonnement, desabonnez moi, desabonnez-moi, desinscription, desinscrire, desinscrivez moi, desinscrivez-moi, desabonnez, desinscrivez',
    'baja, darse de baja, dar de baja, darme de baja, deme de baja, denme de baja, dadme de baja, dame de baja, desuscribir, desuscribirme, desuscribirse, desuscripcion',
  ),
  beside: lines(
    'stop, stop sending me, no more, take me off, remove me from, remove me off, cancel, end, i no longer want',
    'keine, kein, keinen, herausnehmen',
    'plus d, plus de, ne plus recevoir, stop, retirez moi, retirez-moi, supprimez moi, supprimez-moi, arreter, arretez, annuler abonnement, resilier abonnement, ne souhaite plus recevoir',
    'no mas, no quiero, no quiero recibir, no deseo recibir, no quiero recibir mas, cancelar suscripcion, anular suscripcion, cancelar, quiteme, quitenme',
  ),
};

export const beginWords: Verbs = {
  alone: lines(
    'subscribe, subscribe me, resubscribe, re-subscribe, opt in, opt-in',
    'abonnieren, wieder abonnieren, abonniere',
    'abonner, reabonner, abonnez moi, abonnez-moi, reabonnez moi, reabonnez-moi',
    'suscribir, suscribirme, suscribirse, suscribanme, suscribame, resuscribir',
  ),
  beside: lines(
    'sign me up, sign up, send me, add me, put me on, i want, i would like',
    'anmelden, anmeldung, bestellen, schicken sie mir, senden sie mir, nehmen sie mich auf, melden sie mich an, ich mochte',
    'inscrire, inscription, inscrivez moi, inscrivez-moi, recevoir, envoyez moi, envoyez-moi, je souhaite recevoir',
    'alta, darme de alta, dar de alta, darse de alta, quiero recibir, deseo recibir, envienme, enviame',
  ),
};

/** Beside them, and of no weight. Negations are none of them. */
export const fillers: ReadonlySet<string> = new Set(
  [
    'please kindly me us my our your the a an from of for to on off and or also any more further future i we want would like wish could can you receiving receive getting get these those this that such letters letter mail mails email emails e-mails e-mail messages notices notifications how do thanks thank subscription again now immediately support product service hello hi be',
    'bitte mich uns mir meine meinen mein unsere unser den die das der dem des von vom aus aus ab ich wir mochte mochten will wollen sie ihre ihren ihrem ihr mehr weitere weiteren und oder auch zu zum zur an fur bekommen erhalten empfangen haben mail mails e-mail e-mails nachrichten benachrichtigungen danke sofort wieder hallo guten tag abo',
    'veuillez svp merci de du des d la le les l vos votre nos notre mes mon ma me m nous se s je souhaite souhaitons voudrais voudrions veux aux au a et ou aussi pour sur en recevoir plus ne n courriel courriels mail mails e-mail e-mails messages lettres lettre par abonnement bonjour stop',
    'por favor gracias me nos mi mis su sus la las el los lo de del al a en y o e tambien mas quiero queremos quisiera deseo deseamos recibir correo correos mensajes avisos suscripcion hola como puedo',
  ].flatMap((line) => line.split(' ')),
);

/** Japanese has no spaces: what is named, what is wished, and what stands around both. The first of a kind is what letters show. */
export const japanese = {
  kinds: {
    'end-of-support': ['サポート終了のお知らせ', 'サポート終了通知', 'サポート終了'],
    releases: [
      'リリースのお知らせ',
      'リリース通知',
      'リリース情報',
      'リリースノート',
      'リリース',
      '新バージョン',
      'バージョン情報',
    ],
    media: ['メディア発送', 'メディア', 'ダウンロード'],
    security: ['セキュリティのお知らせ', 'セキュリティ情報', 'セキュリティ'],
    contacts: ['連絡先一覧', '連絡先'],
    contracts: ['更新のお知らせ', '契約更新', '契約'],
    access: ['アクセス申請', 'アクセス'],
    answers: ['回答', 'ケース'],
    announcements: ['お知らせ', 'ニュースレター', 'ニュース', 'メールマガジン', 'メルマガ'],
    all: ['すべて', '全て', '全部', '全メール'],
  } satisfies Record<OptionalKind | FixedKind | 'all', readonly string[]>,
  end: [
    '配信停止',
    '配信を停止',
    '配信解除',
    '配信不要',
    '配信を止め',
    '購読解除',
    '購読を解除',
    '購読停止',
    '購読をやめ',
    '解除',
    '停止',
    '不要',
  ],
  begin: ['配信再開', '配信を再開', '配信希望', '配信開始', '購読再開', '購読希望', '購読申込', '購読申し込み', '購読'],
  around:
    /(?:お願い(?:します|いたします|致します)|してください|して下さい|て下さい|てください|を?希望(?:します|いたします)?|したいです|したい|たいです|たい|します|です|メール|配信|登録|のお知らせ|今後|以後|もう|一切|及び|および|ならびに|[のをはがにとも、・,:\s])/gu,
} as const;
