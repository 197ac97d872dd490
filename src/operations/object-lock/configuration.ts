import type { Dialect } from '../../dialects';
import { type DefaultRetention, problemOfPeriod } from '../../model/object-lock';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot, malformedIfSent, required } from '../../shapes/elements';
import { header, payload } from '../../shapes/places';
import type { Members } from '../../shapes/shape';
import { integer, words } from '../../shapes/values';
import { eventHoldElements, retentionMode } from '../members/object-lock';
import { operation } from '../operation';

const defaultRetention = { Mode: required(element(retentionMode)), Days: element(integer), Years: element(integer) };

const configuration = configurationWith(defaultRetention);
/** S3 has newer holds until an event, which the mock lacks. */
const configurationInput = configurationWith({
  ...defaultRetention,
  DefaultEventHold: malformedIfSent(element(eventHoldElements)),
});

function configurationWith<const S extends Members>(retention: S) {
  return {
    ObjectLockEnabled: required(element(words('Enabled'))),
    Rule: element({ DefaultRetention: required(element(retention)) }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const putObjectLockConfiguration = operation('PUT /{Bucket}?object-lock', {
  action: 's3:PutBucketObjectLockConfiguration',
  digest: 'required',
  input: { Token: header('x-amz-bucket-object-lock-token'), ObjectLockConfiguration: payload(configurationInput) },
  handle({ bucket, request }, { ObjectLockConfiguration: { Rule } }) {
    const retention = readRule(Rule, request.dialect);
    if (bucket.versioning.Status !== 'Enabled')
      throw new S3Error('LockNeedsVersioning').quoting({
        'the Status of its versioning': bucket.versioning.Status ?? 'not set',
      });
    bucket.change({ objectLock: true, defaultRetention: retention });
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = operation('GET /{Bucket}?object-lock', {
  action: 's3:GetBucketObjectLockConfiguration',
  root: 'ObjectLockConfiguration',
  output: { ObjectLockConfiguration: inRoot(configuration) },
  handle({ bucket: { name, objectLock, defaultRetention } }) {
    if (!objectLock) throw new S3Error('NoLockConfiguration', { BucketName: name });
    const Rule = defaultRetention && { DefaultRetention: defaultRetention };
    return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(Rule && { Rule }) } as const };
  },
});

/**
 * Reads the default retention of a rule, or throws S3's refusal (F102). A configuration without a rule has no default retention, and COS
 * refuses it (F103).
 */
function readRule(
  rule: { readonly DefaultRetention: DefaultRetention } | undefined,
  dialect: Dialect,
): DefaultRetention | undefined {
  if (rule === undefined) {
    if (dialect.buckets.lockNeedsRule) throw new S3Error('MalformedXML', {}, 'the configuration has no Rule');
    return undefined;
  }
  const { Days, Years } = rule.DefaultRetention;
  if ((Days === undefined) === (Years === undefined))
    throw new S3Error('MalformedXML', {}, 'a default retention has either Days or Years');
  const found = problemOfPeriod(Days, Years);
  if (found === undefined) return rule.DefaultRetention;
  const refusal = found.problem === 'not positive' ? 'DefaultRetentionNotPositive' : 'DefaultRetentionTooLong';
  throw new S3Error(refusal, { ArgumentName: found.unit }).quoting({ [found.unit]: Days ?? Years });
}
