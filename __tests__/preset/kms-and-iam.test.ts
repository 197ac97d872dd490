import { expect, it } from '@jest/globals';
import type { MockS3Options } from 's3-versioning-mock';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const state = 'off' as 'disabled'; // JavaScript has no compiler that knows the states
const states = "invalid state 'off'; expected one of enabled, disabled, pending deletion, missing";
const name = "expected an id, an ARN, or an alias such as 'alias/vault'";

it.each<readonly [options: unknown, message: string]>([
  [{ kmsKeys: ['alias/vault'] }, "mockS3: invalid kmsKeys ['alias/vault']; expected an object of states by key"],
  [{ kmsKeys: { 'a b': 'disabled' } }, `mockS3: kmsKeys: invalid KMS key 'a b'; ${name}`],
  [{ kmsKeys: { 'alias/vault': state } }, `mockS3: kmsKeys: 'alias/vault': ${states}`],
  [{ kmsKeys: { 'alias/aws/s3': 'disabled' } }, "'alias/aws/s3' is the key that AWS makes for S3"],
  [{ users: ['writer'] }, "mockS3: users: invalid value ['writer']; expected an object by name"],
])('the options %j are a TypeError', (options, message) => {
  expect(() => start(options as MockS3Options)).toThrow(TypeError);
  expect(() => start(options as MockS3Options)).toThrow(message);
});

it('a wrong KMS key or credential of a handle is a TypeError', () => {
  const { kmsKeys, iam } = start({});
  expect(() => kmsKeys.set('a b', 'disabled')).toThrow(new TypeError(`s3.kmsKeys.set: invalid KMS key 'a b'; ${name}`));
  expect(() => kmsKeys.set('alias/vault', state)).toThrow(`s3.kmsKeys.set: 'alias/vault': ${states}`);
  for (const credential of ['', 7 as unknown as string])
    expect(() => iam.refuse(credential)).toThrow('expected an API key, a token or a refresh token');
});
