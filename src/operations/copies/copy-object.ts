import { checksumAlgorithms } from '../../formats/digests';
import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { readAlgorithm } from '../../model/uploads/checksums';
import { copyAnnotations } from '../../model/versions/annotations';
import { copyContent, standard } from '../../model/versions/content';
import { areEncryptedAlike, hasOwnEncryption } from '../../model/versions/encryption';
import { type Encryption, isObject, type Version } from '../../model/versions/version';
import { putVersion } from '../../model/versions/writes';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot } from '../../shapes/elements';
import { header } from '../../shapes/places';
import type { Members } from '../../shapes/shape';
import { date, dateWithMilliseconds, refusing, sentName, sentText, text, word, words } from '../../shapes/values';
import { readAclOfWrite } from '../members/acl';
import { newObjectActions } from '../members/actions';
import { checksumElements, checksumTypeElement, plainETag } from '../members/checksums';
import { checkCustomerKeyAllowed, checkNewCustomerKey, encryptionMembers } from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { readNewLock } from '../members/object-lock';
import {
  answeredClass,
  checksumOutput,
  newObjectMembers,
  readDescription,
  versionIdMember,
  writtenClassMember,
} from '../members/objects';
import { newProtectionMembers, readCopiedProtection, retentionDirectiveMember } from '../members/protection';
import { answeredVersionId } from '../objects/addressing';
import { checkStrayParameters, checkWriteCondition, writtenVersionId } from '../objects/write';
import { type Context, operation } from '../operation';
import {
  type CopySource,
  checkCopiedSize,
  checkHasNoBody,
  checkSource,
  copySourceMembers,
  copySourceVersionId,
  describeSource,
  findCopySource,
  readSourceKey,
  refusalForSourceId,
} from './source';

const annotationDirectiveName = 'x-amz-object-annotation-directive';

const annotationDirective = refusing(words('COPY', 'EXCLUDE'), 'DirectiveUnknown', detailsOf('annotation'));

