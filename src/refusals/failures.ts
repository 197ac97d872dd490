import type { DialectName } from '../wire';
import { forms } from '.';
import type { RefusalForm } from './form';
import { type RefusalDetails, type RefusalName, S3Error } from './s3-error';

/** What of a request the refusals may tell that it is made to fail with. */
export interface Failing {
  readonly dialect: DialectName;
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

type DetailsFrom = { readonly [Name in RefusalName]?: (failing: Failing) => RefusalDetails[Name] };

const bucketName = ({ bucket = '' }: Failing) => ({ BucketName: bucket });

/** The details that a request brings along, or that do without it. */
const detailsFrom: DetailsFrom = {
  NoSuchBucket: bucketName,
  InvalidBucketName: bucketName,
  BucketAlreadyExists: bucketName,
  BucketAlreadyOwnedByYou: bucketName,
  BucketNotEmpty: (failing) => ({ ...bucketName(failing), versioned: false }),
  NoSuchTagSet: bucketName,
  NoSuchLifecycleConfiguration: bucketName,
  NoLockConfiguration: bucketName,
  NoSuchKey: ({ key = '' }) => ({ Key: key }),
  NoSuchVersion: ({ key = '', query }) => ({ Key: key, VersionId: query.get('versionId') ?? '' }),
  NoSuchUpload: ({ query }) => ({ UploadId: query.get('uploadId') ?? '' }),
  MethodNotAllowed: ({ method, bucket, key }) => ({
    Method: method,
    ResourceType: key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE',
    allow: [],
  }),
  PreconditionFailed: ({ headers }) => ({ Condition: headers.has('if-none-match') ? 'If-None-Match' : 'If-Match' }),
  InvalidUri: ({ key = '' }) => ({ URI: key }),
  ArgumentPlain: () => ({ message: 'Invalid Argument' }),
  RequestInvalid: () => ({ message: 'Invalid Request' }),
};

/** Where a code has several texts and none of the refusals has its name: the one that says least beside it. */
const plainest: Readonly<Record<string, RefusalName>> = {
  AccessForbidden: 'CorsNotEnabled',
  BadDigest: 'ContentMd5Mismatch',
  BadRequest: 'RequestUnparsable',
  InvalidArgument: 'ArgumentPlain',
  InvalidRequest: 'RequestInvalid',
  InvalidTag: 'TagRepeated',
  NotImplemented: 'HeaderNotImplemented',
};

/** The texts of codes of which S3 always says more, and what more is not known here. */
const texts: Readonly<Record<string, string>> = {
  AuthorizationHeaderMalformed: 'The authorization header that you provided is not valid.',
  InvalidTag: 'The tag provided was not a valid tag.',
};

type AnyForm = RefusalForm<never>;

const entries = Object.entries(forms) as readonly (readonly [RefusalName, AnyForm])[]; // the table's own names
/** A 304 is no failure, and what the mock says of itself is not S3's. */
const failures = entries.filter(([name]) => name !== 'NotModified' && name !== 'Failure' && !name.startsWith('Mock'));

function codesOf([, { code, cos }]: readonly [RefusalName, AnyForm]): readonly string[] {
  return [code, cos?.code].filter((one) => typeof one === 'string');
}

/** Whether a request makes the whole answer, details included. */
function isComplete([name, { message, elements, headers }]: readonly [RefusalName, AnyForm]): boolean {
  return name in detailsFrom || (typeof message === 'string' && elements === undefined && headers === undefined);
}

const byCode = new Map<string, RefusalName>();
for (const code of new Set(failures.flatMap(codesOf))) {
  const same = failures.filter((one) => codesOf(one).includes(code));
  const [named] = same.filter(([name]) => name === code);
  const wanted = plainest[code] ?? named?.[0];
  const [first] = same.toSorted((a, b) => Number(isComplete(b)) - Number(isComplete(a)));
  const chosen = wanted ?? first?.[0];
  if (chosen !== undefined) byCode.set(code, chosen);
}
const byName = new Map<string, RefusalName>(failures.filter(isComplete).map(([name]) => [name, name]));

/** What a request can be made to fail with: every code, and the refusals that share a code with others by their own names. */
export const failureNames: readonly string[] = [...new Set([...byCode.keys(), ...byName.keys()])].toSorted();

/** The refusal of a code or a name, told of a request as far as that says what the refusal tells (F161). */
export function failureOf(name: string, failing: Failing): S3Error {
  const refusal = byCode.get(name) ?? byName.get(name);
  if (refusal === undefined) throw new TypeError(`no failure is called ${name}`);
  const form: AnyForm = forms[refusal];
  if (isComplete([refusal, form])) {
    // The table gives each name the details of that name.
    return new S3Error(
      refusal as 'NoSuchBucket',
      (detailsFrom[refusal] as DetailsFrom['NoSuchBucket'])?.(failing) as never,
    );
  }
  const { code, status, message } = failing.dialect === 'ibm-cos' ? { ...form, ...form.cos } : form;
  return new S3Error('Failure', {
    code: typeof code === 'string' ? code : name,
    status: typeof status === 'number' ? status : 400,
    message: typeof message === 'string' && message !== '' ? message : (texts[name] ?? name),
  });
}
