/** Ids are PostgreSQL bigints carried as strings of digits; the brand keeps one kind from being handed in for another. */
declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type MailId = Id<'mail'>;
export type LetterId = Id<'letter'>;
export type ContactId = Id<'contact'>;
export type SiteId = Id<'site'>;
/** The number a customer sees, a string of digits such as `100042`. */
export type CaseNumber = Id<'case'>;
/** The seven digits of a site, such as `1000345`. */
export type SiteNumber = Id<'site-number'>;

export const mailId = (value: string): MailId => value as MailId;
export const letterId = (value: string): LetterId => value as LetterId;
export const contactId = (value: string): ContactId => value as ContactId;
export const siteId = (value: string): SiteId => value as SiteId;
export const caseNumber = (value: string): CaseNumber => value as CaseNumber;
export const siteNumber = (value: string): SiteNumber => value as SiteNumber;