export const copyObject = operation('PUT /{Bucket}/{Key+}', {
  // S3 ignores tags unless a directive asks for them.
  action: ({ TaggingDirective, Tagging, ...input }, rules) =>
    newObjectActions({ ...input, ...(TaggingDirective === 'REPLACE' && { Tagging }) }, rules),
  checkBlocked: (context) => readAclOfWrite(context, 's3:CopyObject'),
  checkCustomerKey: checkNewCustomerKey,
  checkSource,
  requires: 'x-amz-copy-source',
  refusalOfAnonymous: () => new S3Error('AnonymousCopyNotAllowed'),
  slow: 'whole',
  mayFailIn200: true,
  root: 'CopyObjectResult',
  contentType: 'application/xml',
  input: {
    ...copySourceMembers,
    ...newObjectMembers,
    ...newProtectionMembers,
    ...retentionDirectiveMember,
    MetadataDirective: header('x-amz-metadata-directive', directive('metadata')),
    TaggingDirective: header('x-amz-tagging-directive', directive('tagging')),
    AnnotationDirective: header(annotationDirectiveName, annotationDirective, { ignoredBy: 'ibm-cos' }),
    ChecksumAlgorithm: header('x-amz-checksum-algorithm', word(...checksumAlgorithms)),
    IfMatch: header('If-Match'),
    IfNoneMatch: header('If-None-Match'),
  },
  output: {
    ...copySourceVersionId,
    ...expirationMember,
    ...versionIdMember,
    ...encryptionMembers,
    ...writtenClassMember,
    CopyObjectResult: inRoot(copyElements(date, plainETag)),
  },
  // F171
  outputIn: { 'ibm-cos': { CopyObjectResult: inRoot(copyElements(dateWithMilliseconds, element(text))) } },
  handle(context, { Key, Metadata = {}, Tagging = '', ChecksumAlgorithm, ...input }) {
    const { store, bucket, request, now } = context;
    checkStrayParameters(request.query);
    checkHasNoBody(request);
    const sourceKey = readSourceKey(context, input);
    checkCustomerKeyAllowed(context, input, 's3:CopyObject');
    const checksumAlgorithm = readAlgorithm(ChecksumAlgorithm, request.dialect.objects.checksumAlgorithms);
    // S3 ignores metadata and tags unless a directive asks for them.
    const replaced = input.MetadataDirective === 'REPLACE';
    const retagged = input.TaggingDirective === 'REPLACE';
    const described = readDescription(
      context,
      { ...input, ...(retagged && { Tagging }) },
      replaced ? Metadata : {},
      's3:CopyObject',
    );
    // A lock belongs to one version: it is never copied.
    const lock = readNewLock(request, bucket, now);
    const source = findCopySource(context, input, sourceKey, refusalForSourceId);
    checkCopiedSize(source.version.content.body.length);
    if (!replaced && isItself(context, Key, source) && !changes(context, described.encryption, source))
      throw new S3Error(
        'CopyToItself',
        {},
        `without MetadataDirective: 'REPLACE' S3 ignores the metadata and the headers of the request: send it with all that the object should have${writeOtherCures(context, Key)}`,
      );
    const protection = readCopiedProtection(input, bucket, source.version, now);
    const { tags: sourceTags, annotations: sourceAnnotations } = source.version;
    if (!retagged && sourceTags.length > 0) checkPartCopied(context, Key, source, { name: 'Tagging', words: 'tags' });
    const isAnnotated =
      sourceAnnotations !== undefined && readAnnotationDirective(input, context.request) !== 'EXCLUDE';
    if (isAnnotated) checkPartCopied(context, Key, source, { name: 'Annotation', words: 'annotations' });
    checkWriteCondition(context, Key);
    const content = copyContent(store.ids, source.version.content, {
      ...described,
      metadata: replaced ? described.metadata : undefined,
      checksumAlgorithm,
    });
    const tags = retagged ? described.tags : sourceTags;
    const { acl } = described;
    const annotations = isAnnotated
      ? copyAnnotations(store.ids, source.version, { ...content, checksumAlgorithm, modified: now })
      : undefined;
    const copy = { key: Key, content, tags, lock, protection, acl, ...(annotations && { annotations }), created: now };
    const idForm = request.dialect.objects.versionIds;
    const version = putVersion(store, bucket, { ...copy, idForm });
    return {
      CopySourceVersionId: source.answeredVersionId,
      Expiration: expirationOutput(bucket, version),
      VersionId: copyVersionId(store, bucket, version),
      ...content.encryption,
      StorageClass: answeredClass(content),
      CopyObjectResult: {
        LastModified: new Date(version.created),
        ETag: `"${content.etag}"`,
        ...checksumOutput(content.checksum),
      },
    };
  },
});

function copyElements<const ETag extends Members[string]>(
  modified: typeof date | typeof dateWithMilliseconds,
  ETag: ETag,
) {
  return { LastModified: element(modified), ETag, ...checksumElements, ...checksumTypeElement };
}

function directive(name: 'metadata' | 'tagging') {
  return refusing(words('COPY', 'REPLACE'), 'DirectiveUnknown', detailsOf(name));
}

function detailsOf(directive: 'metadata' | 'tagging' | 'annotation') {
  return { directive, ArgumentName: sentName, ArgumentValue: sentText };
}

/** Reads the directive from the header, or from the query, in which a request that is signed in a header can have it, too (F843). */
function readAnnotationDirective(
  { AnnotationDirective }: { readonly AnnotationDirective?: string | undefined },
  { query }: Context['request'],
): string | undefined {
  const sent = AnnotationDirective ?? query.get(annotationDirectiveName);
  if (sent === undefined || sent === 'COPY' || sent === 'EXCLUDE') return sent;
  const details = { directive: 'annotation', ArgumentName: annotationDirectiveName, ArgumentValue: sent } as const;
  throw new S3Error('DirectiveUnknown', details);
}

