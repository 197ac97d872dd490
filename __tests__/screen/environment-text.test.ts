import { describe, expect, it } from '@jest/globals';
import { writeEnvironment } from '../../src/screen/environment-text';
import { entry } from '../journal/entries';
import { failedError } from '../support/failed-tests';

const region = { name: 'AWS_REGION', set: 'us-east-1', present: 'us-east-1' };
const key = { name: 'AWS_ACCESS_KEY_ID', set: 'AKIA', present: 'AKIA' };
const profile = { name: 'AWS_PROFILE', set: undefined, present: undefined };
const gone = { present: undefined };
const noKeys = { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' };
const thrown = (text: string) => ({
  name: 'JestAssertionError',
  message: `expect(received).toThrow(expected)\n\nExpected substring: "${text}"\n\nReceived function did not throw`,
});

type Prepared = Parameters<typeof writeEnvironment>[0]['prepared'];

const write = (
  prepared: Prepared,
  error: Parameters<typeof failedError>[0],
  { entries = [], endpoint }: { entries?: Parameters<typeof writeEnvironment>[2]; endpoint?: string } = {},
) => {
  const lateEndpoint = endpoint === undefined ? undefined : { ...profile, name: 'AWS_ENDPOINT_URL', present: endpoint };
  return writeEnvironment({ prepared, lateEndpoint }, [failedError(error)], entries);
};

describe('an SDK that finds no keys or no region', () => {
  it.each<[what: string, prepared: Prepared, error: Parameters<typeof failedError>[0], text: RegExp]>([
    [
      'a profile',
      [region, key, { ...profile, present: 'dev' }],
      noKeys,
      /^AWS_PROFILE was set after the mock was made/,
    ],
    ['keys that are gone', [region, { ...key, ...gone }], noKeys, /^AWS_ACCESS_KEY_ID is gone from process\.env/],
    ['keys that are empty', [region, { ...key, present: '' }], noKeys, /^AWS_ACCESS_KEY_ID is gone from process\.env/],
    [
      'an environment that was replaced',
      [{ ...region, ...gone }, { ...key, ...gone }, profile],
      'Region is missing',
      /^AWS_REGION, AWS_ACCESS_KEY_ID are gone from process\.env: the mock set them when it was made/,
    ],
  ])('leads to %s', (_what, prepared, error, text) => {
    expect(write(prepared, error)).toMatch(text);
  });

  it('says nothing of an environment that is as the mock has set it', () => {
    expect(write([region, key, profile], noKeys)).toBeUndefined();
    expect(write([{ ...region, ...gone }], 'out of memory')).toBeUndefined();
  });
});

describe('a test that expects an environment without keys or a region', () => {
  it.each([
    ['Region is missing', 'AWS_REGION'],
    ['AWS_REGION is not set', 'AWS_REGION'],
    ['Could not load credentials', 'AWS_ACCESS_KEY_ID'],
  ])('%j: the mock has set it', (text, name) => {
    expect(write([region, key], thrown(text))).toBe(
      `The mock has set ${name}, since the environment had none. To test code without it, delete process.env.${name} in the test, or make the mock with credentials: false.`,
    );
  });

  it('is not meant if the test expects something else, or has removed the variable', () => {
    expect(write([region, key], thrown('Bucket is missing'))).toBeUndefined();
    expect(write([{ ...region, ...gone }], thrown('Region is missing'))).toBeUndefined();
  });
});

describe('a request to another region', () => {
  const refused = { ...entry('PutObject', { Bucket: 'vault' }), error: { code: 'PermanentRedirect', message: '' } };

  it('is explained by the region that the mock has set', () => {
    expect(write([region], 'moved', { entries: [refused] })).toMatch(
      /^The mock set AWS_REGION to 'us-east-1' .*, so code that has a default region of its own does not use it\./,
    );
    expect(write([{ ...region, present: 'eu-west-1' }], 'moved', { entries: [refused] })).toMatch(
      /; it is 'eu-west-1' now, but a client reads it once\./,
    );
  });

  it('is not, if the environment had a region', () => {
    expect(write([key], 'moved', { entries: [refused] })).toBeUndefined();
  });
});

it('an endpoint that was set too late is named, unless requests came', () => {
  const endpoint = 'http://localhost:9000';
  expect(write([], 'connect ECONNREFUSED', { endpoint })).toBe(
    "AWS_ENDPOINT_URL was set to 'http://localhost:9000' after the mock was made, which reads it when it starts. Set it before mockS3(), or give the address to the mock: mockS3({ hosts: ['http://localhost:9000'] }).",
  );
  expect(write([], 'broken', { endpoint, entries: [entry('PutObject', {})] })).toBeUndefined();
});
