/**
 * What a submission server's refusal is about. The basic code, the enhanced status code (RFC 3463) and the command that it answers come
 * first; words are looked at only where those leave it open, since servers say the same thing in many ways.
 */

type ServerReply = {
  /** The command that was answered, as nodemailer names it: `CONN`, `EHLO`, `AUTH …`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command: string;
  readonly code: number;
  /** The whole reply. */
  readonly response: string;
};

export type RefusalKind =
  /** Envelope sender or From: it lets this account send as somebody else only. `certain` where nothing else can be meant. */
  | 'sender'
  | 'maybe-sender'
  /** Enough letters for this session; a new session goes on. */
  | 'session-limit'
  /** More connections at once than it allows. */
  | 'connections'
  /** Too many letters for this minute. */
  | 'rate'
  /** Too many letters for today. */
  | 'quota'
  | 'other';

/** `5.7.60` of `550 5.7.60 SMTP; …`, empty where there is none. */
export const enhancedCode = (response: string): string =>
  /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';

const authentication = new Set([530, 534, 535, 538]);
const certainSender = new Set(['5.7.60', '5.2.252']);
const senderCodes = new Set(['5.1.7', '5.1.8', '5.7.27', '5.7.26']);
const certainWords =
  /send ?as ?denied|permissions? to send as|not allowed to send as|identit(?:y|ies) failed the check|sender address rejected: not owned|not owned by user|from address (?:is )?not (?:verified|allowed|owned)/i;
const senderWords =
  /send ?as\b|send on behalf|\bsender\b|\bfrom[- ](?:address|header|domain|field)|\bmail from\b|return[- ]path|envelope[- ]from|\bnull (?:sender|return)|identit(?:y|ies)|absender|exp[ée]diteur|remitente|remetente|mittente|afzender|送信者|差出人|发件人/i;
/** What is said of a sender here is said by the recipient's server, or of the recipient. */
const recipientWords = /recipient address rejected|rcpt to.*rejected|undeliverable address/i;
const connectionWords =
  /(?:too many|concurrent|simultaneous|parallel|maximum(?: number of)?)(?: [\w-]+){0,2} (?:connection|session|thread)|(?:connection|session|thread)s?.{0,20}(?:limit|exceeded|too many)|zu viele.{0,20}verbindung|trop de (?:connexions|sessions)|demasiadas (?:conexiones|sesiones)|同時接続/i;
const sessionWords =
  /(?:too many|maximum|limit|enough|exceed).{0,40}(?:messages?|mails?|e-?mails?|transactions?|recipients?|commands?).{0,40}(?:session|connection)|(?:this|in one|in a) (?:session|connection)/i;
const rateWords =
  /throttl|rate[- ]?limit|\brate\b.{0,20}(?:exceed|limit)|too (?:many|much) (?:e-?mails?|messages?|mail)\b|too (?:fast|quickly)|slow down|sending (?:rate|limit)|submission ?quota|send(?:ing)? quota|zu viele.{0,20}(?:e-?mails?|nachrichten)|trop de (?:messages|mails|courriels)|demasiados (?:mensajes|correos)|送信(?:数|制限)/i;
const dayWords = /daily|per day|a day|24[- ]?hours?|\bquota\b|täglich|par jour|por día|diario|日次|1日/i;

function limitOf({ code, response, command }: ServerReply, enhanced: string): RefusalKind | null {
  // The state of a mailbox (x.2.x) is the recipient's, whatever is said of its rate or quota.
  // Exchange says so of the account's own, which keeps what it sends.
  if (/STOREDRV\.Submission\.Exception:\S*Quota/i.test(response)) return 'quota';
  if (/^[45]\.2\./.test(enhanced) && !/submission/i.test(response)) return null;
  if (code >= 500 && !rateWords.test(response)) return enhanced === '5.4.5' ? 'quota' : null;
  if (code < 500 && (enhanced === '4.5.3' || sessionWords.test(response))) return 'session-limit';
  if (code < 500 && connectionWords.test(response)) return 'connections';
  if (rateWords.test(response)) return dayWords.test(response) ? 'quota' : 'rate';
  if (enhanced === '5.4.5' || enhanced === '4.4.5') return 'quota';
  // A 452 for the recipient is that one's full mailbox; before the recipient it can only be the session.
  if (code === 452 && command === 'MAIL FROM' && enhanced !== '4.3.1') return 'session-limit';
  return null;
}

export function refusalOf(reply: ServerReply): RefusalKind {
  const { code, command, response } = reply;
  const enhanced = enhancedCode(response);
  if (authentication.has(code) || command.startsWith('AUTH')) {
    return connectionWords.test(response) ? 'connections' : rateWords.test(response) ? 'rate' : 'other';
  }
  const limit = limitOf(reply, enhanced);
  if (limit !== null) return limit;
  if (code < 500) return 'other';
  if (certainSender.has(enhanced) || certainWords.test(response)) return 'sender';
  // Nothing but the sender is in question there, whatever language the server speaks; 552 and 5.3.4 are the letter's size (RFC 1870).
  if (command === 'MAIL FROM') return code === 552 || enhanced === '5.3.4' ? 'other' : 'sender';
  if (command !== 'RCPT TO' && command !== 'DATA') return 'other';
  if (senderCodes.has(enhanced)) return 'maybe-sender';
  return senderWords.test(response) && !recipientWords.test(response) ? 'maybe-sender' : 'other';
}
