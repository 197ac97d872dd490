import { parseHttpDate, parseIsoDate } from '../../formats/dates';
import type { Bucket } from '../../model/bucket';
import type { ProtectionPolicy } from '../../model/configurations/protection';
import {
  type AskedProtection,
  checkPeriod,
  type LegalHold,
  legalHoldId,
  periodUntil,
  retentionEnd,
} from '../../model/protection';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { header } from '../../shapes/places';
import { converted, dateWithMilliseconds, httpDate, long, refusing, text, word } from '../../shapes/values';
import { writeKey } from '../../text/values';

const ofCos = { dialect: 'ibm-cos' } as const;

const basicForm = /^(\d{4})(\d{2})(\d{2}T\d{2})(\d{2})(\d{2}Z)$/;

/** COS takes both forms of ISO 8601; IBM's SDK for Java sends the form of HTTP (F822). */
function readRetentionDate(sent: string): Date | undefined {
  const milliseconds = parseIsoDate(sent.replace(basicForm, '$1-$2-$3:$4:$5')) ?? parseHttpDate(sent);
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}

const invalid = 'RetentionHeaderInvalid';

/** A number of seconds, or a word for no end as a number below zero. */
export const seconds = refusing(long, invalid);
export const retentionDate = refusing(converted(dateWithMilliseconds, readRetentionDate), invalid);

export const newProtectionMembers = {
  RetentionPeriod: header('Retention-Period', seconds, ofCos),
  RetentionExpirationDate: header('Retention-Expiration-Date', retentionDate, ofCos),
  RetentionLegalHoldId: header('Retention-Legal-Hold-ID', text, ofCos),
};

const directives = ['COPY', 'REPLACE'] as const;
type Directive = (typeof directives)[number];

/** The member of a copy that keeps the protection of its source. IBM's examples write `Copy`, and its SDKs know `COPY` (F826). */
export const retentionDirectiveMember = {
  RetentionDirective: header(
    'Retention-Directive',
    refusing(
      converted(word(...directives), (sent) => directives.find((one) => one === sent.toUpperCase())),
      invalid,
    ),
    ofCos,
  ),
};

export const protectionMembers = {
  RetentionPeriod: header('Retention-Period', long, ofCos),
  RetentionExpirationDate: header('Retention-Expiration-Date', httpDate, ofCos),
  RetentionLegalHoldCount: header('Retention-Legal-Hold-Count', long, ofCos),
  RetentionPeriodSource: header('Retention-Period-Source', text, ofCos),
};

/** F824 */
export function protectionOutput({ created, protection }: ObjectVersion) {
  if (protection === undefined) return undefined;
  const { period, source, holds } = protection;
  return {
    RetentionPeriod: period,
    RetentionExpirationDate: findRetentionEnd(created, period),
    RetentionLegalHoldCount: holds.length === 0 ? undefined : holds.length,
    RetentionPeriodSource: source,
  };
}

export function findRetentionEnd(created: number, period: number): Date | undefined {
  return period < 0 ? undefined : new Date(retentionEnd(created, { period }));
}

export interface NamedProtection {
  readonly RetentionPeriod?: number;
  readonly RetentionExpirationDate?: Date;
  readonly RetentionLegalHoldId?: string;
}

/** F822, F823 */
export function readProtection(named: NamedProtection, { settings }: Bucket, now: number): AskedProtection | undefined {
  const { RetentionPeriod, RetentionExpirationDate, RetentionLegalHoldId } = named;
  if ((RetentionPeriod ?? RetentionExpirationDate ?? RetentionLegalHoldId) === undefined) return undefined;
  const policy = requirePolicy(settings);
  const period = readPeriod(named, now);
  if (period !== undefined) checkPeriod(policy, period);
  return { period, holds: RetentionLegalHoldId === undefined ? [] : [readHold(RetentionLegalHoldId, now)] };
}

function requirePolicy({ protection }: Bucket['settings']): ProtectionPolicy {
  if (protection) return protection;
  throw new S3Error('RetentionWithoutProtection', {}, 'the bucket has no retention policy: PUT ?protection sets one');
}

function readPeriod({ RetentionPeriod, RetentionExpirationDate }: NamedProtection, now: number): number | undefined {
  if (RetentionExpirationDate === undefined) return RetentionPeriod;
  if (RetentionPeriod !== undefined)
    throw new S3Error(
      'RetentionTwice',
      {},
      'the request has both Retention-Period and Retention-Expiration-Date, and only one of them is allowed',
    );
  const period = periodUntil(now, RetentionExpirationDate.getTime());
  if (period >= 0) return period;
  // A number below zero would be a retention without an end.
  throw new S3Error('RetentionOutOfRange', {}, 'Retention-Expiration-Date is in the past');
}

export function readHold(id: string, since: number): LegalHold {
  if (legalHoldId.test(id)) return { id, since };
  const rule = "1 to 64 letters, digits or any of ! _ . * ( ) ' -";
  throw new S3Error('LegalHoldIdInvalid', {}, `the id of a legal hold is ${rule}, and not ${writeKey(id)}`);
}

/** Reads the protection of a copy: its own protection, or the protection of its source, with holds that begin now (F826). */
export function readCopiedProtection(
  named: NamedProtection & { readonly RetentionDirective?: Directive },
  bucket: Bucket,
  source: ObjectVersion,
  now: number,
): AskedProtection | undefined {
  const own = readProtection(named, bucket, now);
  if (named.RetentionDirective === undefined) return own;
  const policy = requirePolicy(bucket.settings);
  if (named.RetentionDirective === 'REPLACE') return own;
  if (own !== undefined)
    throw new S3Error(
      'RetentionBesideCopy',
      {},
      'Retention-Directive is COPY, and the copy names a retention of its own',
    );
  if (source.protection === undefined) return undefined;
  const { period, holds } = source.protection;
  checkPeriod(policy, period);
  return { period, holds: holds.map(({ id }) => ({ id, since: now })) };
}
