import type { Dialect } from '../../dialects';
import { type DefaultRetention, problemOfPeriod } from '../../model/object-lock';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot, required } from '../../shapes/elements';
import { header, mebibyte, payload } from '../../shapes/places';
import { integer, words } from '../../shapes/values';
import { checkHoldDuration, eventHoldElements, problemOfUnits, retentionMode } from '../members/object-lock';
import { operation } from '../operation';

const configuration = {
  ObjectLockEnabled: required(element(words('Enabled'))),
  Rule: element({
    DefaultRetention: required(
      element({
        Mode: required(element(retentionMode)),
        Days: element(integer),
        Years: element(integer),
        DefaultEventHold: element(eventHoldElements),
      }),
    ),
  }),
};

export const putObjectLockConfiguration = operation('PUT /{Bucket}?object-lock', {
  action: 's3:PutBucketObjectLockConfiguration',
  digest: 'required',
  input: {
    Token: header('x-amz-bucket-object-lock-token'),
    ObjectLockConfiguration: payload(configuration, { maxBytes: 2 * mebibyte }),
  },
  handle({ bucket, request }, { ObjectLockConfiguration: { Rule } }) {
    const retention = readRule(Rule, request.dialect);
    if (bucket.versioning.Status !== 'Enabled')
      throw new S3Error('LockNeedsVersioning').quoting({
        'the Status of its versioning': bucket.versioning.Status ?? 'not set',
      });
    bucket.change({ objectLock: true, defaultRetention: retention });
  },
});

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

/** Throws S3's refusal (F102). A configuration without a rule has no default retention. */
function readRule(
  rule: { readonly DefaultRetention: DefaultRetention } | undefined,
  dialect: Dialect,
): DefaultRetention | undefined {
  if (rule === undefined) return undefined;
  const { Days, Years, DefaultEventHold: hold } = rule.DefaultRetention;
  if (hold && !dialect.objects.haveEventHolds) throw new S3Error('MalformedXML', {}, 'IBM COS has no event holds');
  const problem = hold && problemOfUnits(hold);
  if (problem !== undefined) throw new S3Error('MalformedXML', {}, problem);
  if (dialect.objects.locks.havePeriodsInSchema && (Days ?? Years ?? 0) < 1)
    throw new S3Error('MalformedXML', {}, 'a default retention has Days or Years, and at least one');
  if (Days === undefined && Years === undefined && hold === undefined)
    throw new S3Error('DefaultRetentionWithoutPeriod').because(
      'a default retention has Days, Years or a DefaultEventHold',
    );
  if (Days !== undefined && Years !== undefined)
    throw new S3Error('MalformedXML', {}, 'a default retention has either Days or Years');
  if (hold) checkHoldDuration(hold);
  const found = (Days ?? Years) === undefined ? undefined : problemOfPeriod(Days, Years);
  if (found === undefined) return rule.DefaultRetention;
  const refusal = found.problem === 'not positive' ? 'DefaultRetentionNotPositive' : 'DefaultRetentionTooLong';
  const least = `${found.unit} of a default retention counts whole ${found.unit.toLowerCase()}`;
  const why = `${found.unit} is ${Days ?? Years}: ${least} from 1 to ${found.unit === 'Days' ? '36,500' : '100'}`;
  throw new S3Error(refusal, { ArgumentName: found.unit, ArgumentValue: String(Days ?? Years) }, why);
}
