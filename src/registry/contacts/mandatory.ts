/** What has to be on record of a contact beside name and address (POLICY §1). */
export const mandatoryFields = ['phone', 'street', 'city', 'state', 'postalCode'] as const;
export type MandatoryField = (typeof mandatoryFields)[number];
