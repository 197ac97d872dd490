import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { md5Of } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const region = 'us-south-standard';
const end = '2027-01-01T00:00:00Z';
const kept = (mode: 'COMPLIANCE' | 'GOVERNANCE') => ({
  versionId: 'v1',
  body: 'a',
  retention: { Mode: mode, RetainUntilDate: end },
});
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    plain: { region, objects: { k: 'a' } },
    lock: {
      region,
      versioning: 'Enabled',
      objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
      objects: { k: 'a', kept: kept('COMPLIANCE'), governed: kept('GOVERNANCE') },
    },
  },
});

async function answerTo(call: WireCall) {
  const digest = call.body === undefined ? {} : { 'Content-MD5': md5Of(String(call.body)) };
  const { status, body } = await send({ host: cosHost, ...call, headers: { ...digest, ...call.headers } });
  return { status, code: /<Code>(.*?)</.exec(body)?.[1], message: /<Message>(.*?)</.exec(body)?.[1] };
}

const done = { status: 200, code: undefined, message: undefined };
const malformed = {
  status: 400,
  code: 'MalformedXML',
  message: 'The XML you provided was not well-formed or did not validate against our published schema.',
};
const noLock = { status: 400, code: 'InvalidRequest', message: 'Bucket is missing Object Lock Configuration' };
const denied = { status: 403, code: 'AccessDenied', message: 'Access Denied' };

const configuration = (rule: string) =>
  `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
const rule = (content: string) => `<Rule><DefaultRetention>${content}</DefaultRetention></Rule>`;

// terraform-provider-ibm, resource_ibm_cos_bucket_objectlock_configuration_test.go, run against COS. F103
describe('a lock configuration of IBM COS', () => {
  it('without a rule removes the default retention', async () => {
    const body = configuration('');
    expect(await answerTo({ method: 'PUT', path: '/lock?object-lock', body })).toEqual(done);
    expect(s3.bucket('lock').objectLock).toBe(true);
    expect((await send({ host: cosHost, path: '/lock?object-lock' })).body).not.toContain('Rule');
  });

  it.each([
    ['a mode alone', '<Mode>COMPLIANCE</Mode>'],
    ['another mode', '<Mode>INVALID</Mode><Years>1</Years>'],
    ['days below 1', '<Mode>COMPLIANCE</Mode><Days>-1</Days>'],
    ['no days', '<Mode>COMPLIANCE</Mode><Days>0</Days>'],
    ['no years', '<Mode>GOVERNANCE</Mode><Years>0</Years>'],
    ['days and years', '<Mode>COMPLIANCE</Mode><Days>1</Days><Years>1</Years>'],
  ])('with %s is malformed', async (_what, content) => {
    const body = configuration(rule(content));
    expect(await answerTo({ method: 'PUT', path: '/lock?object-lock', body })).toEqual(malformed);
  });

  it.each(['<Mode>GOVERNANCE</Mode><Days>5</Days>', '<Mode>GOVERNANCE</Mode><Years>2</Years>'])(
    'may have %s',
    async (content) => {
      const body = configuration(rule(content));
      expect(await answerTo({ method: 'PUT', path: '/lock?object-lock', body })).toEqual(done);
    },
  );
});

const retention = (mode: string, until: string) =>
  `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`;

// terraform-provider-ibm, resource_ibm_cos_bucket_object_test.go, run against COS, for the first of each.
describe('a retention or a legal hold of IBM COS', () => {
  it.each([
    ['retention', retention('COMLIANCE', end)],
    ['retention', retention('COMPLIANCE', end)],
    ['retention', '<Retention'],
    ['legal-hold', '<LegalHold><Status>ON</Status></LegalHold>'],
    ['legal-hold', '<LegalHold><Status>on</Status></LegalHold>'],
  ])('in a bucket without object lock is refused whatever is in its ?%s: %s (F103)', async (what, body) => {
    expect(await answerTo({ method: 'PUT', path: `/plain/k?${what}`, body })).toEqual(noLock);
  });

  it('of another mode is malformed in a bucket with object lock', async () => {
    expect(await answerTo({ method: 'PUT', path: '/lock/k?retention', body: retention('INVALID', end) })).toEqual(
      malformed,
    );
  });

  it.each<{ method: string; path: string; sent: Pick<WireCall, 'body' | 'headers'> }>`
    method   | path                   | sent
    ${'PUT'} | ${'/lock/k?retention'} | ${{ body: retention('COMPLIANCE', '2020-02-15T00:00:00Z') }}
    ${'PUT'} | ${'/lock/new'}         | ${{ body: 'a', headers: { 'x-amz-object-lock-mode': 'COMPLIANCE', 'x-amz-object-lock-retain-until-date': '2020-02-15T00:00:00Z' } }}
  `('in the past is refused in the words of AWS: $method $path (F170)', async ({ method, path, sent }) => {
    expect(await answerTo({ method, path, ...sent })).toEqual({
      status: 400,
      code: 'InvalidArgument',
      message: 'The retain until date must be in the future!',
    });
  });

  // object-lock.md: "If the `RetainUntilDate` values is not beyond any existing value, the operation will fail with a `403 Access Denied`." F101
  it.each<{ key: string; mode: string; until: string; bypass: string | undefined; answer: object }>`
    key           | mode            | until                     | bypass       | answer
    ${'kept'}     | ${'COMPLIANCE'} | ${end}                    | ${undefined} | ${denied}
    ${'kept'}     | ${'COMPLIANCE'} | ${end}                    | ${'true'}    | ${denied}
    ${'kept'}     | ${'COMPLIANCE'} | ${'2026-12-31T00:00:00Z'} | ${undefined} | ${denied}
    ${'kept'}     | ${'COMPLIANCE'} | ${'2027-01-01T00:00:01Z'} | ${undefined} | ${done}
    ${'governed'} | ${'GOVERNANCE'} | ${end}                    | ${undefined} | ${denied}
    ${'governed'} | ${'GOVERNANCE'} | ${end}                    | ${'true'}    | ${done}
    ${'governed'} | ${'GOVERNANCE'} | ${'2026-12-31T00:00:00Z'} | ${'true'}    | ${done}
  `('of $key until $until, with the bypass $bypass', async ({ key, mode, until, bypass, answer }) => {
    const headers = { 'x-amz-bypass-governance-retention': bypass };
    const call = { method: 'PUT', path: `/lock/${key}?retention`, body: retention(mode, until), headers };
    expect(await answerTo(call)).toEqual(answer);
  });

  it('keeps a version from deletion, alone and in a batch, in two words', async () => {
    const body = '<Delete><Object><Key>kept</Key><VersionId>v1</VersionId></Object></Delete>';
    const batch = await send({
      host: cosHost,
      method: 'POST',
      path: '/lock?delete',
      body,
      headers: { 'Content-MD5': md5Of(body) },
    });
    expect({ one: await answerTo({ method: 'DELETE', path: '/lock/kept?versionId=v1' }), batch: batch.body }).toEqual({
      one: denied,
      batch: expect.stringContaining('<Code>AccessDenied</Code><Message>Access Denied</Message>'),
    });
  });
});
