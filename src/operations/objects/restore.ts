import type { RestoreTier } from '../../model/archives/archive-state';
import { type RestoreRules, restoreVersion, tiersOf } from '../../model/archives/restore';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { type Input, payload, query, status } from '../../shapes/places';
import { long, text, word } from '../../shapes/values';
import { alternatives } from '../../text/lists';
import { writeGiven } from '../../text/values';
import { givenVersionId } from '../members/objects';
import { operation } from '../operation';
import { changeableVersion } from './addressing';
import { selectElements } from './select-elements';

const tier = element(word<RestoreTier>());

const restoreInput = {
  VersionId: query('versionId', givenVersionId, { stage: 'query' }),
  RestoreRequest: payload({
    Days: element(long),
    GlacierJobParameters: element({ Tier: tier }),
    Type: element(word<'SELECT'>()),
    Tier: tier,
    Description: element(text),
    ...selectElements,
  }),
};

type RestoreRequest = Input<typeof restoreInput>['RestoreRequest'];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
export const restoreObject = operation('POST /{Bucket}/{Key+}?restore', {
  action: 's3:RestoreObject',
  // IBM's own SDK sends no digest (F813).
  input: restoreInput,
  // The answer names no version, though the request may (F802).
  output: { StatusCode: status<200 | 202>() },
  handle(context, { Key, VersionId, RestoreRequest }) {
    const { store, bucket, request } = context;
    const { restores } = request.dialect;
    const wish = readWish(RestoreRequest, restores);
    const version = changeableVersion(context, { bucket, key: Key, versionId: VersionId }, true);
    const isOngoing = restoreVersion(store, bucket, version, wish, restores);
    return { StatusCode: isOngoing ? (202 as const) : (200 as const) };
  },
});

/** Reads what the document asks for, or throws what S3 refuses in it, whatever the version is (F802). */
function readWish(sent: RestoreRequest, rules: RestoreRules) {
  const { Days: days, GlacierJobParameters, Type, SelectParameters, OutputLocation } = sent;
  const selects = Type !== undefined || SelectParameters !== undefined || OutputLocation !== undefined;
  if (selects) throw new S3Error('RestoreBySelect', {}, 'it selects from the object, which S3 has closed');
  if (days !== undefined && days < 1) throw new S3Error('MalformedXML', {}, `Days is ${days}; it is 1 or more`);
  const wanted = GlacierJobParameters?.Tier ?? sent.Tier;
  const known = tiersOf(rules);
  if (wanted !== undefined && !known.includes(wanted))
    throw new S3Error('MalformedXML', {}, `Tier is ${writeGiven(wanted)}; expected ${alternatives(known)}`);
  return { days, tier: wanted };
}
