import { DEEP } from '../deep';
import { describeTerraform } from './support';

/** Suites that need the real terraform and take long; `npm run test:deep` runs them. */
export const describeTerraformDeep: jest.Describe = DEEP ? describeTerraform : describe.skip;
