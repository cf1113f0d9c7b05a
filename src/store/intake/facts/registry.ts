/** Contacts with the sender's address, and the sites that the mail leads to with PINs, plans and licences. */
import { sql } from 'kysely';
import { contactId, siteId, siteNumber } from '../../../foundation/ids.ts';
import type { Facts } from '../../../intake/facts.ts';
import type { Pin } from '../../../registry/pin.ts';
import type { Contact, ProductVersion, SiteFacts } from '../../../registry/site.ts';
import { siteFields } from '../../registry/registry.ts';

export type RegistryRow = {
  contacts: Contact[] | null;
  pins: Pin[] | null;
  licences: { number: string; site: string }[] | null;
  sites: SiteFacts[] | null;
  /** Of the first question only: they are the same for all. */
  products: string[] | null;
  versions: ProductVersion[] | null;
};

/** A contact `c`. */
export const contactJson = sql`json_strip_nulls(json_build_object(
  'id', c.id::text,
  'siteId', c.site_id::text,
  'name', c.name,
  'phone', c.phone,
  'role', c.role,
  'types', c.types,
  'privileges', c.privileges,
  'email', (select address from contact_addresses a where a.contact_id = c.id and a.main),
  'aliases', array(select address from contact_addresses a where a.contact_id = c.id and not a.main)))`;

/** Of a site `s`. */
export const planLines = sql`
  select coalesce(json_agg(json_build_object(
    'kind', p.kind,
    'from', p.valid_from,
    'to', p.valid_to) order by p.position), '[]')
  from plans p
  where p.site_id = s.id`;

/** Of a site `s`. Every mail asks for them without service tags. */
const licencesWith = (tag: ReturnType<typeof sql>) => sql`
  select coalesce(json_agg(json_build_object(
    'number', l.number,${tag}
    'product', pr.name,
    'kind', l.kind,
    'quantity', l.quantity,
    'from', l.valid_from,
    'to', l.valid_to,
    'registeredOn', l.registered_on) order by l.position), '[]')
  from licences l
  join products pr on pr.id = l.product_id
  where l.site_id = s.id`;
export const licenceLines = licencesWith(sql``);
export const taggedLicenceLines = licencesWith(sql`
    'serviceTag', l.service_tag,`);

/** A site `s`, as `Site`. */
export const siteAloneJson = sql`json_strip_nulls(json_build_object(
    'id', s.id::text,
    ${siteFields}))`;

/** A site `s`, as `SiteFacts`. */
export const siteJson = sql`json_build_object(
  'site', ${siteAloneJson},
  'plans', (${planLines}),
  'licences', (${licenceLines}))`;

export const registry = sql`
  (select json_agg(${contactJson} order by c.id) from found_contacts c) as contacts,
  (
    select json_agg(json_build_object(
      'pin', p.pin,
      'siteId', p.site_id::text,
      'issuedAt', p.issued_at,
      'replacedAt', p.replaced_at) order by p.id)
    from found_pins p
  ) as pins,
  (
    select json_agg(json_build_object('number', l.number, 'site', l.site_id::text)) from found_licences l
  ) as licences,
  (select json_agg(${siteJson}) from sites s where s.id in (select site_id from site_ids)) as sites,
  case when q.i = 0 then (select json_agg(name order by name) from products) end as products,
  case when q.i = 0 then (
    select json_agg(json_build_object(
      'product', p.name,
      'version', v.version,
      'stage', v.stage,
      'preview', v.preview))
    from product_versions v
    join products p on p.id = v.product_id
  ) end as versions`;

type Registry = Pick<Facts, 'contacts' | 'pins' | 'licences' | 'sites' | 'products' | 'versions'>;

/** With the numbers as what they are. */
export const siteFacts = (s: SiteFacts): SiteFacts => ({
  ...s,
  site: { ...s.site, number: siteNumber(s.site.number) },
});

export const registryFacts = (row: RegistryRow, first: RegistryRow): Registry => ({
  contacts: (row.contacts ?? []).map((c) => ({ ...c, id: contactId(c.id), siteId: siteId(c.siteId) })),
  pins: row.pins ?? [],
  licences: (row.licences ?? []).map((l) => ({ number: l.number, site: siteId(l.site) })),
  sites: Object.fromEntries((row.sites ?? []).map((s) => [s.site.id, siteFacts(s)])),
  products: first.products ?? [],
  versions: first.versions ?? [],
});
