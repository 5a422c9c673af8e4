import { App, TerraformStack } from 'cdktf';

import { synthManifests } from '../../constructs/testing';
import { consentsFor, targetedOrgs } from '../../lib/cli/consents';
import type { Manifest } from '../../lib/metadata/manifest';
import { NO_CONSENTS } from '../../lib/plan/plan';
import { isClientAppsError } from '../../lib/values/diagnostic';
import { mobile, org, portal } from './support';

// prod declares Portal and Mobile, test declares Portal only.
let manifests: readonly Manifest[];
beforeAll(() => {
  const app = new App();
  const stack = new TerraformStack(app, 'identity');
  const prod = org(stack, 'prod');
  portal(prod);
  mobile(prod);
  portal(org(stack, 'test'));
  manifests = synthManifests(app);
});

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isClientAppsError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a consent', () => {
  it('by bare name goes to every org that declares the app, and to no other', () => {
    expect([...consentsFor(manifests, { adopt: ['Portal'], reEnable: ['Mobile'] })]).toEqual([
      ['prod', { ...NO_CONSENTS, adopt: ['Portal'], re_enable: ['Mobile'] }],
      ['test', { ...NO_CONSENTS, adopt: ['Portal'] }],
    ]);
  });

  it('by ORG/Name goes to that org only', () => {
    const consents = consentsFor(manifests, {
      allowRecreate: ['test/Portal'],
      allowCertificateRemoval: ['prod/Portal'],
      except: ['prod/Mobile', 'Mobile'],
    });
    expect(consents.get('test')).toEqual({ ...NO_CONSENTS, allow_recreate: ['Portal'] });
    expect(consents.get('prod')).toEqual({
      ...NO_CONSENTS,
      allow_certificate_removal: ['Portal'],
      except: ['Mobile'],
    });
  });

  it('to a deletion names what nothing declares, so it goes to every org unless one is named', () => {
    const consents = consentsFor(manifests, { allowDelete: ['Old', 'test/Older'] });
    expect(consents.get('prod')?.allow_delete).toEqual(['Old']);
    expect(consents.get('test')?.allow_delete).toEqual(['Old', 'Older']);
  });

  it('without a name goes to every org', () => {
    const all = [...consentsFor(manifests, { prune: true, resendCertificates: true }).values()];
    expect(all).toEqual(all.map(() => ({ ...NO_CONSENTS, prune: true, resend_certificates: true })));
  });

  it('for an app or org that nobody knows is refused, all of them at once', () => {
    const message = refusal(() =>
      consentsFor(manifests, { adopt: ['Portl', 'Portal'], except: ['test/Mobile'], allowDelete: ['prd/Old'] }),
    );
    expect(message).toContain('--adopt: no org in this run declares an app named Portl');
    expect(message).toContain('did you mean Portal?');
    expect(message).toContain('--except: no org in this run declares an app named Mobile');
    expect(message).toContain('--allow-delete: no org in this run is named "prd"');
  });
});

describe('--target', () => {
  it('leaves every other declared app alone, and orgs without a target out', () => {
    const consents = consentsFor(manifests, {}, ['prod/Portal']);
    expect(consents.get('prod')?.except).toEqual(['Mobile']);
    expect(targetedOrgs(manifests, ['prod/Portal']).map((manifest) => manifest.org.name)).toEqual(['prod']);
    expect(targetedOrgs(manifests, [])).toEqual(manifests);
  });

  it('of an unknown app is refused', () => {
    expect(refusal(() => consentsFor(manifests, {}, ['prod/Nobody']))).toContain('--target');
  });
});
