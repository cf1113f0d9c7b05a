import { describe, expect, it } from 'vitest';
import { isDeskReceipt, soundsAutomatic } from '../../../../src/mail/automatic/desk-receipt.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const re = 'Re: Label printer [Case 100042]';
type Sample = readonly [subject: string, newText: string];

/** MAIL.md §2 "Other desks' automatic acknowledgements". */
const receipts: readonly Sample[] = [
  [re, 'Your request 286614 has been received.'],
  ['Ticket Received - 286614 - [#117904] Label printer', 'Your ticket has been received.'],
  [
    '[#117904] Re: Label printer',
    'Dear customer,\n\nThank you for contacting Aldous Robotics. Your request (#117904) has been received and is being reviewed by our support staff.\n\nTo add additional comments, reply to this email.\n\nKind regards,\nAldous Support Team',
  ],
  [
    'Request received: Label printer',
    'Hello Support,\n\nThis is an automatic confirmation: we have received your request. Ticket number: INC0012345. Our team will get back to you within 24 hours.\n\nPlease do not reply to this email.\n\nIT Service Desk',
  ],
  [re, 'Your request (4711) has been registered.'.replace('##- Please type your reply above -##\n', '')],
  [
    re,
    'Ticket: #286614\nStatus: open\nPriority: normal\n\nWe have received your message and will respond as soon as possible.',
  ],
  [
    re,
    'Hi,\n\nA new ticket has been created: SUP-4711. You can track the status here: https://desk.elsewhere.example/t/4711\n\nRegards\nService Desk',
  ],
  [
    'AW: Etikettendrucker [Case 100042]',
    'Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Nachricht. Ihre Anfrage wurde unter der Nummer 286614 erfasst und wird schnellstmöglich bearbeitet.\n\nBitte geben Sie diese Nummer bei Rückfragen immer an.\n\nMit freundlichen Grüßen\nIhr IT-Service Team',
  ],
  [re, 'Guten Tag,\n\nIhr Ticket [#4711] ist eingegangen. Wir melden uns bei Ihnen innerhalb von 2 Werktagen.'],
  [
    re,
    'Ihre Meldung ist bei uns eingegangen.\nTicketnummer: 20261128-77\nDies ist eine automatisch generierte E-Mail, bitte antworten Sie nicht auf diese Nachricht.',
  ],
  [
    'RE: Imprimante [Case 100042]',
    'Bonjour,\n\nVotre demande a été enregistrée sous le numéro 286614. Notre équipe vous répondra dans les meilleurs délais.\n\nCordialement,\nLe service support',
  ],
  [
    re,
    'Madame, Monsieur,\n\nNous avons bien reçu votre message et nous vous remercions de nous avoir contactés. Numéro de ticket : 4711\n\nMerci de ne pas répondre à ce message.',
  ],
  [
    re,
    'Estimado cliente:\n\nHemos recibido su solicitud con el número 286614. Nos pondremos en contacto con usted lo antes posible.\n\nAtentamente,\nEquipo de soporte',
  ],
  [
    re,
    'Hola,\n\nSu incidencia ha sido registrada. Número de referencia: INC-4711. Este es un mensaje automático, por favor no responda.',
  ],
  [
    re,
    'Prezado cliente,\n\nRecebemos a sua solicitação e o chamado 286614 foi criado. Responderemos o mais breve possível.\n\nAtenciosamente,\nEquipe de suporte',
  ],
  [
    re,
    'Gentile cliente,\n\nla sua richiesta è stata registrata con il numero 286614. Vi risponderemo al più presto.\n\nCordiali saluti\nIl team di assistenza',
  ],
  [
    re,
    'Geachte klant,\n\nUw verzoek is ontvangen en geregistreerd onder nummer 286614. Wij nemen zo spoedig mogelijk contact met u op.\n\nMet vriendelijke groet,\nServicedesk',
  ],
  [
    re,
    'Hej,\n\nVi har modtaget din henvendelse. Sagsnummer: 286614. Vi svarer hurtigst muligt.\n\nVenlig hilsen\nSupport'.replace(
      'hurtigst',
      'snarest',
    ),
  ],
  [
    re,
    'Hei,\n\nVi har mottatt din henvendelse og saken er registrert med nummer 286614.\n\nVennlig hilsen\nKundeservice',
  ],
  [
    re,
    'Hej,\n\nVi har mottagit ditt ärende. Ärendenummer: 286614. Vi återkommer så snart som möjligt.\n\nVänliga hälsningar\nSupport',
  ],
  [
    re,
    'Hei,\n\nPyyntönne on vastaanotettu numerolla 286614. Palaamme asiaan mahdollisimman pian.\n\nYstävällisin terveisin\nAsiakaspalvelu',
  ],
  [
    re,
    'Szanowni Państwo,\n\nPaństwa zgłoszenie zostało zarejestrowane pod numerem 286614. Odpowiemy możliwie najszybciej.\n\nZ poważaniem\nZespół wsparcia',
  ],
  [
    re,
    'Dobrý den,\n\nváš požadavek byl přijat pod číslem 286614. Odpovíme co nejdříve.\n\nS pozdravem\nZákaznická podpora',
  ],
  [
    re,
    'Здравствуйте!\n\nВаше обращение зарегистрировано под номером 286614. Мы ответим вам в ближайшее время.\n\nС уважением,\nСлужба поддержки',
  ],
  [re, '您好，\n\n我们已收到您的请求，工单编号为 286614。我们会尽快回复您。'],
  [
    re,
    'お問い合わせいただきありがとうございます。\n以下の内容で受付いたしました。\n受付番号：286614\n担当者より順次ご連絡いたします。\n\nこのメールは自動送信されています。',
  ],
  [re, 'お客様のお問い合わせを受け付けました。\nチケット番号: 4711\n\nサポートセンター'],
  [
    '[JIRA] (SUP-4711) Label printer',
    'We have received your request SUP-4711 and will attend to it shortly.\n\nYour Helpdesk',
  ],
  [
    'Case #00286614 created',
    'Thank you for your email. A support case has been created for you.\nCase number: 00286614\nOur support engineers will review your case and respond within 4 business hours.',
  ],
  [
    re,
    'This is to acknowledge receipt of your e-mail. Your reference number is 2026-4711. One of our representatives will contact you soon.',
  ],
  [re, 'Your email has been received and logged as ticket 55123. We aim to respond within one business day.'],
  [
    re,
    'Thank you for reaching out to us! Your ticket ID is #55123. We are currently experiencing a high volume of requests and appreciate your patience.\n\nThe Elsewhere Customer Care Team',
  ],
  [
    'Ticket Received - 286614 - [#117904] Label printer',
    'Hello,\n\nThank you for contacting us. This is an automated response confirming the receipt of your ticket. Our team will get back to you as soon as possible. When replying, please make sure that the ticket ID is kept in the subject so that we can track your replies.\n\nTicket ID: 286614\nSubject: Label printer\nDepartment: Support\nPriority: Medium\nStatus: Open\n\nKind regards,\nElsewhere',
  ],
  [
    re,
    'Vielen Dank für Ihre Anfrage. Wir haben Ihr Anliegen unter der Vorgangsnummer 4711 aufgenommen und melden uns in Kürze bei Ihnen.\n\nIhr Serviceteam',
  ],
  [
    re,
    'Ihre E-Mail ist bei uns eingegangen und wurde unter der Ticketnummer #4711 registriert. Ein Mitarbeiter wird sich umgehend um Ihr Anliegen kümmern.',
  ],
  [
    re,
    'Sehr geehrter Kunde,\nhiermit bestätigen wir den Eingang Ihrer Nachricht. Ihre Anfrage wird unter Ticket 2026112877 bearbeitet.\nBei Rückfragen geben Sie bitte stets diese Ticketnummer im Betreff an.\nFreundliche Grüße\nIhr Support',
  ],
  [
    re,
    'Nous accusons réception de votre demande. Elle porte le numéro 4711. Un technicien vous contactera prochainement.\nCeci est un message automatique, merci de ne pas y répondre.',
  ],
  [
    re,
    'Bonjour,\nVotre ticket n° 4711 a bien été créé. Nous reviendrons vers vous dans les plus brefs délais.\nL’équipe support',
  ],
  [
    re,
    'Acusamos recibo de su mensaje. Su número de caso es 4711. Un agente se comunicará con usted en breve.\nSaludos cordiales,\nSoporte técnico',
  ],
  [re, 'Su solicitud #4711 se ha registrado correctamente. Le responderemos a la mayor brevedad posible.'],
  [re, 'お問い合わせ番号【4711】で承りました。担当者からの返信をお待ちください。本メールは自動返信です。'],
  [re, 'ご連絡ありがとうございます。チケット #4711 を作成しました。2営業日以内に回答いたします。'],
  [re, 'メールを受信しました。受付番号は 4711 です。確認のうえ、改めてご連絡いたします。'],
  [re, 'O seu pedido n.º 4711 foi registado com sucesso. Entraremos em contacto brevemente.'],
  [re, 'Abbiamo ricevuto la vostra richiesta. Numero ticket: 4711. Un operatore vi contatterà al più presto.'],
  [re, 'Uw melding is geregistreerd onder nummer M2611 4711. U ontvangt zo snel mogelijk een reactie.'],
  [re, 'Tak for din henvendelse. Din sag er oprettet med sagsnummer 4711. Vi kontakter dig hurtigst muligt.'],
  [re, 'Takk for din henvendelse! Saken din er registrert med saksnummer 4711, og du vil få svar så snart som mulig.'],
  [re, 'Tack för ditt mejl. Ditt ärende har registrerats med nummer 4711. Vi återkommer inom två arbetsdagar.'],
  [re, 'Kiitos yhteydenotostanne. Palvelupyyntönne numero 4711 on kirjattu. Vastaamme mahdollisimman pian.'],
  [re, 'Dziękujemy za kontakt. Otrzymaliśmy Państwa wiadomość. Numer zgłoszenia: 4711. Odpowiemy w ciągu 24 godzin.'],
  [re, 'Děkujeme za Vaši zprávu. Vaše hlášení evidujeme pod číslem 4711. Budeme Vás kontaktovat co nejdříve.'],
  [re, 'Ваша заявка №4711 принята. Специалист свяжется с вами в ближайшее время.'],
  [re, '感谢您的来信。您的工单 #4711 已创建，我们的技术支持人员会尽快与您联系。此邮件由系统自动发送，请勿直接回复。'],
  ['Re: Label printer', 'Your message has been received by our ticket system and given number 4711.'],
];

