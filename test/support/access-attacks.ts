/**
 * Attacks on decisions about access by mail (POLICY §8.7), as data. In all that is not said otherwise each is the good answer of Ada, who decides,
 * to the letter that asks her about Nora.
 */
import { type Sent, verified, type Written } from './access-desk.ts';

export type Scene = {
  /** Nora waits: to Ada, to Tom, who decides as well, and to Sam, who is told only. */
  readonly nora: { readonly ada: Sent; readonly tom: Sent; readonly sam: Sent };
  /** Ole waits, too. */
  readonly ole: { readonly ada: Sent };
  /** Max Roth waits at the site of Uta. */
  readonly roth: { readonly uta: Sent };
  /** Pia was denied by Ada: the letter that asked, the answer, and what Ada was told then. */
  readonly pia: {
    readonly ada: Sent;
    readonly answer: Written & { readonly id: string; readonly raw: string };
    readonly settled: Sent;
  };
  /** Ida was granted by Ada, who took it back. */
  readonly ida: { readonly ada: Sent };
  /** To somebody who decided, and is gone; and who is still there and decides no more. */
  readonly gone: Sent;
  readonly fallen: Sent;
  /** What asked Old longer ago than a token is good for. */
  readonly old: Sent;
  /** The letter by which Nora has shown that the address is hers. */
  readonly verify: Sent;
  /** As it stands in the database. */
  readonly atRest: string;
  /** The code on the letter to Ada, and the token of its page. */
  readonly page: { readonly token: string; readonly code: string };
};

export type Attack = {
  /** What becomes of the mail. */
  readonly outcome: string;
  readonly mail: (
    scene: Scene,
  ) => Partial<Written> & { readonly envelope?: string /** As it goes, byte by byte. */; readonly raw?: string };
};

export const ada = 'Ada Byron <ada@aldous.example>';
const tom = 'Tom Hale <tom@aldous.example>';
const eve = 'Eve Adams <eve@evil.example>';
const grant = 'GRANT\njustification: joins us';
export const good = ({ nora }: Scene): Written => ({
  ...{ from: ada, subject: `Re: ${nora.ada.subject}`, body: grant, answers: nora.ada },
});

const results = (line: string) => [`Authentication-Results: mx.desk.example; ${line}`];
const as =
  (outcome: string) =>
  (mail: Attack['mail']): Attack => ({ outcome, mail });
/** Not done but asked back: the code goes to the address on record. */
const askedBack = as('confirmation-asked');
const settled = as('answer-settled');
const unclear = as('answer-not-understood');
const unauthenticated = as('held-unauthenticated');
const automatic = as('machine-recorded');
const unknown = as('held-unknown');
const noPin = as('held-pin-needed');
const saying =
  (body: string): Attack['mail'] =>
  () => ({ body });
/** Somebody else, whose own mail is genuine. */
const from =
  (who: string, more: Partial<Written> = {}): Attack['mail'] =>
  () => ({ from: who, ...more });
const letterAgain = ({ nora }: Scene): string =>
  nora.ada.text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
const forwarded = (scene: Scene, words: string): string =>
  `${words}\n\n---------- Forwarded message ---------\nFrom: Support <support@desk.example>\nTo: Ada Byron <ada@aldous.example>\nSubject: ${scene.nora.ada.subject}\n\n${scene.nora.ada.text}`;

