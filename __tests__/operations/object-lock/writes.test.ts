import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { declaration } from '../../support/documents';
import { post, postAnonymous } from '../../support/forms';
import { lockedBuckets } from '../../support/locks';
import {
  answered,
  badArgument,
  get,
  head,
  md5Of,
  put,
  refusal,
  type StatusAndText,
  tellingLines,
} from '../../support/objects';
import { begin } from '../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3(lockedBuckets);

const mode = 'x-amz-object-lock-mode';
const until = 'x-amz-object-lock-retain-until-date';
const hold = 'x-amz-object-lock-legal-hold';
const event = 'x-amz-object-lock-event-hold';
const heldDays = 'x-amz-object-lock-event-hold-duration-days';
const heldYears = 'x-amz-object-lock-event-hold-duration-years';
const durationText = 'The event hold duration must be from 1 to 36500 days or from 1 to 100 years.';
const incomplete = refusal(400, 'InvalidRequest', 'The event hold of the request is not complete.');
const february = '2026-02-28T10:00:00Z';
const digest = { 'Content-MD5': md5Of('data') };

const lockLines = async (answer: Promise<WireAnswer>) =>
  tellingLines(await answer).filter((line) => line.startsWith('x-amz-object-lock-'));

/** Answers to copies leave the XML declaration out (F89). */
const undeclared = ({ status, text }: StatusAndText) => ({ status, text: text.replace(declaration, '') });

const writes: Readonly<Record<string, (path: string, headers: WireCall['headers']) => Promise<WireAnswer>>> = {
  PutObject: (path, headers) => put(path, 'data', { ...digest, ...headers }),
  CopyObject: (path, headers) => put(path, '', { 'x-amz-copy-source': '/open/source.txt', ...headers }),
  CreateMultipartUpload: (path, headers) => send({ method: 'POST', path: `${path}?uploads`, headers }),
};
const names = Object.keys(writes);
const write = (name: string, path: string, headers: WireCall['headers']) => {
  const call = writes[name];
  if (!call) throw new Error(`no write ${name}`);
  return call(path, headers);
};

