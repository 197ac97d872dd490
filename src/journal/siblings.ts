import { counted } from '../text/counts';
import { isRecord } from '../text/value-kinds';
import type { OperationName, RequestEntry } from './entry';

/** Operations that are easily confused: code sends one where a test expects the other. The text says when each is sent. */
const families: readonly Partial<Record<OperationName, string>>[] = [
  { DeleteObject: 'deletes one key', DeleteObjects: 'deletes up to 1,000 keys' },
  {
    PutObject: 'uploads small bodies',
    CreateMultipartUpload: 'begins an upload of parts',
    UploadPart: 'uploads a part',
    CompleteMultipartUpload: 'ends an upload of parts',
    PostObject: 'uploads by a form',
  },
  { CopyObject: 'copies up to 5 GB', UploadPartCopy: 'copies a part' },
  {
    ListObjects: 'is the older listing',
    ListObjectsV2: 'is the newer listing',
    ListObjectVersions: 'lists versions',
  },
  { GetObject: 'reads the body', HeadObject: 'reads the headers', GetObjectAttributes: 'reads attributes' },
  { HeadBucket: 'asks whether the bucket exists', GetBucketLocation: 'asks for its region' },
  {
    AssumeRole: 'is signed with keys',
    AssumeRoleWithWebIdentity: 'has a token',
    AssumeRoleWithSAML: 'has an assertion',
  },
];

interface About {
  readonly operation: string;
  readonly input: unknown;
}

export function writeSiblings({ operation, input }: About, entries: readonly RequestEntry[]): string | undefined {
  const family = families.find((one) => Object.hasOwn(one, operation));
  if (family === undefined || entries.some((entry) => entry.operation === operation)) return undefined;
  const came = entries.filter((entry) => isNamed(entry, family) && isAbout(entry, input));
  const names = [...new Set(came.flatMap((entry) => entry.operation ?? []))];
  if (names.length === 0) return undefined;
  const counts = names.map((name) => {
    const count = came.filter((entry) => entry.operation === name).length;
    return `${name} (${counted(count, 'request')}), which ${family[name]}`;
  });
  return `no ${operation} came, which ${family[operation as OperationName]}, but ${counts.join('; ')}${writePartSize(operation, came)}`;
}

const ofParts = /^(?:CreateMultipartUpload|UploadPart|CompleteMultipartUpload)$/;

/** What uploads in parts by itself, and above how many MiB, by the beginning of what a client calls itself. */
const uploaders: readonly (readonly [client: string, call: string, mebibytes: number])[] = [
  ['aws-sdk-js/3', 'Upload of @aws-sdk/lib-storage', 5],
  ['aws-sdk-nodejs/', 's3.upload', 5],
  ['Boto', 'upload_file and upload_fileobj of boto3', 8],
];

/** Says from which size on a client uploads parts, if all bodies that came are smaller. */
function writePartSize(operation: string, came: readonly RequestEntry[]): string {
  const [first] = came;
  const uploader = uploaders.find(([client]) => first?.client?.startsWith(client));
  if (!ofParts.test(operation) || uploader === undefined) return '';
  const [, call, mebibytes] = uploader;
  const areSmall = came.every(
    (entry) =>
      entry.operation === 'PutObject' && entry.body !== undefined && entry.body.byteLength <= mebibytes * 2 ** 20,
  );
  return areSmall
    ? `; ${call} sends parts only above ${mebibytes} MiB by default: give it a larger body, or name PutObject here`
    : '';
}

function isNamed({ operation }: RequestEntry, family: object): boolean {
  return operation !== undefined && Object.hasOwn(family, operation);
}

function isAbout({ input }: RequestEntry, expected: unknown): boolean {
  if (!isRecord(expected)) return true;
  return ['Bucket', 'Key', 'RoleArn'].every((name) => {
    const [wanted, sent]: readonly unknown[] = [expected[name], Reflect.get(input, name)];
    return typeof wanted !== 'string' || typeof sent !== 'string' || wanted === sent;
  });
}
