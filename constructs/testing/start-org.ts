import type { TestOrg } from '../../lib/testing/test-org';
import { todayInUtc } from '../today';
import { LOAD } from './load';
import { orgAsked, type TestSubject } from './subject';

/**
 * Starts an emulated org on 127.0.0.1, at a free port and in memory, and applies the program to it: for a client of your own
 * to log in to. It has, beside what is declared, the users, permission sets and Apex classes that the apps name. Close it,
 * or declare it with `await using`.
 * @param subject An org, its manifest, a client app of it, or a program that declares one org.
 * @throws ClientAppsError with every problem of the program, where it declares several orgs, and where the org refuses it.
 */
export async function startOrg(subject: TestSubject): Promise<TestOrg> {
  const { manifest, today } = orgAsked(subject, todayInUtc);
  return LOAD.startTestOrg()(manifest, today);
}
