import { type ClientAppMatchers, clientAppMatchers } from 'cdktf-salesforce-client-apps/testing';

declare global {
  namespace jest {
    interface Matchers<R> extends ClientAppMatchers<R> {}
  }
}

expect.extend(clientAppMatchers);
