import type { UserFixture } from '../../src';

/** A policy with these statements. */
export const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

/** The fixture of a user or a role whose only policy allows these actions on everything. */
export const allowing = (...Action: readonly string[]): UserFixture => ({
  policy: policyOf({ Effect: 'Allow', Action, Resource: '*' }),
});
