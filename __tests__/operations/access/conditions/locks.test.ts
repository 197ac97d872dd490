import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { absent, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { md5Of } from '../../../support/objects';
import { begin } from '../../../support/uploads';
import type { WireCall } from '../../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-31T12:00:00Z',
  buckets: { vault: { objectLock: true, objects: { k: 'data' } } },
});

const holds = (action: string, condition: Condition, call: WireCall) =>
  holdsFor(s3, { action, condition, ask: () => asAnn(s3, call) });

const put = (headers: Readonly<Record<string, string>> = {}): WireCall => ({
  method: 'PUT',
  path: '/vault/new',
  body: 'data',
  headers: { 'Content-MD5': md5Of('data'), ...headers },
});
const withBody = (path: string, body: string): WireCall => ({
  method: 'PUT',
  path,
  body,
  headers: { 'Content-MD5': md5Of(body), 'x-amz-bypass-governance-retention': 'true' },
});
const retain = (mode: string, until: string) =>
  withBody(
    '/vault/k?retention',
    `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
  );
const lock = (mode: string, until: string) => ({
  'x-amz-object-lock-mode': mode,
  'x-amz-object-lock-retain-until-date': until,
});
const days = 's3:object-lock-remaining-retention-days';
const date = 's3:object-lock-retain-until-date';

// F490
describe.each<readonly [action: string, ask: (mode: string, until: string) => WireCall]>([
  ['s3:PutObject', (mode, until) => put(lock(mode, until))],
  ['s3:PutObjectRetention', retain],
])('the keys of a retention that %s asks for', (action, ask) => {
  it.each<readonly [condition: Condition, mode: string, until: string, holds: boolean]>([
    [equals('s3:object-lock-mode', 'GOVERNANCE'), 'GOVERNANCE', '2026-04-30T12:00:00Z', true],
    [equals('s3:object-lock-mode', 'COMPLIANCE'), 'GOVERNANCE', '2026-04-30T12:00:00Z', false],
    [{ NumericEquals: { [days]: '30' } }, 'GOVERNANCE', '2026-04-30T12:00:00Z', true],
    [{ NumericGreaterThan: { [days]: '30' } }, 'GOVERNANCE', '2026-04-30T12:00:00Z', false],
    [{ NumericGreaterThan: { [days]: '30' } }, 'GOVERNANCE', '2026-04-30T12:01:00Z', false],
    [{ NumericEquals: { [days]: '29' } }, 'GOVERNANCE', '2026-04-30T11:59:00Z', true],
    [{ NumericLessThan: { [days]: '30' } }, 'GOVERNANCE', '2026-04-29T12:00:00Z', true],
    [{ DateEquals: { [date]: '2026-04-30T12:00:00Z' } }, 'GOVERNANCE', '2026-04-30T12:00:00Z', true],
    [{ DateGreaterThan: { [date]: '2027-01-01' } }, 'GOVERNANCE', '2026-04-30T12:00:00Z', false],
    [{ DateLessThan: { [date]: '2027-01-01' } }, 'GOVERNANCE', '2026-04-30T12:00:00Z', true],
  ])('%j of %s until %s: %s', async (condition, mode, until, expected) => {
    expect(await holds(action, condition, ask(mode, until))).toBe(expected);
  });
});

describe('the key of a legal hold', () => {
  const key = 's3:object-lock-legal-hold';

  it('is the header of a write', async () => {
    const call = put({ 'x-amz-object-lock-legal-hold': 'ON' });
    expect(await holds('s3:PutObject', equals(key, 'ON'), call)).toBe(true);
    expect(await holds('s3:PutObject', equals(key, 'OFF'), call)).toBe(false);
  });
});

describe('a write without lock headers', () => {
  const keys = ['s3:object-lock-mode', date, days, 's3:object-lock-legal-hold'];

  it.each(keys)('has no %s', async (key) => {
    expect(await holds('s3:PutObject', absent(key), put())).toBe(true);
  });

  it.each<Condition>([
    equals('s3:object-lock-mode', 'GOVERNANCE'),
    { NumericEquals: { [days]: '1' } },
    { DateEquals: { [date]: '2026-04-01T12:00:00Z' } },
    absent('s3:object-lock-legal-hold'),
  ])("has the values of the bucket's default: %j", async (condition) => {
    s3.bucket('vault').objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
    expect(await holds('s3:PutObject', condition, put())).toBe(true);
  });

  it.each(keys.slice(0, 3))('has no %s if a legal hold leaves the default out', async (key) => {
    s3.bucket('vault').objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
    expect(await holds('s3:PutObject', absent(key), put({ 'x-amz-object-lock-legal-hold': 'OFF' }))).toBe(true);
  });

  it('has none of them in the later steps of an upload, whose lock was made at its beginning', async () => {
    s3.bucket('vault').objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
    const path = `/vault/new?uploadId=${await begin('/vault/new')}&partNumber=1`;
    expect(await holds('s3:PutObject', absent(days), { ...put(), path })).toBe(true);
  });
});
