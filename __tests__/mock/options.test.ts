import { S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';

const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'AWS_EC2_METADATA_DISABLED', 'AWS_PROFILE'];
const environment = () => Object.fromEntries(names.map((name) => [name, process.env[name]]));

const start = startedMocks();

beforeEach(() => {
  for (const name of [...names, 'AWS_DEFAULT_REGION', 'AWS_SESSION_TOKEN']) delete process.env[name];
});

const noClient =
  'The mock answers every client of this process, so it needs no client. Give the state, such as { buckets: { vault: {} } }.';

describe('wrong options', () => {
  it.each<[unknown, string]>([
    ['vault', "mockS3: 'vault' is not an object of options. Give the state, such as { buckets: { vault: {} } }."],
    [[], 'mockS3: [] is not an object of options. Give the state, such as { buckets: { vault: {} } }.'],
    [
      { endpoint: 'http://localhost:9000' },
      "mockS3: there is no option 'endpoint'. If your client has an endpoint of its own, write { hosts: ['http://localhost:9000'] }. The options are:",
    ],
    [{ port: 0 }, "mockS3: there is no option 'port'. To open a port, call s3.listen({ port }). The options are:"],
    [
      { objects: {} },
      "mockS3: there is no option 'objects'. It is an option of a bucket: { buckets: { vault: { objects } } }. The options are:",
    ],
    [
      { tags: {} },
      "mockS3: there is no option 'tags'. It is an option of a bucket: { buckets: { vault: { tags } } }. The options are:",
    ],
    [S3Client, `mockS3: [class S3Client extends Client] is not an object of options. ${noClient}`],
    [new S3Client({ region: 'eu-west-1' }), `mockS3: a client is not an object of options. ${noClient}`],
    [
      { bucket: {} },
      "mockS3: there is no option 'bucket'. Did you mean buckets? The options are: buckets, hosts, region,",
    ],
    [{ account: '123' }, "mockS3: invalid account '123'; expected 12 digits in a string"],
    [{ account: 111122223333 }, 'mockS3: invalid account 111122223333; expected 12 digits in a string'],
    [{ account: '11112222333x' }, "mockS3: invalid account '11112222333x'; expected 12 digits in a string"],
    [{ dialect: 'minio' }, "mockS3: invalid dialect 'minio'; expected 'aws' or 'ibm-cos'"],
    [{ region: '' }, "mockS3: invalid region ''; expected a region, such as 'eu-west-1', or undefined"],
    [
      { region: 'eu_west_1' },
      "mockS3: invalid region 'eu_west_1'; expected a region, such as 'eu-west-1', or undefined",
    ],
    [{ region: 1 }, "mockS3: invalid region 1; expected a region, such as 'eu-west-1', or undefined"],
    [{ seed: 7 }, 'mockS3: invalid seed 7; expected text, or undefined'],
    [{ credentials: {} }, 'mockS3: invalid credentials {}; expected true or false, or undefined'],
    [{ guard: 'yes' }, "mockS3: invalid guard 'yes'; expected true or false, or undefined"],
    [
      { serviceInstanceId: '' },
      "mockS3: invalid serviceInstanceId ''; expected the GUID or the CRN of an instance, or undefined",
    ],
    [{ propagation: 900 }, 'mockS3: propagation: 900 is not an object of options. The options are: seconds.'],
    [
      { propagation: { seconds: -1 } },
      'mockS3: propagation: invalid seconds -1; expected a number from 0 on, such as 900',
    ],
    [{ sseC: true }, "mockS3: invalid sseC true; expected 'blocked' or 'allowed', or undefined"],
    [{ acls: true }, "mockS3: invalid acls true; expected 'blocked' or 'allowed', or undefined"],
    [{ unusedRules: true }, "mockS3: invalid unusedRules true; expected 'fail' or 'note', or undefined"],
    [{ reset: 0 }, 'mockS3: invalid reset 0; expected true or false, or undefined'],
    [
      { now: 'tomorrow' },
      "mockS3: now: invalid moment 'tomorrow'; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'",
    ],
    [{ journal: 10 }, 'mockS3: journal: 10 is not an object of options. The options are: limit.'],
    [{ journal: { size: 10 } }, "mockS3: journal: there is no option 'size'. The options are: limit."],
    ...[0, -1, 1.5, Number.NaN].map((limit): [unknown, string] => [
      { journal: { limit } },
      `mockS3: journal: invalid limit ${limit}; expected a whole number from 1 on, or undefined`,
    ]),
    [
      { journal: { limit: '5' } },
      "mockS3: journal: invalid limit '5'; expected a whole number from 1 on, or undefined",
    ],
    [
      { buckets: ['vault'] },
      "mockS3: invalid buckets ['vault']; expected an object of buckets by name, such as { vault: { versioning: 'Enabled' } }",
    ],
    [
      { buckets: null },
      "mockS3: invalid buckets null; expected an object of buckets by name, such as { vault: { versioning: 'Enabled' } }",
    ],
    [
      { buckets: new Map([['vault', {}]]) },
      "mockS3: invalid buckets Map(1) { 'vault' => {} }; expected an object of buckets by name, such as { vault: { versioning: 'Enabled' } }",
    ],
    [{ buckets: { vault: new Map() } }, "bucket 'vault': Map(0) {} is not an object of options."],
    [{ journal: new Map([['limit', 5]]) }, "mockS3: journal: Map(1) { 'limit' => 5 } is not an object of options."],
    [
      { buckets: { Vault: {} } },
      "invalid bucket name 'Vault': a bucket's name has lower-case letters, digits, dots and hyphens only",
    ],
    [
      { hosts: ['*.test'] },
      "hosts: invalid host '*.test'; expected 'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp on the host or on host:port; without the *, the entry means the host and every bucket in front of it",
    ],
    [
      { nock: {} },
      "mockS3: nock {} is not the module nock. Write const nock = require('nock') or import nock from 'nock', then mockS3({ nock }).",
    ],
    [{ nock: { default: () => undefined } }, "is not the module nock. Write const nock = require('nock')"],
  ])('%j is a TypeError, and changes nothing', async (options, message) => {
    const before = environment();
    const error = thrownBy(() => start(options as MockS3Options));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
    expect(environment()).toEqual(before);
    expect(() => start()).not.toThrow();
  });

  it('do not compile', () => {
    const wrong: readonly MockS3Options[] = [
      // @ts-expect-error a misspelt option
      { bucket: {} },
      // @ts-expect-error a state that S3 does not have
      { buckets: { vault: { versioning: 'Disabled' } } },
      // @ts-expect-error an unknown dialect
      { dialect: 'minio' },
      // @ts-expect-error a number instead of a string
      { account: 111122223333 },
    ];
    expect(wrong).toHaveLength(4);
  });
});

describe('the environment', () => {
  it('has keys and a region while the mock runs, and is restored afterwards', async () => {
    process.env['AWS_PROFILE'] = 'work';
    const s3 = start({ region: 'eu-west-1' });
    expect(environment()).toEqual({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      AWS_SECRET_ACCESS_KEY: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PROFILE: undefined,
    });
    await s3.stop();
    expect(environment()).toEqual({
      ...Object.fromEntries(names.map((name) => [name, undefined])),
      AWS_PROFILE: 'work',
    });
  });

  it('keeps what the user has set', () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-north-1',
    });
    const before = environment();
    start({ region: 'eu-west-1' });
    expect(environment()).toEqual(before);
  });

  it('is unchanged if credentials is false', () => {
    const before = environment();
    start({ credentials: false });
    expect(environment()).toEqual(before);
  });
});
