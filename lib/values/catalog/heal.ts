import { error, note, NOTHING_TO_DO, warning } from './entry';

const LEFT_TO_TERRAFORM =
  '{app} is left to Terraform, because the program is written for its provider and no client-apps apply kept a receipt here: {found}';
const ANOTHER_APP =
  'if terraform plan reports a different app: terraform state rm {address}, then terraform import {address} {app}';

/** What keeps a refreshed sandbox from being repaired, and what a person has to do afterward. */
export const HEAL = {
  'heal-not-a-sandbox': error(
    'this org is not a sandbox ({found}), but heal writes to sandboxes only',
    'log in to the sandbox; for any other org, use client-apps plan and client-apps apply',
  ),
  'heal-org-id-pinned': error(
    'the code expects the org {expected}, but this sandbox is {found}; every refresh gives a sandbox a new id',
    "if this is the refreshed sandbox, set orgId: '{found}' on the SalesforceOrg, or remove orgId; otherwise log in to the right org",
  ),
  'heal-journal-set-aside': note(
    'the journal of an unfinished apply to the former org {former} was moved to {file}, because that org no longer exists',
    'delete the file once no one needs it',
  ),
  'heal-journal-of-former-org': note(
    'there is a journal of an unfinished apply to the former org {former}, which no longer exists; heal moves it aside',
    NOTHING_TO_DO,
  ),
  'heal-user-mapped': warning(
    'the code names {from}, a user that this org does not have; the refresh copied that user as {to}, and the app acts as {to}',
    'set {to} for the org {org} with Username.perOrg',
  ),
  'heal-callback-of-another-org': warning(
    'the callback URL {url} uses the My Domain of another org',
    'set the URL for this org, {host}, with PerOrg.of; or remove the URL here',
  ),
  'heal-by-terraform': warning(
    LEFT_TO_TERRAFORM,
    `terraform plan shows the repair, terraform apply performs it; ${ANOTHER_APP}`,
  ),
  'heal-by-terraform/missing': warning(
    LEFT_TO_TERRAFORM,
    'terraform apply creates it again, with a new consumer key; if you apply it with client-apps instead, pass --applied-by cli',
  ),
  'heal-by-terraform/copied': warning(
    LEFT_TO_TERRAFORM,
    `add the owner in its ownership line to take_over_from in the provider block, then run terraform apply; ${ANOTHER_APP}`,
  ),
} as const;
