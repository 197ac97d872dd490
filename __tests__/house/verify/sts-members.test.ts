import * as sdk from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { findDifferences } from '../../../src/journal/input-matching';
import { stsOperations } from '../../../src/sts/table';
import { compareWithSdk, operationsOf, stsClient } from '../sdk-types';

const names = operationsOf(stsClient);
const { inputs, outputs, samples } = compareWithSdk(names, stsClient);

describe('the table of STS beside @aws-sdk/client-sts', () => {
  it('has its operations, and no others', () => {
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys(stsOperations).toSorted()).toEqual(names.toSorted());
  });

  it(`has all members of its inputs, with their types: ${inputs.compared}`, () => {
    expect(inputs.compared).toBeGreaterThan(50);
    expect(inputs.differences).toEqual([]);
  });

  it('has no members of outputs that it does not have', () => {
    expect(outputs.compared).toBeGreaterThan(25);
    expect(outputs.differences.filter(({ how }) => how !== 'missing')).toEqual([]);
  });

  it('lacks of its outputs only the size of the token, which AWS answers if it is asked for, and the context of an identity of a center, which no session has', () => {
    const built = outputs.differences.filter(({ member }) => !lacking.includes(member.split('.')[0] ?? ''));
    const others = built.filter(
      ({ member }) =>
        !/\.(?:SessionToken(?:Size|Utilization)|TrustedIdentityPropagationContext|\$metadata)$/.test(member),
    );
    expect(others).toEqual([]);
  });
});

const lacking = Object.entries(stsOperations).flatMap(([name, { whyLacking }]) =>
  whyLacking === undefined ? [] : name,
);

describe('an input with all members', () => {
  const s3 = mockS3();
  const client = new sdk.STSClient({ maxAttempts: 1 });

  it.each(names)('of %s is recorded as it was sent', async (name) => {
    const input = samples.get(name) ?? {};
    const Command = Reflect.get(sdk, `${name}Command`) as new (input: object) => sdk.AssumeRoleCommand; // the commands differ in their types only
    // What STS answers does not matter here.
    await client.send(new Command(input)).catch(() => undefined);
    const [entry] = s3.requests;
    expect(entry?.operation).toBe(name);
    expect(findDifferences(input, entry?.input)).toEqual([]);
  });
});