/** In doubt a person. */
const persons: readonly Sample[] = [
  [re, 'Thanks, we received your request and will look at it tomorrow.'],
  [re, 'Thanks, we received your request 286614 and will look at it tomorrow.'],
  [re, 'We received your request 286614.'],
  [re, 'Thank you, request received. We will look at it.'],
  [re, 'Your request has been received.'],
  [re, 'Your request 286614 has been received. The printer is still jammed.'],
  [re, 'Your request 286614 has been received?'],
  [re, 'I have received your message 286614.'],
  [re, 'Our ticket is 286614, please use it. It still prints twice.'],
  [re, 'Your request 286614 has been received.\n\nBest regards\nMax'],
  [re, 'Received. Ticket 4711 on our side, Anna will answer.'],
  [re, 'Ticket 4711 has been created. Please send us the new version.'],
  [re, 'Your ticket 4711 has been closed.'],
  [re, 'Your case 100042 is not resolved.'],
  [re, 'It is 2301'],
  [re, 'Danke, Ihre Anfrage 4711 ist da. Wir sehen sie uns morgen an.'],
  [re, 'Ihre Anfrage 4711 ist eingegangen. Der Drucker druckt nicht.'],
  [re, 'Wir haben Ihre Nachricht erhalten, brauchen aber die Version 4.2.1 bis Montag.'],
  [re, 'Merci, nous avons bien reçu votre demande 4711, on regarde demain.'],
  [re, 'Votre demande 4711 a été reçue mais le problème continue.'],
  [re, 'Hemos recibido su solicitud 4711. La impresora sigue fallando.'],
  [re, 'Gracias, recibido su mensaje 4711, lo vemos mañana con Pedro.'],
  [re, 'お問い合わせ番号 4711 を受け付けました。明日確認します。'],
  [re, 'チケット番号 4711 です。プリンターがまだ動きません。'],
  [re, '已收到，编号 4711，明天看。'],
  [re, 'We have registered your request under number 4711, Anna is on it.'],
  [re, 'Ticket: 4711\n\nThe fix works in hall 3 only.'],
  [re, 'Hello,\n\nyour ticket number 286614 has been received by our purchasing, they want a quote.\n\nRegards\nAda'],
  [re, 'PIN 345'],
  [re, 'Reference 4711. Version 4.2.1, Windows 11, one machine.'],
  [re, 'Your message of 3 May has been received, thank you. When does the engineer come'],
  [re, 'Thanks for the update on request 4711. It has been received and installed, the case can be closed.'],
  [re, 'Wir haben Ihre Anfrage 4711 registriert und brauchen noch Ihre Kundennummer.'],
  [re, 'Anfrage 4711 erhalten, ich kümmere mich.'],
  [re, 'Ihre Nachricht wurde an Frau Blau weitergeleitet, Tel. 030 4711.'],
  [re, 'Demande 4711 bien reçue. Je regarde cet après-midi.'],
  [re, 'Su mensaje 4711 fue recibido pero no podemos abrir el archivo.'],
  [re, 'メール 4711 受け取りました。再起動しても直りません。'],
  [re, 'De printer is ontvangen, nummer 4711, maar doet niets.'],
  [re, 'Ваше сообщение 4711 получено, но принтер не работает.'],
  ['Ticket received - 286614', 'The new build works on two of three machines.'],
  ['Request 286614 received late', 'Your answer came after the deadline, please call us at once.'],
];

