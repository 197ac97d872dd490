import { expect, it } from '@jest/globals';
import { readTrustPolicy } from '../../../src/model/access/trust-policy';
import { refusalThrownBy } from '../../support/thrown';

// F714
it('a trust policy that is too long is refused with the longest that IAM takes', () => {
  const Principal = { AWS: Array.from({ length: 400 }, () => '123456789012') };
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  const refused = refusalThrownBy(() => readTrustPolicy(text, { partition: 'aws', accounts: [] }));
  expect(refused).toMatchObject({ refusal: 'PolicyTooLong', details: { limit: 4096 } });
});