describe.each(names)('the lock headers of %s', (name) => {
  beforeEach(() => put('/open/source.txt', 'data'));

  // F602
  it.each<[string, Readonly<Record<string, string>>, StatusAndText, string]>([
    [
      'another word',
      { [event]: 'on', [heldDays]: '1' },
      badArgument("Event Hold must be either of 'ON' or 'OFF'", event, 'on'),
      `${event} is 'on'`,
    ],
    ['ON without a duration', { [event]: 'ON' }, incomplete, 'the event hold is ON, and has no duration'],
    [
      'OFF with a duration',
      { [event]: 'OFF', [heldDays]: '1' },
      incomplete,
      'the event hold is OFF, and has a duration',
    ],
    ['OFF without a date', { [event]: 'OFF' }, incomplete, 'the event hold is OFF, and there is no date'],
    ['a duration alone', { [heldDays]: '1' }, incomplete, 'a duration also needs the event hold ON'],
    ['a duration in years alone', { [heldYears]: '1' }, incomplete, 'a duration also needs the event hold ON'],
    [
      'days and years',
      { [event]: 'ON', [heldDays]: '1', [heldYears]: '1' },
      incomplete,
      'a duration has either days or years',
    ],
    [
      'too many years',
      { [event]: 'ON', [heldYears]: '101' },
      badArgument(durationText, heldYears, '101'),
      `${heldYears} is '101'`,
    ],
    [
      'days that are not a number',
      { [event]: 'ON', [heldDays]: 'many' },
      badArgument(durationText, heldDays, 'many'),
      `${heldDays} is 'many'`,
    ],
    [
      'a date before the duration is over',
      { [event]: 'ON', [heldDays]: '30', [until]: february },
      badArgument(
        'The retain until date must not be earlier than the end of the event hold duration.',
        until,
        february,
      ),
      `${until} is '${february}'`,
    ],
  ])('are refused for an event hold with %s', async (_what, headers, refused, why) => {
    const answer = await answered(write(name, '/vault/report.pdf', { [mode]: 'GOVERNANCE', ...headers }));
    expect(undeclared(answer)).toEqual(undeclared(refused));
    expect(s3.requests.last()?.why).toContain(why);
    expect(s3.bucket('vault').versions()).toEqual([]);
  });

  it('are refused for an event hold without a mode', async () => {
    const answer = await answered(write(name, '/vault/report.pdf', { [event]: 'ON', [heldDays]: '1' }));
    expect(undeclared(answer)).toEqual(undeclared(incomplete));
    expect(s3.requests.last()?.why).toContain('an event hold also needs a mode of the retention');
  });

  it('are refused for an event hold if the bucket has no object lock', async () => {
    const held = { [mode]: 'GOVERNANCE', [event]: 'ON', [heldDays]: '1' };
    const refused = refusal(400, 'InvalidRequest', 'Bucket is missing ObjectLockConfiguration');
    expect(undeclared(await answered(write(name, '/open/report.pdf', held)))).toEqual(undeclared(refused));
    expect(s3.requests.last()?.why).toContain(`${mode} is 'GOVERNANCE', ${event} is 'ON'`);
  });

  // Recorded: localstack; the date and the hold: versity/versitygw tests/test_rest_put_object.sh. F104
  it.each<[string, Readonly<Record<string, string>>, StatusAndText]>([
    ['a mode alone', { [mode]: 'GOVERNANCE' }, badArgument(`${until} and ${mode} must both be supplied`, until)],
    ['a date alone', { [until]: february }, badArgument(`${until} and ${mode} must both be supplied`, mode)],
    [
      'a date and an event hold without a mode',
      { [until]: february, [event]: 'ON', [heldDays]: '1' },
      badArgument(`${until} and ${mode} must both be supplied`, mode),
    ],
    ['another mode alone', { [mode]: 'abc' }, badArgument(`${until} and ${mode} must both be supplied`, until)],
    [
      'a malformed date, alone',
      { [until]: 'tomorrow' },
      badArgument(`${until} and ${mode} must both be supplied`, mode),
    ],
    ['another mode', { [mode]: 'abc', [until]: february }, badArgument('Unknown wormMode directive.', mode, 'abc')],
    [
      'a malformed date, before another mode',
      { [mode]: 'abc', [until]: '28 February' },
      badArgument('The retain until date must be provided in ISO 8601 format', until, '28 February'),
    ],
    [
      'a date in the past, before another mode',
      { [mode]: 'abc', [until]: '2025-12-25T12:00:00Z' },
      badArgument('The retain until date must be in the future!', until, '2025-12-25T12:00:00Z'),
    ],
    [
      'this very moment',
      { [mode]: 'COMPLIANCE', [until]: '2026-01-31T10:00:00Z' },
      badArgument('The retain until date must be in the future!', until, '2026-01-31T10:00:00Z'),
    ],
    ['another hold', { [hold]: 'wrong' }, badArgument("Legal Hold must be either of 'ON' or 'OFF'", hold, 'wrong')],
    ['an empty hold', { [hold]: '' }, badArgument("Legal Hold must be either of 'ON' or 'OFF'", hold, '')],
  ])('are refused for %s, with object lock and without', async (_what, headers, refused) => {
    const answers = await Promise.all(
      ['vault', 'open'].map((bucket) => answered(write(name, `/${bucket}/report.pdf`, headers))),
    );
    expect(answers.map(undeclared)).toEqual([undeclared(refused), undeclared(refused)]);
    expect({ vault: s3.bucket('vault').versions(), open: s3.bucket('open').versions('report.pdf') }).toEqual({
      vault: [],
      open: [],
    });
  });

  it.each([
    [mode, 'GOVERNANCE'],
    [until, february],
  ])('are quoted in the journal if %s comes alone', async (header, value) => {
    await write(name, '/vault/report.pdf', { [header]: value });
    expect(s3.requests.last()?.why).toMatch(new RegExp(`^the request has \\w+, '${value}', without \\w+: send both$`));
  });

  // versity/versitygw#1751. F104
  it.each([{ [mode]: 'GOVERNANCE', [until]: february }, { [hold]: 'ON' }, { [hold]: 'OFF' }])(
    'are refused as %j if the bucket has no object lock',
    async (headers) => {
      const refused = undeclared(refusal(400, 'InvalidRequest', 'Bucket is missing ObjectLockConfiguration'));
      const answers = await Promise.all(
        ['open', 'plain'].map((bucket) => answered(write(name, `/${bucket}/report.pdf`, headers))),
      );
      expect(answers.map(undeclared)).toEqual([refused, refused]);
      for (const [header, value] of Object.entries(headers))
        expect(s3.requests.last()?.why).toContain(`${header} is '${value}'`);
    },
  );

  it('are recorded under the names of the SDKs', async () => {
    await write(name, '/vault/report.pdf', { [mode]: 'GOVERNANCE', [until]: february, [hold]: 'ON' });
    expect(s3.requests.last()).toMatchObject({
      operation: name,
      status: 200,
      input: {
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: new Date(february),
        ObjectLockLegalHoldStatus: 'ON',
      },
    });
  });
});

