/** Sites, contracts, PINs and contacts of the world. */
import type { Tx } from '../../../src/store/database.ts';
import { contacts, letterRows, pins, products, sites, subscriptions, toAttest, versions } from '../world.ts';
import { insert, longAgo } from './insert.ts';

export async function registryRows(tx: Tx): Promise<void> {
  const productId = (name: string) => products.indexOf(name) + 1;
  await insert(
    tx,
    'sites',
    sites.map(({ site }) => ({ state: null, ...site, known_since: longAgo })),
  );
  await insert(
    tx,
    'products',
    products.map((name) => ({ id: productId(name), name })),
  );
  await insert(
    tx,
    'product_versions',
    versions.map(({ product, ...one }, position) => ({ product_id: productId(product), ...one, position })),
  );
  await insert(
    tx,
    'licences',
    sites.flatMap(({ site, licences }) =>
      licences.map((one, position) => ({
        id: productId(one.product) * 1000 + Number(site.id) * 10 + position,
        site_id: site.id,
        number: one.number,
        product_id: productId(one.product),
        kind: one.kind,
        quantity: one.quantity,
        valid_from: one.from,
        valid_to: one.to,
        registered_on: one.registeredOn,
        position,
      })),
    ),
  );
  await insert(
    tx,
    'plans',
    sites.flatMap(({ site, plans }) =>
      plans.map((one, position) => ({
        id: Number(site.id) * 10 + position,
        site_id: site.id,
        kind: one.kind,
        valid_from: one.from,
        valid_to: one.to,
        position,
      })),
    ),
  );
  await insert(
    tx,
    'pins',
    pins.map((one, i) => ({
      id: i + 1,
      site_id: one.siteId,
      pin: one.pin,
      issued_at: one.issuedAt,
      replaced_at: one.replacedAt,
    })),
  );
  await insert(
    tx,
    'contacts',
    contacts.map((one, position) => ({
      id: one.id,
      site_id: one.siteId,
      name: one.name,
      role: one.role,
      types: one.types,
      privileges: one.privileges ?? null,
      phone: one.phone ?? null,
      position,
      to_attest: toAttest[one.id] ?? null,
      last_hard_bounce: letterRows.find((row) => row.lastHardBounce && row.to === one.email)?.lastHardBounce ?? null,
    })),
  );
  await insert(
    tx,
    'contact_addresses',
    contacts.flatMap((one) =>
      [one.email, ...one.aliases].map((address) => ({
        site_id: one.siteId,
        contact_id: one.id,
        address,
        main: address === one.email,
      })),
    ),
  );
  await insert(
    tx,
    'subscriptions',
    Object.entries(subscriptions).flatMap(([contact_id, said]) => said.map((one) => ({ contact_id, ...one }))),
  );
}
