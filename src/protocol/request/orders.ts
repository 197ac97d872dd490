import type { RefusalName, S3Error } from '../../refusals';
import type { Stage } from './stages';

/** A check of S3: what it demands of a request, and how it refuses a request that does not meet the demand. */
interface Row {
  readonly check: string;
  readonly refusals: readonly RefusalName[];
  /** The fact that has its place, or says that nobody knows it. */
  readonly fact: `F${number}`;
}

/** The checks of one family, in S3's order. */
export type Order = readonly Row[];

/** A function for each check of an order, and for no other. */
export type Checks<Rows extends Order, Subject> = {
  readonly [Name in Rows[number]['check']]: (subject: Subject) => void;
};

/** Makes one function of the checks, which carries them out in the order of the rows (docs/decisions/0071-orders-are-data.md). */
export function inOrder<Rows extends Order, Subject>(
  order: Rows,
  checks: Checks<Rows, Subject>,
): (subject: Subject) => void {
  const byName: Readonly<Record<string, (subject: Subject) => void>> = checks;
  const steps = order.flatMap(({ check }) => byName[check] ?? []);
  return (subject) => {
    for (const step of steps) step(subject);
  };
}

/** Makes one function of checks that return their refusal, for a reader that keeps it and goes on. */
export function findInOrder<Rows extends Order, Subject>(
  order: Rows,
  checks: { readonly [Name in Rows[number]['check']]: (subject: Subject) => S3Error | undefined },
): (subject: Subject) => S3Error | undefined {
  const byName: Readonly<Record<string, (subject: Subject) => S3Error | undefined>> = checks;
  const steps = order.flatMap(({ check }) => byName[check] ?? []);
  return (subject) => {
    for (const find of steps) {
      const refusal = find(subject);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

/** Returns a function that reads a value when the first check asks for it, and has it ready for those that follow. */
export function once<Value>(read: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/**
 * The checks of an operation on uploads: the checks before S3 checks the right, the checks of the stages from there on, and the checks of
 * the operation itself.
 */
export interface OperationOrder {
  readonly early: Order;
  readonly stages: readonly (Row & { readonly stage: Stage })[];
  readonly late: Order;
}

const hasId = { check: 'the request names an upload', refusals: ['PartNumberAlone'], fact: 'F1600' } as const;
const isOpen = { check: 'the upload is open', refusals: ['NoSuchUpload'], fact: 'F1600' } as const;
const wasBegun = { check: 'the upload was begun', refusals: ['NoSuchUpload'], fact: 'F1600' } as const;

const partNumber = {
  stage: 'access',
  check: 'the part number',
  refusals: ['PartNumberOutOfRange'],
  fact: 'F1601',
} as const;
const right = { stage: 'access', check: 'the right', refusals: ['AccessDenied'], fact: 'F525' } as const;
const noEncryption = {
  stage: 'head',
  check: 'no encryption is named',
  refusals: ['EncryptionNotSupported', 'KmsKeyWithoutKms'],
  fact: 'F431',
} as const;
const digestForms = {
  stage: 'digest form',
  check: 'the form of the digests',
  refusals: ['ContentMd5Invalid', 'ChecksumTwice', 'ChecksumInvalid'],
  fact: 'F27',
} as const;
const digests = {
  stage: 'digest',
  check: 'the digests',
  refusals: ['ContentMd5Mismatch', 'ChecksumMismatch'],
  fact: 'F27',
} as const;

// Nobody knows the places of these, nor the order among them (F1602).
const noVersionId = { check: 'no version id', refusals: ['VersionIdNotAccepted'], fact: 'F1602' } as const;
const allowedKey = { check: "customers' keys are allowed", refusals: ['CustomerKeyBlocked'], fact: 'F322' } as const;
const sameKey = {
  check: "the customer's key",
  refusals: ['PartEncryptionMissing', 'PartEncryptionDiffers'],
  fact: 'F95',
} as const;
const usableKey = { check: 'the key of KMS', refusals: ['KmsKeyDisabled'], fact: 'F632' } as const;

/** What S3 checks of a form as it reads it. */
export const formOrders = {
  head: [
    { check: 'the length', refusals: ['ContentLengthMissing'], fact: 'F572' },
    {
      check: 'no signature in a header',
      refusals: ['FormSignedInHeader', 'ContentSha256Missing'],
      fact: 'F1694',
    },
  ],
  content: [
    { check: 'the parts', refusals: ['FormMalformed'], fact: 'F562' },
    { check: 'the bytes before the file', refusals: ['FormFieldsTooLong'], fact: 'F562' },
    { check: 'one file', refusals: ['FormFileCount'], fact: 'F562' },
  ],
  key: [
    { check: 'a key', refusals: ['FormFieldMissing'], fact: 'F562' },
    { check: 'the key is not empty', refusals: ['FormKeyEmpty'], fact: 'F562' },
  ],
} as const satisfies Readonly<Record<string, Order>>;

export const orders = {
  PostObject: {
    early: [...formOrders.head, ...formOrders.content, ...formOrders.key],
    stages: [
      {
        stage: 'caller',
        check: 'the fields of the signature',
        refusals: ['FormFieldMissing', 'FormAlgorithmUnsupported', 'FormDateMalformed', 'FormCredentialMalformed'],
        fact: 'F564',
      },
      { stage: 'bucket', check: 'the bucket', refusals: ['NoSuchBucket'], fact: 'F564' },
      right,
      { stage: 'operation', check: 'the length of the key', refusals: ['KeyTooLong'], fact: 'F562' },
      {
        stage: 'policy',
        check: 'the document of the policy',
        refusals: ['FormPolicyEmpty', 'FormPolicyNotJson', 'FormPolicyExpirationMissing', 'FormConditionUnknown'],
        fact: 'F567',
      },
      { stage: 'policy', check: 'the time of the policy', refusals: ['FormPolicyExpired'], fact: 'F568' },
      { stage: 'policy', check: 'its conditions', refusals: ['FormConditionFailed'], fact: 'F568' },
      { stage: 'policy', check: 'a condition for each field', refusals: ['FormFieldUncovered'], fact: 'F568' },
      {
        stage: 'policy',
        check: 'the size of the file',
        refusals: ['FormFileTooLarge', 'FormFileTooSmall'],
        fact: 'F571',
      },
    ],
    late: [],
  },
  UploadPart: {
    early: [hasId, isOpen],
    stages: [partNumber, right, noEncryption, digestForms, digests],
    late: [
      noVersionId,
      allowedKey,
      sameKey,
      usableKey,
      {
        check: 'a digest and a signature for the lock',
        refusals: ['LockDigestMissing', 'LockUnsigned'],
        fact: 'F1602',
      },
      { check: "the upload's algorithm", refusals: ['ChecksumTypeMismatch'], fact: 'F83' },
    ],
  },
  UploadPartCopy: {
    early: [hasId, isOpen],
    stages: [
      partNumber,
      { stage: 'access', check: 'the form of the range', refusals: ['CopyRangeMalformed'], fact: 'F1601' },
      right,
      noEncryption,
    ],
    late: [
      noVersionId,
      { check: 'no body', refusals: ['CopyWithBody'], fact: 'F191' },
      { check: "the source's key", refusals: ['CustomerAlgorithmUnknown'], fact: 'F610' },
      allowedKey,
      sameKey,
      { check: 'the source', refusals: ['NoSuchKey', 'PreconditionFailed'], fact: 'F1602' },
      usableKey,
      { check: 'the range is in the source', refusals: ['CopyRangeBeyond', 'CopyRangeTooLong'], fact: 'F93' },
      { check: 'the size', refusals: ['CopySourceTooLarge'], fact: 'F1590' },
    ],
  },
  ListParts: {
    early: [
      isOpen,
      { check: 'max-parts is not negative', refusals: ['CountNegative'], fact: 'F1603' },
      { check: 'part-number-marker is not negative', refusals: ['CountNegative'], fact: 'F1603' },
    ],
    stages: [right],
    late: [
      { check: "the customer's key", refusals: ['PartEncryptionMissing', 'PartEncryptionDiffers'], fact: 'F612' },
      usableKey,
    ],
  },
  ListMultipartUploads: {
    early: [
      { check: 'encoding-type', refusals: ['EncodingTypeUnknown'], fact: 'F1603' },
      { check: 'max-uploads is not negative', refusals: ['CountNegative'], fact: 'F1603' },
      { check: 'upload-id-marker', refusals: ['UploadIdMarkerInvalid'], fact: 'F1603' },
    ],
    stages: [right],
    late: [],
  },
  AbortMultipartUpload: { early: [wasBegun], stages: [right], late: [] },
  CompleteMultipartUpload: {
    early: [
      {
        check: 'the form of the condition',
        refusals: ['ConditionsSeveral', 'HeaderNotImplemented', 'ConditionNotAccepted', 'IfMatchEmpty'],
        fact: 'F1604',
      },
      wasBegun,
      {
        check: "the form of the object's checksum",
        refusals: ['ChecksumTwice', 'ChecksumMultiple', 'ChecksumInvalid'],
        fact: 'F1604',
      },
    ],
    stages: [
      {
        stage: 'head',
        check: 'the form of the expected size',
        refusals: ['ObjectSizeNotANumber', 'ObjectSizeNegative'],
        fact: 'F1604',
      },
      noEncryption,
      { stage: 'document', check: 'the document', refusals: ['MalformedXML', 'PartNumberTooSmall'], fact: 'F1604' },
      right,
    ],
    late: [
      isOpen,
      { check: 'the number of parts', refusals: ['CompletionWithoutParts', 'CompletionTooLong'], fact: 'F1605' },
      { check: "the customer's key", refusals: ['CompletionEncryptionDiffers'], fact: 'F612' },
      usableKey,
      { check: "the upload's type of checksum", refusals: ['ChecksumModeMismatch'], fact: 'F1604' },
      { check: "the form of the parts' checksums", refusals: ['PartChecksumsInvalid'], fact: 'F1604' },
      { check: 'the order of the parts', refusals: ['InvalidPartOrder'], fact: 'F1604' },
      { check: 'the ETags of the parts that exist', refusals: ['InvalidPart'], fact: 'F1604' },
      {
        check: 'the checksum of each part',
        refusals: ['PartChecksumMissing', 'PartChecksumMismatch'],
        fact: 'F1604',
      },
      {
        check: "the object's checksum, as the list of parts has it",
        refusals: ['ChecksumTypeMismatch', 'ChecksumMismatch'],
        fact: 'F1604',
      },
      { check: 'the parts exist, with their checksums', refusals: ['InvalidPart'], fact: 'F1604' },
      { check: "the whole object's checksum", refusals: ['ChecksumMismatch'], fact: 'F212' },
      { check: 'the least size of a part', refusals: ['EntityTooSmall'], fact: 'F1604' },
      { check: 'the expected size', refusals: ['ObjectSizeMismatch'], fact: 'F1604' },
      {
        check: 'the condition',
        refusals: ['NoSuchKey', 'PreconditionFailed', 'ConditionalRequestConflict'],
        fact: 'F1604',
      },
      { check: 'the protection', refusals: ['RetentionWithoutProtection'], fact: 'F82' },
      { check: 'no gap', refusals: ['CompositePartsWithGap'], fact: 'F81' },
    ],
  },
} as const satisfies Readonly<Record<string, OperationOrder>>;

/** The conditions of requests. Each condition comes before the check of the object's state. */
export const conditionOrders = {
  /** The conditions of PutObject, CopyObject and CompleteMultipartUpload. */
  write: [
    { check: 'one condition', refusals: ['ConditionsSeveral'], fact: 'F66' },
    { check: 'no condition by date', refusals: ['HeaderNotImplemented'], fact: 'F66' },
    { check: 'If-None-Match is a star', refusals: ['ConditionNotAccepted'], fact: 'F66' },
    { check: 'If-Match is not empty', refusals: ['IfMatchEmpty'], fact: 'F1606' },
    { check: 'If-Match is an ETag', refusals: ['ConditionNotAccepted'], fact: 'F66' },
  ],
  /** The conditions of DeleteObject. */
  deletion: [
    { check: 'no condition by time', refusals: ['HeaderNotImplemented'], fact: 'F74' },
    { check: 'no condition by size', refusals: ['HeaderNotImplemented'], fact: 'F74' },
    { check: 'no version id beside it', refusals: ['ConditionOnVersion'], fact: 'F74' },
    { check: 'one line', refusals: ['IfMatchSeveral'], fact: 'F1606' },
    { check: 'If-Match is not empty', refusals: ['IfMatchEmpty'], fact: 'F1606' },
  ],
} as const satisfies Readonly<Record<string, Order>>;

/** The credential of version 4, in a header or in a query. */
const ofCredential = <Place extends 'Header' | 'Query'>(place: Place) =>
  [
    {
      check: 'the parts of the credential',
      refusals: [
        `Authorization${place}CredentialMalformed` as const,
        `Authorization${place}RegionlessCredentialMalformed` as const,
      ],
      fact: 'F141',
    },
    { check: 'an access key', refusals: [`Authorization${place}AccessKeyMissing` as const], fact: 'F1650' },
    { check: 'the form of its date', refusals: [`Authorization${place}DateMalformed` as const], fact: 'F141' },
    {
      check: 'its region',
      refusals: [`Authorization${place}RegionMissing` as const, `Authorization${place}RegionWrong` as const],
      fact: 'F1652',
    },
    { check: 'its service', refusals: [`Authorization${place}ServiceWrong` as const], fact: 'F141' },
    { check: 'its terminal', refusals: [`Authorization${place}TerminalWrong` as const], fact: 'F141' },
    { check: 'its day', refusals: [`Authorization${place}DayDiffers` as const], fact: 'F141' },
    { check: 'all headers are signed', refusals: ['HeadersNotSigned'], fact: 'F141' },
  ] as const;

/** What needs the key, in signatures of each kind. */
const ofKey = [
  { check: 'the key', refusals: ['InvalidAccessKeyId'], fact: 'F1652' },
  {
    check: "a session's token",
    refusals: ['InvalidAccessKeyId', 'SecurityTokenInvalid', 'SecurityTokenExpired'],
    fact: 'F496',
  },
  { check: 'the signature', refusals: ['SignatureDoesNotMatch'], fact: 'F1652' },
  { check: 'no token beside the key of a user', refusals: ['SecurityTokenInvalid'], fact: 'F1652' },
] as const;

const date = { check: 'a date', refusals: ['DateMissing', 'DateBeyondYears'], fact: 'F141' } as const;
const skew = { check: 'the date is near', refusals: ['RequestTimeTooSkewed'], fact: 'F1652' } as const;

/** The time of a presigned URL, which S3 checks before its key. */
export const expiryOrders = {
  queryV4: [
    { check: 'the form of the date', refusals: ['PresignedDateMalformed'], fact: 'F141' },
    {
      check: 'the form of the duration',
      refusals: ['PresignedExpiresNotANumber', 'PresignedExpiresNegative', 'PresignedExpiresTooLong'],
      fact: 'F141',
    },
    { check: 'the time of the URL', refusals: ['PresignedNotYetValid', 'PresignedExpired'], fact: 'F141' },
  ],
  queryV2: [
    { check: 'the form of the end', refusals: ['ExpiresInvalid', 'DateBeyondYears'], fact: 'F1657' },
    { check: 'the end of the URL', refusals: ['PresignedExpired'], fact: 'F1657' },
  ],
} as const satisfies Readonly<Record<string, Order>>;

/** Signatures, which S3 checks before it looks for the bucket. */
export const signatureOrders = {
  headerV4: [
    { check: 'the form of the hash', refusals: ['ContentSha256Missing', 'ContentSha256Invalid'], fact: 'F141' },
    date,
    skew,
    {
      check: 'the components',
      refusals: ['AuthorizationHeaderComponentMalformed', 'AuthorizationHeaderComponentsMissing'],
      fact: 'F1650',
    },
    ...ofCredential('Header'),
    { check: 'the set of regions', refusals: ['RegionSetMissing', 'RegionSetMismatch'], fact: 'F141' },
    ...ofKey,
  ],
  queryV4: [
    ...expiryOrders.queryV4,
    ...ofCredential('Query'),
    { check: 'the set of regions', refusals: ['RegionSetEmpty', 'RegionSetMismatch'], fact: 'F141' },
    ...ofKey,
  ],
  headerV2: [{ check: 'one space', refusals: ['AuthorizationSpaceMissing'], fact: 'F1657' }, date, skew, ...ofKey],
  queryV2: [...expiryOrders.queryV2, ...ofKey],
  formV4: [
    { check: 'the form of its date', refusals: ['FormCredentialDateMalformed'], fact: 'F564' },
    { check: 'its region', refusals: ['FormCredentialRegionMissing', 'FormCredentialRegionWrong'], fact: 'F564' },
    { check: 'its service', refusals: ['FormCredentialServiceWrong'], fact: 'F564' },
    { check: 'its terminal', refusals: ['FormCredentialTerminalWrong'], fact: 'F564' },
    ...ofKey,
  ],
  formV2: ofKey,
} as const satisfies Readonly<Record<string, Order>>;