describe('MAIL.md §2 other desks’ automatic acknowledgements', () => {
  it.each(receipts)('%s | %s', (subject, newText) => {
    expect(isDeskReceipt({ subject, newText })).toBe(true);
    expect(soundsAutomatic({ subject, newText })).toBe(true);
  });
  it.each(persons)('in doubt it is a person: %s | %s', (subject, newText) => {
    expect(isDeskReceipt({ subject, newText })).toBe(false);
  });
  it('takes no long while over a hostile text', () => {
    for (const text of [
      'a'.repeat(2_000),
      'A '.repeat(1_000),
      'at A'.repeat(500),
      '件'.repeat(2_000),
      '"'.repeat(2_000),
      'a:'.repeat(1_000),
    ]) {
      const from = cpuTime();
      isDeskReceipt({ subject: `#123 ${text}`, newText: `${text.slice(0, 1_900)} 123` });
      soundsAutomatic({ subject: text, newText: text });
      expect(cpuTime() - from, text.slice(0, 8)).toBeLessThan(200);
    }
  });
});

describe('what may have been said by a program', () => {
  it.each([
    'I am out of the office until 5 December. In urgent cases please call my colleague.',
    'Ich bin bis zum 5. Dezember nicht im Büro. Meine Mails werden nicht weitergeleitet.',
    'Je suis absente du 3 au 7 mai et je vous répondrai à mon retour.',
    'Estaré de vacaciones hasta el lunes y responderé a mi regreso.',
    '休暇をいただいております。5月7日以降にご連絡いたします。',
    'We received your request and one of our agents will be in touch.',
  ])('%s', (newText) => {
    expect(soundsAutomatic({ subject: re, newText })).toBe(true);
  });
  it.each([
    'The printer prints twice since this morning.',
    'I have sent the PIN already. Did you get it? It is 2301.',
    'We received the new labels but the scanner does not read any of them, hall 3 stands still.',
    'Die PIN lautet 2301, mehr steht in dem Schreiben nicht.',
    'Notre code est le 7002, merci de regarder notre imprimante.',
    'PIN は 7001 です。プリンターが動きません。',
  ])('not: %s', (newText) => {
    expect(soundsAutomatic({ subject: re, newText })).toBe(false);
  });
});

