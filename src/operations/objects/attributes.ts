import { listParts } from '../../model/versions/content';
import type { ObjectContent, ObjectPart } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { header, query } from '../../shapes/places';
import { asText, boolean, converted, httpDate, integer, judged, long, text, wordList } from '../../shapes/values';
import { writeValue } from '../../text/values';
import { checksumElements, checksumTypeElement } from '../members/checksums';
import {
  checkCustomerKey,
  checkKmsKey,
  checkReadIsSecure,
  customerKeyMembers,
  readSentKey,
} from '../members/encryption';
import { checksumOutput, givenVersionId, versionIdMember } from '../members/objects';
import { operation } from '../operation';
import { answeredVersionId, checkSentVersionId, requireObject } from './addressing';

const pageLimit = 1000;

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;

type Attribute = (typeof attributes)[number];

/** S3 refuses an unknown name before it reads the caller (F75). */
const attributeNames = judged(
  converted(wordList(...attributes), (characters) => readNames(characters) as readonly Attribute[]), // the others are refused
  (characters, ArgumentName) => {
    const ArgumentValue = readNames(characters).find((name) => !isAttribute(name));
    return ArgumentValue === undefined
      ? undefined
      : new S3Error(
          'AttributeNameInvalid',
          { ArgumentName, ArgumentValue },
          `ObjectAttributes names ${writeValue(ArgumentValue)}: name one or several of ${attributes.join(', ')}`,
        );
  },
);

function isAttribute(name: string): name is Attribute {
  return attributes.some((attribute) => attribute === name);
}

/** S3 ignores commas at the end. */
function readNames(characters: string): readonly string[] {
  if (characters === '') return [''];
  const names = characters.split(',');
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1).map((name) => name.trim());
}

export const getObjectAttributes = operation('GET /{Bucket}/{Key+}?attributes', {
  action: ({ VersionId }) =>
    VersionId === undefined
      ? ['s3:GetObject', 's3:GetObjectAttributes']
      : ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
  findObject: requireObject,
  dialect: 'aws',
  root: 'GetObjectAttributesResponse',
  knowsLength: true,
  undeclaredRefusals: ['KmsKeyWithoutKms', 'AttributesMissing', 'NoSuchKey', 'NoSuchVersion'],
  input: {
    VersionId: query('versionId', givenVersionId, { stage: 'query' }),
    ObjectAttributes: header('x-amz-object-attributes', attributeNames, { stage: 'query' }),
    MaxParts: header('x-amz-max-parts', integer),
    PartNumberMarker: header('x-amz-part-number-marker', asText(integer)),
    ...customerKeyMembers,
  },
  output: {
    LastModified: header('Last-Modified', httpDate),
    ...versionIdMember,
    ETag: element(text),
    Checksum: element({ ...checksumElements, ...checksumTypeElement }),
    ObjectParts: element({
      TotalPartsCount: element(long, 'PartsCount'),
      PartNumberMarker: element(long),
      NextPartNumberMarker: element(long),
      MaxParts: element(long),
      IsTruncated: element(boolean),
      Parts: required(list({ PartNumber: element(long), Size: element(long), ...checksumElements }, 'Part')),
    }),
    StorageClass: element(text),
    ObjectSize: element(long),
  },
  handle(context, { Key, VersionId, ObjectAttributes = [], MaxParts, PartNumberMarker, ...input }) {
    const { store, bucket, request } = context;
    checkSentVersionId(context, VersionId);
    if (ObjectAttributes.length === 0) throw new S3Error('AttributesMissing');
    checkReadIsSecure(request, input);
    const version = requireObject(context, Key, VersionId);
    const { content } = version;
    checkCustomerKey(content.encryption, readSentKey(request, input, 'may lack digest'));
    // S3 decrypts even if only the size is asked for (F632).
    checkKmsKey(context, content.encryption);
    const asked = new Set(ObjectAttributes);
    const checksum = asked.has('Checksum') ? writeChecksum(content) : undefined;
    const parts = asked.has('ObjectParts') ? writeParts(content, { MaxParts, PartNumberMarker }) : undefined;
    return {
      LastModified: new Date(version.created),
      VersionId: answeredVersionId(store, bucket, version),
      ...(asked.has('ETag') && { ETag: content.etag }),
      ...(checksum && { Checksum: checksum }),
      ...(parts && { ObjectParts: parts }),
      ...(asked.has('StorageClass') && { StorageClass: content.storageClass }),
      ...(asked.has('ObjectSize') && { ObjectSize: content.body.length }),
    };
  },
});

/** If a checksum is made of the parts' checksums, this answer leaves out their number (F75). */
function writeChecksum({ checksum }: ObjectContent) {
  return checksum && checksumOutput({ ...checksum, value: checksum.value.replace(/-\d+$/, '') });
}

interface PartsPage {
  readonly MaxParts?: number | undefined;
  readonly PartNumberMarker?: string | undefined;
}

/** If the checksum is one of the checksums of the parts, a page of these follows (F75). */
function writeParts(content: ObjectContent, { MaxParts = pageLimit, PartNumberMarker = '0' }: PartsPage) {
  const { checksum } = content;
  const parts = listParts(content);
  if (parts === undefined) return undefined;
  if (checksum?.type !== 'COMPOSITE') return { TotalPartsCount: parts.length, Parts: [] };
  const marker = Number(PartNumberMarker);
  if (marker < 0) throw new S3Error('PartMarkerNegative').quoting({ 'x-amz-part-number-marker': PartNumberMarker });
  const rest = parts.filter(({ number }) => number > marker);
  const page = rest.slice(0, Math.max(0, Math.min(MaxParts, pageLimit)));
  return {
    ...makePageEnd(page, rest, MaxParts),
    MaxParts,
    PartNumberMarker: marker,
    Parts: page.map(({ number, size, checksum: own }) => ({
      ...(own && { [`Checksum${own.algorithm}`]: own.value }),
      PartNumber: number,
      Size: size,
    })),
    TotalPartsCount: parts.length,
  };
}

/** With a limit of 0, the page is the last page. With a negative limit it is not, and the limit is the next marker (F193). */
function makePageEnd(page: readonly ObjectPart[], rest: readonly ObjectPart[], MaxParts: number) {
  if (MaxParts < 0) return { IsTruncated: true, NextPartNumberMarker: MaxParts };
  return { IsTruncated: MaxParts > 0 && page.length < rest.length, NextPartNumberMarker: page.at(-1)?.number ?? 0 };
}
