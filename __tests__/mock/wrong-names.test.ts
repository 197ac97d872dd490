import { describe, expect, it } from '@jest/globals';
import { messageOf } from '../journal/entries';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
const scene = () => start({ accounts: { partner: {} }, buckets: { vault: { objects: { 'report.pdf': 'first' } } } });

describe('a misspelt name', () => {
  it.each<[string, (s3: ReturnType<typeof scene>) => unknown, string]>([
    ['bucket', (s3) => s3.bucket('valut'), "there is no bucket 'valut'. The buckets are: 'vault'. Did you mean vault?"],
    ['bucket', (s3) => s3.bucket(undefined as never), "there is no bucket undefined. The buckets are: 'vault'."],
    [
      'key',
      (s3) => s3.bucket('vault').object('reprot.pdf'),
      "there is no object 'reprot.pdf' in bucket 'vault'. The keys are: 'report.pdf'. The bucket has 'report.pdf', which differs in a letter.",
    ],
    [
      'account',
      (s3) => s3.createBucket('other', { owner: 'partnr' }),
      "bucket 'other': there is no account 'partnr'. The accounts are: default (000000000000), partner (",
    ],
    [
      'account',
      (s3) => s3.createBucket('other', { owner: 'partnr' }),
      " Did you mean partner? s3.createAccount('NAME') creates more.",
    ],
    [
      'region',
      (s3) => s3.createBucket('other', { region: 'eu-wst-1' }),
      "bucket 'other': invalid region 'eu-wst-1'; expected a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'. Did you mean eu-west-1?",
    ],
    [
      'option',
      (s3) => s3.createBucket('other', { versionning: 'Enabled' } as never),
      "bucket 'other': there is no option 'versionning'. Did you mean versioning?",
    ],
    [
      'option beside another one',
      (s3) => s3.createBucket('other', { versionning: 'Enabled', objcts: {}, colour: 'red' } as never),
      "bucket 'other': there is no option 'versionning'. Did you mean versioning? There is no option 'objcts'. Did you mean objects? There is no option 'colour'. The options are: versioning,",
    ],
    [
      'storage class',
      (s3) => s3.bucket('vault').put('b', 'x', { storageClass: 'STANDRD_IA' }),
      'DEEP_ARCHIVE. Did you mean STANDARD_IA?',
    ],
    [
      'unit',
      (s3) => s3.clock.advance({ minute: 1 } as never),
      "s3.clock.advance: there is no option 'minute'. Did you mean minutes?",
    ],
    ['operation', (s3) => s3.on('PutBucketVersionning' as never), 'Did you mean PutBucketVersioning'],
    ['code', (s3) => s3.on('PutObject').fail('SlowDwn' as never), 'Did you mean SlowDown?'],
  ])('of a %s gets the nearest right one', (_name, act, message) => {
    expect(messageOf(() => act(scene()))).toContain(message);
  });

  it('of a bucket in a request gets it in the reason of the refusal', async () => {
    const s3 = scene();
    await send({ path: '/valut' });
    expect(s3.requests.last()?.why).toBe('the mock has these buckets: vault');
  });
});

describe('a count of one', () => {
  it('takes the noun in the singular', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled', objects: { a: 'x' } } } });
    await send({ method: 'DELETE', path: '/vault' });
    expect(s3.requests.last()?.why).toMatch(/^it has 1 version: /);
    const body =
      '<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>';
    await send({ method: 'PUT', path: '/vault?versioning', headers: { 'x-amz-mfa': `${s3.mfa.serial} 1` }, body });
    expect(s3.requests.last()?.why).toMatch(/^the code 1 has 1 character, and the codes of /);
  });
});
