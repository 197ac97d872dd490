import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { sendAs, sendersOf } from '../../support/access';
import { cosHost } from '../../support/clients/story-client';
import { md5Of } from '../../support/objects';
import { denied, outcomeOf, protectedBuckets } from '../../support/protection';

const objects = { kept: { body: 'text', protection: { RetentionPeriod: 86_400, LegalHolds: ['case-7'] } } };
const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault: { ...protectedBuckets.vault, objects } } });
const senders = sendersOf(s3.account, s3.createAccount('partner'), s3.createAccount('third'));
const body =
  '<ProtectionConfiguration><Status>Retention</Status><MinimumRetention><Days>0</Days></MinimumRetention><DefaultRetention><Days>0</Days></DefaultRetention><MaximumRetention><Days>1</Days></MaximumRetention></ProtectionConfiguration>';

// F540
describe('the retention of a bucket of another account', () => {
  it.each([
    ['GET', '/vault?protection', {}],
    ['PUT', '/vault?protection', { body, headers: { 'Content-MD5': md5Of(body) } }],
    ['GET', '/vault/kept?legalHold', {}],
    ['POST', '/vault/kept?legalHold&add=mine', {}],
    ['POST', '/vault/kept?legalHold&remove=case-7', {}],
    ['POST', '/vault/kept?extendRetention', { headers: { 'Additional-Retention-Period': '60' } }],
  ])('is neither read nor changed: %s %s', async (method, path, more) => {
    const before = JSON.stringify(s3.bucket('vault'));
    const call = { method, path, host: cosHost, ...more };
    for (const sender of [senders.partner, senders.anonymous])
      expect(outcomeOf(await sendAs(sender, call))).toEqual(denied);
    expect(JSON.stringify(s3.bucket('vault'))).toBe(before);
    expect((await sendAs(senders.owner, call)).status).toBe(200);
  });
});