describe('a receipt that says it is a program needs no number', () => {
  it.each([
    [
      'Auto: we got your mail',
      'This is an automated response. We have received your email and a member of our team will reply within two working days.',
    ],
    [
      'Eingangsbestätigung',
      'Dies ist eine automatisch erzeugte Nachricht. Wir haben Ihre Anfrage erhalten und melden uns schnellstmöglich.',
    ],
    ['Accusé de réception', 'Ceci est un message automatique. Nous avons bien reçu votre demande.'],
    [
      'INC0012345 opened',
      'Incident INC0012345 has been opened on your behalf.\n\nShort description: Re: Workflow stopped\nPriority: 4 - Low',
    ],
    [
      re,
      'Hi Support,\n\nThanks for reaching out to us! This is to let you know that we got your request and our team is on it.\n\nTicket ID: #4471\nStatus: Open',
    ],
  ])('%j', (subject, newText) => expect(isDeskReceipt({ subject, newText })).toBe(true));
  it.each([
    [re, 'We have received your automatic update. It crashes.'],
    [re, 'Your automatic export has been received by our server in Leeds.'],
    [re, 'Received your message, thanks.'],
    [re, 'Incident INC0012345 has been opened on your behalf. Reboot planned at noon.'],
    [re, 'Ihre automatische Mail ist eingegangen, der Drucker steht trotzdem.'],
  ])('is a person: %j', (subject, newText) => expect(isDeskReceipt({ subject, newText })).toBe(false));
});
