import { error, note, NOTHING_TO_DO, warning } from './entry';

const LEFT_TO_TERRAFORM =
  '{app} is left to Terraform, for whose provider the program is written; no client-apps apply kept a receipt here: {found}';
const ANOTHER_APP =
  'where terraform plan calls it another app: terraform state rm {address}, then terraform import {address} {app}';

/** What keeps a refreshed sandbox from being repaired, and what a person has to do afterward. */
export const HEAL = {
  'heal-not-a-sandbox': error(
    'this org is not a sandbox ({found}), and heal writes to sandboxes only',
    'log in to the sandbox; for any other org there are client-apps plan and client-apps apply',
  ),
  'heal-org-id-pinned': error(
    'the code expects the org {expected}, and this sandbox is {found}; every refresh gives a sandbox another id',
    "if it is the refreshed one, state orgId: '{found}' on the SalesforceOrg, or leave orgId out; else log in to the right org",
  ),
  'heal-journal-set-aside': note(
    'the journal of an unfinished apply to the former org {former} was moved to {file}: that org is gone',
    'delete the file once no one needs it',
  ),
  'heal-journal-of-former-org': note(
    'there is the journal of an unfinished apply to the former org {former}, which is gone; heal moves it aside',
    NOTHING_TO_DO,
  ),
  'heal-user-mapped': warning(
    'the code names {from}, whom this org does not have; {to} is the copy that the refresh made of that user, and the app acts as {to}',
    'state {to} for the org {org} with Username.perOrg',
  ),
  'heal-callback-of-another-org': warning(
    'the callback URL {url} is at the My Domain of another org',
    'state the one of this org, {host}, with PerOrg.of; or leave the URL out here',
  ),
  'heal-by-terraform': warning(
    LEFT_TO_TERRAFORM,
    `terraform plan shows the repair, terraform apply makes it; ${ANOTHER_APP}`,
  ),
  'heal-by-terraform/missing': warning(
    LEFT_TO_TERRAFORM,
    'terraform apply creates it again, with a new consumer key; where client-apps apply does it instead, pass --applied-by cli',
  ),
  'heal-by-terraform/copied': warning(
    LEFT_TO_TERRAFORM,
    `name the owner of its line in take_over_from of the provider block, then terraform apply; ${ANOTHER_APP}`,
  ),
} as const;
