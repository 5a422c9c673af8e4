import { type Found, HEADER } from './found';

/** What the header says, for people and about who answers for the app. */
export function headerOptions(found: Found) {
  const header = found.components.find(({ type }) => type === HEADER);
  const apiName = header?.fullName ?? '';
  if (!header) found.refuse(HEADER, 'fullName', 'there is no header, so the app has no name');
  const contactEmail = found.text(HEADER, 'contactEmail');
  if (contactEmail === undefined) found.refuse(HEADER, 'contactEmail', 'the app names nobody who answers for it');
  return {
    apiName,
    label: found.text(HEADER, 'label') ?? apiName,
    contactEmail: contactEmail ?? '',
  };
}