export const attacks: Readonly<Record<string, Attack>> = {
  // Whose it is.
  'a forged sender, nothing checked': askedBack(() => ({ headers: [] })),
  'a forged sender, DMARC failed and the domain asks for nothing': askedBack(() => ({
    headers: results('dmarc=fail (p=none) header.from=aldous.example'),
  })),
  'a forged sender, DMARC failed and the domain rejects': unauthenticated(() => ({
    headers: results('dmarc=fail (p=reject) header.from=aldous.example'),
  })),
  'a forged sender, DMARC failed and the domain quarantines': unauthenticated(() => ({
    headers: results('dmarc=fail (p=quarantine) header.from=aldous.example'),
  })),
  'SPF alone': askedBack(() => ({ headers: results('spf=pass smtp.mailfrom=aldous.example') })),
  'a signature of another domain': askedBack(() => ({ headers: results('dkim=pass header.d=evil.example') })),
  'a verdict by another server': askedBack(() => ({
    headers: ['Authentication-Results: mx.evil.example; dmarc=pass header.from=aldous.example'],
  })),
  'a verdict below that of our server': askedBack(() => ({
    headers: [...results('dmarc=none header.from=aldous.example'), verified(ada)],
  })),
  'a verdict about another domain': askedBack(() => ({ headers: [verified(eve)] })),
  'ARC alone': askedBack(() => ({
    headers: ['ARC-Authentication-Results: i=1; mx.desk.example; dmarc=pass header.from=aldous.example'],
  })),
  'a verdict within a comment': askedBack(() => ({
    headers: results('spf=none (dmarc=pass header.from=aldous.example)'),
  })),
  'two From lines': unauthenticated(() => ({ headers: [verified(ada), `From: ${eve}`] })),
  'two addresses in From': unauthenticated(() => ({ from: `${ada}, ${eve}`, headers: [verified(ada)] })),
  'a From that is no plain address': unauthenticated(() => ({
    from: 'ada@aldous.example (Ada) <x>',
    headers: [verified(ada)],
    envelope: 'ada@aldous.example',
  })),
  'no From': unauthenticated(() => ({ from: '', headers: [verified(ada)], envelope: 'ada@aldous.example' })),
  'the display name of the decider at an address of theirs': unknown(from('Ada Byron <ada.byron@gmail.example>')),
  'the address of the decider as a display name': unknown(from('"ada@aldous.example" <eve@evil.example>')),
  'an encoded display name that shows the decider': unknown(
    from(`=?UTF-8?B?${Buffer.from(ada).toString('base64')}?= <eve@evil.example>`),
  ),
  'an encoded address of the decider': unauthenticated(() => ({
    from: '=?UTF-8?Q?ada=40aldous.example?=',
    headers: [verified(ada)],
    envelope: 'ada@aldous.example',
  })),
  'a Cyrillic letter in the domain': unknown(() => ({
    from: 'Ada Byron <ada@аldous.example>',
    headers: results('dmarc=pass header.from=xn--ldous-4ve.example'),
    envelope: 'x@evil.example',
  })),
  'the same in Punycode': unknown(from('Ada Byron <ada@xn--ldous-4ve.example>')),
  'a Cyrillic letter in the name': unknown(() => ({
    from: 'Ada Byron <аda@aldous.example>',
    headers: [verified(ada)],
    envelope: 'x@evil.example',
  })),
  'full-width letters in the name': unknown(() => ({
    from: 'Ada Byron <ａｄａ@aldous.example>',
    headers: [verified(ada)],
    envelope: 'x@evil.example',
  })),
  'a plus address of the decider': unknown(from('Ada Byron <ada+evil@aldous.example>')),
  'a dot in the name of the decider': unknown(from('Ada Byron <a.da@aldous.example>')),
  'a domain below': unknown(from('Ada Byron <ada@mail.aldous.example>')),
  'a domain that begins alike': unknown(from('Ada Byron <ada@aldous.example.evil.example>')),
  'the decider in Sender': unknown(() => ({ from: eve, headers: [verified(eve), 'Sender: ada@aldous.example'] })),
  'the decider in Reply-To': unknown(() => ({ from: eve, headers: [verified(eve), 'Reply-To: ada@aldous.example'] })),
  'the decider in Resent-From': unknown(() => ({
    from: eve,
    headers: [verified(eve), 'Resent-From: ada@aldous.example'],
  })),
  'the decider in the envelope alone': unknown(() => ({ from: eve, envelope: 'ada@aldous.example' })),
  // Whose token it is.
  'a stranger with a forwarded request': unknown(from(eve)),
  'the asker with the token': noPin(from('Nora Eck <nora@elsewhere.example>')),
  'a colleague who does not decide, with a forwarded request': noPin(from('Max Ernst <max@aldous.example>')),
  'a colleague who decides, with the token of another': noPin(from(tom)),
  'a technical contact who is told and does not decide': settled(({ nora }) => ({
    from: 'Sam Reed <sam@aldous.example>',
    answers: nora.sam,
  })),
  'the decider of another site': noPin(from('Uta Brandt <uta@brandt.example>')),
  'a decider with the token of another site': noPin(({ roth }) => ({ answers: roth.uta })),
  'somebody who decided, and was removed': unknown(({ gone }) => ({
    from: 'Gus Gone <gone@aldous.example>',
    answers: gone,
  })),
  'somebody who decides no more': settled(({ fallen }) => ({
    from: 'Fay Low <fallen@aldous.example>',
    answers: fallen,
  })),
  'no token': noPin(() => ({ answers: undefined }) as unknown as Partial<Written>),
  'a token that was changed by a digit': noPin(({ nora: { ada: sent } }) => ({
    answers: { ...sent, messageId: sent.messageId.replace(/.(?=@)/, (c) => (c === '0' ? '1' : '0')) },
  })),
  'the number of one letter with the token of another': noPin(({ nora, ole }) => {
    const [, number] = /<pst\.([0-9a-z]+)\./.exec(nora.ada.messageId) ?? [];
    return { answers: { ...nora.ada, messageId: ole.ada.messageId.replace(/<pst\.[0-9a-z]+\./, `<pst.${number}.`) } };
  }),
  'a token that is cut': noPin(({ nora: { ada: sent } }) => ({
    answers: { ...sent, messageId: sent.messageId.replace(/[0-9a-f]{8}(?=@)/, '') },
  })),
  'the token as it stands in the database': noPin(({ nora, atRest }) => ({
    answers: { ...nora.ada, messageId: atRest },
  })),
  'the token of the page as that of the letter': noPin(({ nora, page }) => ({
    answers: { ...nora.ada, messageId: `<pst.${page.token}@desk.example>` },
  })),
  'the token in the text alone': noPin(({ nora }) => ({
    ...({ answers: undefined } as unknown as Partial<Written>),
    body: `${grant}\n\n${nora.ada.messageId}`,
  })),
  'the token of the letter that asked the asker': noPin(({ verify }) => ({ answers: verify })),
  'a token that is older than 40 days': settled(({ old }) => ({ answers: old, subject: `Re: ${old.subject}` })),
  'the token of a decision that was taken back': askedBack(({ ida }) => ({ answers: ida.ada })),
  // The same again.
  'another decision once it was denied': askedBack(({ pia }) => ({
    answers: pia.ada,
    subject: `Re: ${pia.ada.subject}`,
  })),
  'another decision by the letter that confirmed the first': settled(({ pia }) => ({
    answers: pia.settled,
    subject: `Re: ${pia.settled.subject}`,
  })),
  // The same bytes are the same mail: what stands of it is the first.
  'the same bytes again': settled(({ pia }) => pia.answer),
  'the same mail by another way': as('duplicate')(({ pia }) => ({
    id: pia.answer.id,
    raw: `Received: from elsewhere.example by mx.desk.example; Sat, 28 Nov 2026 10:00:00 +0000\r\n${pia.answer.raw}`,
  })),
  'another text with the same Message-ID': askedBack(({ pia }) => ({
    ...pia.answer,
    raw: undefined as never,
    body: 'GRANT',
  })),
  'a decision taken back by a colleague': noPin(({ pia }) => ({ from: tom, answers: pia.settled, body: 'UNDO' })),
  'a decision taken back by a stranger': unknown(({ pia }) => ({ from: eve, answers: pia.settled, body: 'UNDO' })),
  // On the way.
  'an out-of-office that quotes GRANT': automatic((scene) => ({
    headers: [verified(ada), 'Auto-Submitted: auto-replied'],
    body: `I am away until Monday.\n\n${letterAgain(scene)}`,
  })),
  'an out-of-office that says GRANT': automatic(() => ({ headers: [verified(ada), 'Auto-Submitted: auto-replied'] })),
  'an out-of-office by its subject': automatic(({ nora }) => ({ subject: `Out of office: ${nora.ada.subject}` })),
  'an out-of-office by its words': unclear((scene) => ({
    body: `I am out of the office until 7 December and have no access to my mail. In urgent cases call my colleague.\n\n${letterAgain(scene)}`,
  })),
  'an automatic reply with a null return path': unclear(() => ({
    envelope: '',
    body: 'Thank you for your message.',
  })),
  'a delivery report': as('bounce-recorded')(() => ({
    from: 'MAILER-DAEMON <mailer-daemon@aldous.example>',
    subject: 'Undelivered Mail Returned to Sender',
    envelope: '',
  })),
  'our own letter that comes back': automatic(() => ({ headers: [verified(ada), 'X-Postern-Loop: 00'] })),
  // What it says.
  'a quoted GRANT': unclear((scene) => ({ body: letterAgain(scene) })),
  'a quoted GRANT of somebody else': unclear(saying('On Monday Tom Hale wrote:\n> GRANT\n> role: secondary')),
  'GRANT in a signature': unclear(saying('-- \nAda Byron\nGRANT')),
  'GRANT in the subject alone': unclear(() => ({ subject: 'GRANT', body: '' })),
  'a forwarded request': unclear((scene) => ({
    subject: `Fwd: ${scene.nora.ada.subject}`,
    body: forwarded(scene, 'FYI'),
  })),
  'a forwarded GRANT of a colleague': unclear(() => ({
    subject: 'Fwd: access',
    body: 'What do you think?\n\n---------- Forwarded message ---------\nFrom: Tom Hale <tom@aldous.example>\nSubject: Re: access\n\nGRANT\nrole: secondary',
  })),
  'a GRANT with the address of somebody else': unclear(saying('GRANT\naddress: eve@evil.example')),
  'a GRANT to the address of somebody else': unclear(saying('GRANT eve@evil.example')),
  'a GRANT to somebody else by name': unclear(saying('Grant access to Eve Adams')),
  'a GRANT of the primary role': unclear(saying('GRANT\nrole: primary')),
  'a GRANT of a role that there is not': unclear(saying('GRANT\nrole: administrator of everything')),
  'a GRANT of a privilege that there is not': unclear(saying('GRANT\nprivilege: root update')),
  'a GRANT until a day that is past': settled(saying('GRANT\nuntil: 2020-01-01')),
  'a GRANT and a denial': unclear(saying('GRANT\nDENY 1')),
  'a GRANT on a condition': unclear(saying('Grant it if Kay Bell agrees')),
  'a GRANT that is asked about': unclear(saying('Should I grant this?')),
  'no GRANT': unclear(saying('Please do not grant this yet.')),
  'a role of more than the own of the decider': settled(({ nora }) => ({
    from: tom,
    answers: nora.tom,
    body: 'GRANT\nrole: secondary\njustification: joins us',
  })),
  'privileges of more than the own of the decider': settled(({ nora }) => ({
    from: tom,
    answers: nora.tom,
    body: 'GRANT\nprivilege: documents update\njustification: joins us',
  })),
  // Codes.
  'the code of the page by mail, of a forged sender': unclear(({ page }) => ({
    headers: [],
    body: `GRANT\n\n${page.code}`,
  })),
  'a code that was made up': as('command-refused')(() => ({ body: '7KQ2-M9XW', headers: [] })),
};
