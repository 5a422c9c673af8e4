import { entryOf, strangerReason } from '../../lib/metadata/package/layout';

describe('files of an External Client App that no option is about', () => {
  it.each([
    ['extlClntAppAttestSettings/Portal_attest.ecaAttest', 'ExtlClntAppAttestSettings'],
    ['extlClntAppAttestPolicies/Portal_attest.ecaAttestPlcy', 'ExtlClntAppAttestConfigurablePolicies'],
    ['force-app/main/default/anywhere/Portal_attest.ecaAttest-meta.xml', 'ExtlClntAppAttestSettings'],
  ])('%s is a plugin that is kept and listed', (path, type) => {
    expect(entryOf(path)).toEqual({ kind: 'plugin', type, fullName: 'Portal_attest' });
    expect(strangerReason(path)).toBeUndefined();
  });

  it('in a folder that this version does not know are reported as not evaluated', () => {
    expect(strangerReason('extlClntAppNewSettings/Portal.ecaNew')).toBe(
      'this version knows no metadata in the folder extlClntAppNewSettings, so what the file holds is not evaluated',
    );
    expect(strangerReason('externalClientApplications/Portal.externalClientApplication-meta.xml')).toBe(
      'this version knows no metadata in the folder externalClientApplications, so what the file holds is not evaluated',
    );
    expect(strangerReason('shared/Portal.externalClientApp-meta.xml')).toBe(
      'Salesforce has no metadata with the suffix externalClientApp',
    );
    expect(strangerReason('extlClntAppNewSettings/.gitkeep')).toBeUndefined();
    expect(strangerReason('classes/Portal.cls-meta.xml')).toBeUndefined();
  });
});