describe.each(['PutObject', 'CopyObject'])('the version that %s writes', (name) => {
  beforeEach(() => put('/open/source.txt', 'data'));

  // Recorded: localstack. F107
  it.each<[Readonly<Record<string, string>>, readonly string[]]>([
    [{}, []],
    [{ [mode]: 'GOVERNANCE', [until]: february }, [`${mode}: GOVERNANCE`, `${until}: 2026-02-28T10:00:00Z`]],
    [
      { [mode]: 'COMPLIANCE', [until]: '2026-02-28T12:00:00.1239+02:00', [hold]: 'ON' },
      [`${mode}: COMPLIANCE`, `${until}: 2026-02-28T10:00:00.123Z`, `${hold}: ON`],
    ],
    [{ [hold]: 'ON' }, [`${hold}: ON`]],
    [{ [hold]: 'OFF' }, [`${hold}: OFF`]],
  ])('with %j has these headers in GET and HEAD: %j', async (headers, lines) => {
    expect((await write(name, '/vault/report.pdf', headers)).status).toBe(200);
    expect(await lockLines(get('/vault/report.pdf'))).toEqual(lines);
    expect(await lockLines(head('/vault/report.pdf'))).toEqual(lines);
  });

  // F602
  it('has an event hold of years, with a date that is not before the end of its duration', async () => {
    const end = '2027-01-31T10:00:00Z';
    const held = { [mode]: 'GOVERNANCE', [event]: 'ON', [heldYears]: '1', [until]: end };
    expect((await write(name, '/vault/report.pdf', held)).status).toBe(200);
    expect(await lockLines(get('/vault/report.pdf'))).toEqual(
      [
        [mode, 'GOVERNANCE'],
        [until, end],
        [event, 'ON'],
        [heldYears, '1'],
      ].map(([header, value]) => `${header}: ${value}`),
    );
  });

  it('gets the lock of the request, not the default', async () => {
    await write(name, '/monthly/report.pdf', { [mode]: 'COMPLIANCE', [until]: '2026-02-01T00:00:00Z' });
    expect(s3.bucket('monthly').current('report.pdf')?.retention).toEqual({
      Mode: 'COMPLIANCE',
      RetainUntilDate: new Date('2026-02-01T00:00:00Z'),
    });
  });

  it('is locked only if it is written after the default was set', async () => {
    await write(name, '/vault/report.pdf', {});
    s3.bucket('vault').objectLock = { defaultRetention: { Mode: 'COMPLIANCE', Years: 1 } };
    await write(name, '/vault/report.pdf', {});
    expect(
      s3
        .bucket('vault')
        .versions('report.pdf')
        .map(({ retention }) => retention?.RetainUntilDate),
    ).toEqual([new Date('2027-01-31T10:00:00Z'), undefined]);
  });
});

it('a delete marker gets no default retention', async () => {
  await put('/monthly/report.pdf', 'data', digest);
  const { header } = await send({ method: 'DELETE', path: '/monthly/report.pdf' });
  const marker = header('x-amz-version-id');
  expect((await send({ method: 'DELETE', path: `/monthly/report.pdf?versionId=${marker}` })).status).toBe(204);
});

