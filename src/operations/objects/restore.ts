import { objectAclWords } from '../../model/access/canned-acl';
import { restoreTiers } from '../../model/archives/archive-state';
import { checkRestorable, listTiers, type RestoreRules, restoreVersion } from '../../model/archives/restore';
import { refusalForSchema } from '../../protocol/document/element-traits';
import { S3Error } from '../../refusals/s3-error';
import { element, wrappedList } from '../../shapes/elements';
import { header, type Input, payload, query, status } from '../../shapes/places';
import { integer, text, word } from '../../shapes/values';
import { writeAlternatives } from '../../text/lists';
import { writeGiven } from '../../text/values';
import { sentMembers } from '../lacking/sent-members';
import { grantElements } from '../members/grants';
import { givenVersionId } from '../members/objects';
import { storageClasses } from '../members/words';
import { operation } from '../operation';
import { answeredVersionId, requireObject } from './addressing';

const tier = element(word(...restoreTiers));
const { InputSerialization, OutputSerialization } = sentMembers.SelectObjectContent;

// The elements of a restore that selects by SQL. S3 has closed it to new customers: they are read, recorded and refused.

const selectParameters = {
  InputSerialization: element(InputSerialization.members),
  ExpressionType: element(word('SQL')),
  Expression: element(text),
  OutputSerialization: element(OutputSerialization.members),
};

const location = {
  BucketName: element(text),
  Prefix: element(text),
  Encryption: element({
    EncryptionType: element(word('AES256', 'aws:backup', 'aws:fsx', 'aws:kms', 'aws:kms:dsse')),
    KMSKeyId: element(text),
    KMSContext: element(text),
  }),
  CannedACL: element(word(...objectAclWords)),
  AccessControlList: wrappedList(grantElements, 'Grant'),
  Tagging: element({ TagSet: wrappedList({ Key: element(text), Value: element(text) }, 'Tag') }),
  UserMetadata: wrappedList({ Name: element(text), Value: element(text) }, 'MetadataEntry'),
  StorageClass: element(word(...storageClasses)),
};

const restoreInput = {
  VersionId: query('versionId', givenVersionId, { stage: 'query' }),
  RestoreRequest: payload({
    Days: element(integer),
    GlacierJobParameters: element({ Tier: tier }),
    Type: element(word('SELECT')),
    Tier: tier,
    Description: element(text),
    SelectParameters: element(selectParameters),
    OutputLocation: element({ S3: element(location) }),
  }),
};

type RestoreRequest = Input<typeof restoreInput>['RestoreRequest'];

export const restoreObject = operation('POST /{Bucket}/{Key+}?restore', {
  digest: 'required by ibm-cos',
  action: 's3:RestoreObject',
  // IBM's own SDK sends no digest (F813).
  input: restoreInput,
  output: { VersionId: header('x-amz-version-id', text, { dialect: 'aws' }), StatusCode: status<200 | 202>() },
  // S3 judges the object before it reads the document (F802).
  checkObject(context, key, versionId) {
    checkRestorable(requireObject(context, key, versionId), context.request.dialect.restores);
  },
  handle(context, { Key, VersionId, RestoreRequest }) {
    const { store, bucket, request } = context;
    const { restores } = request.dialect;
    const wish = readWish(RestoreRequest, restores);
    const version = requireObject(context, Key, VersionId);
    const isOngoing = restoreVersion(store, bucket, version, wish, restores);
    return {
      VersionId: answeredVersionId(store, bucket, version),
      StatusCode: isOngoing ? (202 as const) : (200 as const),
    };
  },
});

/** Whichever archive the object is in (F802). */
function readWish(sent: RestoreRequest, rules: RestoreRules) {
  const { Days: days, GlacierJobParameters, Type, SelectParameters, OutputLocation } = sent;
  if (Type === 'SELECT')
    throw new S3Error('RestoreBySelect', {}, 'it selects from the object, which S3 no longer offers');
  if (Type !== undefined) throw refusalForSchema(`Type is ${writeGiven(Type)}; it is 'SELECT' or left out`);
  if (SelectParameters !== undefined || OutputLocation !== undefined)
    throw refusalForSchema("SelectParameters and OutputLocation need the Type 'SELECT'");
  if (sent.Tier !== undefined) throw refusalForSchema('Tier is next to Days; give Tier in GlacierJobParameters');
  const wanted = GlacierJobParameters?.Tier;
  const known = listTiers(rules);
  if (wanted !== undefined && !known.includes(wanted))
    throw refusalForSchema(`Tier is ${writeGiven(wanted)}; expected ${writeAlternatives(known)}`);
  return { days, tier: wanted };
}
