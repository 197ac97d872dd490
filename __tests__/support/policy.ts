import type { UserFixture } from '../../src';

export const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

export const allowing = (...Action: readonly string[]): UserFixture => ({
  policy: policyOf({ Effect: 'Allow', Action, Resource: '*' }),
});
