import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../../src';
import type { TrustPolicyLiteral } from '../../../src/preset/policy';
import { thrownBy } from '../../support/thrown';
import { trustControls } from './trust-controls';

function trustOf(principal: string, statement: object): TrustPolicyLiteral {
  const allowing = { Effect: 'Allow', Principal: { Federated: principal }, Action: 'sts:AssumeRoleWithWebIdentity' };
  return { Version: '2012-10-17', Statement: { ...allowing, ...statement } } as TrustPolicyLiteral; // its mistakes are what is tested
}

async function refusalOf(trust: TrustPolicyLiteral): Promise<string> {
  const s3 = mockS3({ account: '123456789012' });
  const thrown = thrownBy(() => s3.account.role('deployer', { trust }));
  await s3.stop();
  return thrown instanceof TypeError ? thrown.message : String(thrown);
}

// F970
describe('oidc_trust_controls_aws.json, September 2026', () => {
  const cases = trustControls.flatMap(({ principal, accepted, refused }) => [
    ...Object.entries(accepted).map(([label, statement]) => ({ label, principal, statement, text: undefined })),
    ...Object.entries(refused).flatMap(([text, statements]) =>
      Object.entries(statements).map(([label, statement]) => ({ label, principal, statement, text })),
    ),
  ]);

  it.each(cases)('$principal, $label: $text', async ({ principal, statement, text }) => {
    const refusal = await refusalOf(trustOf(principal, statement));
    if (text === undefined) expect(refusal).toBe('nothing');
    else expect(refusal).toContain(`role 'deployer': trust: ${text} (statement 1`);
  });
});