// versity/versitygw#1542. F1710
describe('a signature of version 4', () => {
  const required = (what: string) =>
    badArgument(`${what} requests with Object Lock parameters require AWS Signature Version 4`, 'Authorization');
  const version2 = { Authorization: 'AWS AKIDEXAMPLE:c2lnbmF0dXJl', 'x-amz-content-sha256': undefined };
  const query2 = 'AWSAccessKeyId=AKIDEXAMPLE&Signature=c2lnbmF0dXJl&Expires=1900000000';
  const locks: readonly [string, string, Readonly<Record<string, string>>][] = [
    ['a default retention', '/monthly/a', {}],
    ['a retention', '/vault/a', { [mode]: 'GOVERNANCE', [until]: february }],
    ['a hold', '/vault/a', { [hold]: 'ON' }],
    ['a hold that is OFF', '/monthly/a', { [hold]: 'OFF' }],
  ];
  beforeEach(() => {
    for (const name of ['vault', 'monthly']) {
      s3.bucket(name).publicAccessBlock = null;
      s3.bucket(name).policy = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${name}/*` }],
      };
    }
  });

  it.each(locks)('is required of PutObject with %s', async (_what, path, headers) => {
    const anonymous = { ...digest, ...headers, Authorization: undefined };
    expect(await answered(put(path, 'data', anonymous))).toEqual(required('Put Object'));
    expect(s3.requests.last()?.why).toContain('nobody signed the request');
    expect(await answered(put(path, 'data', { ...digest, ...headers, ...version2 }))).toEqual(required('Put Object'));
    expect(s3.requests.last()?.why).toContain('the signature is of version 2');
    expect(await answered(put(`${path}?${query2}`, 'data', anonymous))).toEqual(required('Put Object'));
    expect((await put(path, 'data', { ...digest, ...headers })).status).toBe(200);
  });

  it('is required after a digest', async () => {
    expect((await put('/monthly/a', 'data', { Authorization: undefined })).text).toContain('Content-MD5 OR');
  });

  it('is not required of a write without a lock', async () => {
    expect((await put('/vault/a', 'data', { Authorization: undefined })).status).toBe(200);
    expect((await put('/vault/a', 'data', version2)).status).toBe(200);
  });

  it('is required of a form', async () => {
    const path = { path: '/monthly' };
    const fields = [
      ['key', 'a'],
      ['Content-MD5', digest['Content-MD5']],
    ] as const;
    expect(await answered(postAnonymous(fields, path))).toEqual(required('Put Object'));
    const form = { bucket: 'monthly', fields: [fields[1]] };
    expect(await answered(post({ ...form, version: 2 }, path))).toEqual(required('Put Object'));
    expect((await post(form, path)).status).toBe(204);
  });

  it('is required of the parts of an upload', async () => {
    const part = `/monthly/a?uploadId=${await begin('/monthly/a')}&partNumber=1`;
    expect(await answered(put(part, 'data', { ...digest, ...version2 }))).toEqual(required('Put Part'));
    expect((await put(part, 'data', digest)).status).toBe(200);
  });

  it('is not required by IBM COS', async () => {
    s3.bucket('monthly').policy = undefined;
    const headers = { ...digest, ...version2, Host: 's3.us-south.cloud-object-storage.appdomain.cloud' };
    expect((await put('/monthly/a', 'data', headers)).status).toBe(200);
  });
});

// versity/versitygw#1740, #1776; for parts s3tools/s3cmd#1436. F105
describe('a digest', () => {
  const required = (what: string) =>
    refusal(
      400,
      'InvalidRequest',
      `Content-MD5 OR x-amz-checksum- HTTP header is required for ${what} requests with Object Lock parameters`,
    );
  const crc = { 'x-amz-checksum-crc32': 'rfPzYw==' };

  it('is required of PutObject with a hold that is OFF', async () => {
    const headers = { [hold]: 'OFF' };
    expect(await answered(put('/vault/a', 'data', headers))).toEqual(required('Put Object'));
    expect(await answered(put('/vault/a', 'data', { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }))).toEqual(
      required('Put Object'),
    );
    expect((await put('/vault/a', 'data', { ...headers, ...crc })).status).toBe(200);
    expect((await put('/vault/a', 'data', { ...headers, ...digest })).status).toBe(200);
  });

  it('may follow the body', async () => {
    const headers = {
      [hold]: 'ON',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    };
    const body = '4\r\ndata\r\n0\r\nx-amz-checksum-crc32:rfPzYw==\r\n\r\n';
    expect((await put('/vault/a', body, headers)).status).toBe(200);
  });

  it('is checked after the object lock of the bucket', async () => {
    expect((await put('/open/a', 'data', { [hold]: 'ON' })).text).toContain(
      'Bucket is missing ObjectLockConfiguration',
    );
  });

  it('is required of the parts of an upload with a hold', async () => {
    const upload = `/vault/a?uploadId=${await begin('/vault/a', { [hold]: 'ON' })}`;
    expect(await answered(put(`${upload}&partNumber=1`))).toEqual(required('Put Part'));
    expect((await put(`${upload}&partNumber=1`, 'data', digest)).status).toBe(200);
    expect((await put(`${upload}&partNumber=2`, 'data', crc)).status).toBe(200);
    await put('/open/source.txt');
    const copied = await put(`${upload}&partNumber=3`, '', { 'x-amz-copy-source': '/open/source.txt' });
    expect(copied.status).toBe(200);
  });

  // F106
  it('an upload that began with a lock makes a version with it, despite a default of the bucket', async () => {
    const path = '/monthly/a';
    const upload = `${path}?uploadId=${await begin(path, { [mode]: 'COMPLIANCE', [until]: february })}`;
    const ETag = (await put(`${upload}&partNumber=1`, 'data', digest)).header('etag');
    s3.clock.advance({ days: 3 });
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part></CompleteMultipartUpload>`;
    expect((await send({ method: 'POST', path: upload, body })).status).toBe(200);
    const lines = await lockLines(head(path));
    expect(lines.map((line) => line.replace(/^.*?: /, ''))).toEqual(['COMPLIANCE', '2026-02-28T10:00:00Z']);
  });
});
