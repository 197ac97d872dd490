import type { MockS3Options } from '../../src';
import { malformedXml } from './documents';
import { md5Of, refusal } from './objects';
import { send, type WireCall } from './wire-client';

/** A bucket with object lock, one with a default retention, and two without object lock: `open` has versions, `plain` has none. */
export const lockedBuckets: MockS3Options = {
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { objectLock: true },
    monthly: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
    open: { versioning: 'Enabled' },
    plain: {},
  },
};

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export function putDocument(path: string, body: string, headers: WireCall['headers'] = {}) {
  return send({ method: 'PUT', path, body, headers: { 'Content-MD5': md5Of(body), ...headers } });
}

export const lockConfiguration = (content: string) =>
  `<ObjectLockConfiguration ${namespace}>${content}</ObjectLockConfiguration>`;

export const lockRule = (retention: string) =>
  lockConfiguration(
    `<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>${retention}</DefaultRetention></Rule>`,
  );

export const retention = (content: string) => `<Retention ${namespace}>${content}</Retention>`;

export const retained = (mode: string, until: string) =>
  retention(`<Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate>`);

export const legalHold = (status: string) => `<LegalHold ${namespace}><Status>${status}</Status></LegalHold>`;

export const bypass = { 'x-amz-bypass-governance-retention': 'true' };

export const locked = refusal(403, 'AccessDenied', 'Access Denied because object protected by object lock.');

export const malformed = { status: 400, text: malformedXml } as const;

export const digestMissing = refusal(
  400,
  'InvalidRequest',
  'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
);

export const lockMissing = refusal(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration');