/** Throws unless the caller can read the tags or annotations of the source and give them to the copy (F521, F843). */
function checkPartCopied(
  { checkAccess }: Context,
  key: string,
  source: CopySource,
  part: { readonly name: 'Tagging' | 'Annotation'; readonly words: string },
): void {
  const { bucket, version, versionId } = source;
  const action = `s3:GetObject${versionId === undefined ? '' : 'Version'}${part.name}` as const;
  const write = `s3:PutObject${part.name}` as const;
  const needs = `${describeSource(source)} has ${part.words}, and a copy with them needs ${action} and ${write}`;
  checkAccess({ action, bucket, key: version.key, versionId }, needs);
  checkAccess({ action: write, key }, needs);
}

/** A version that the request names is not the key itself, even if it is current (F94). */
function isItself({ bucket }: Context, Key: string, source: CopySource): boolean {
  return source.bucket === bucket && source.version.key === Key && source.versionId === undefined;
}

/** The headers that S3 ignores in a copy onto itself, with the operation that changes the same and nothing else. */
const curesOfHeaders = [
  { names: /^x-amz-tagging$/, cure: 'to change the tags alone, send PutObjectTagging' },
  { names: /^x-amz-(?:acl|grant-.*)$/, cure: 'to change the ACL alone, send PutObjectAcl' },
  { names: /^x-amz-object-lock-(?:mode|retain-.*)$/, cure: 'to change the retention alone, send PutObjectRetention' },
  { names: /^x-amz-object-lock-legal-hold$/, cure: 'to change the legal hold alone, send PutObjectLegalHold' },
] as const;

const describing = /^(?:x-amz-meta-.*|content-(?:type|disposition|encoding|language)|cache-control|expires)$/;

/** A copy can mean an older version only if it names nothing that the object should get. */
function writeOtherCures({ bucket, request: { headers } }: Context, key: string): string {
  const sent = [...headers.keys()];
  const cures = curesOfHeaders.flatMap(({ names, cure }) =>
    sent.some((name) => names.test(name)) ? [`; ${cure}`] : [],
  );
  const isDescribed =
    sent.some((name) => describing.test(name)) || headers.get('x-amz-tagging-directive') === 'REPLACE';
  return cures.length === 0 && !isDescribed && hasOlder(bucket, key)
    ? '; to bring back an older version, write ?versionId= and its id behind the CopySource'
    : cures.join('');
}

/** Whether a key has an older version than the current one that a copy could bring back. */
function hasOlder(bucket: Bucket, key: string): boolean {
  const [, ...older] = bucket.unobserved(() => [...bucket.versions.of(key)]);
  return older.some(isObject);
}

/** Whether a copy onto itself changes anything beside metadata; tags do not count, and an encryption of the bucket's own does (F94). */
function changes({ request, bucket }: Context, written: Encryption, { version }: CopySource): boolean {
  if (request.dialect.objects.areEncrypted && hasOwnEncryption(bucket)) return true;
  if (!areEncryptedAlike(written, version.content.encryption)) return true;
  // Without a class the copy is STANDARD, which is a change if the present version stays as a noncurrent one.
  if (version.content.storageClass !== standard && bucket.versioning.Status === 'Enabled') return true;
  return [...request.headers.keys()].some((name) =>
    /^x-amz-(?:storage-class|website-redirect-location|checksum-algorithm|server-side-encryption.*)$/.test(name),
  );
}

/** A copy that replaces the null version of a suspended bucket has its id. There is no id while S3 does not know yet that versioning is enabled (F169). */
function copyVersionId(store: Store, bucket: Bucket, version: Version): string | undefined {
  return bucket.versioning.Status === 'Enabled'
    ? writtenVersionId(store, version)
    : answeredVersionId(store, bucket, version);
}
