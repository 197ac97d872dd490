import { requestAssertions } from '../journal/assertions';
import type { RequestEntry } from '../journal/entry';
import { namesOfBucket } from '../preset/bucket-handle';
import { namesOfVersion } from '../preset/version-copies';
import { writeSuggestion } from '../text/spelling';
import type { FailedError } from '../thrown-errors';

/**
 * Errors of runners, clients and JavaScript that say in their text alone what happened: the text is the last resort here.
 * @module
 */

/** The matchers of aws-sdk-client-mock-jest, and of aws-sdk-client-mock-vitest. */
const matchersOfOthers: readonly (readonly [name: RegExp, matcher: string])[] = [
  [/^toHaveReceivedCommandTimes$/, 'toHaveReceivedTimes'],
  [/^toHaveReceivedNth(?:Specific)?CommandWith$/, 'toHaveReceivedNth'],
  [/^toHaveReceivedLastCommandWith$/, 'toHaveReceivedLast'],
  [/^toHaveReceived(?:Any)?Command(?:With|Once|OnceWith|ExactlyOnceWith)?$/, 'toHaveReceived'],
];

/** The errors of runners and of JavaScript say in their text alone which name they miss, so the text is the last resort here. */
const unknownMatcher = /expect\(\.\.\.\)(?:\.not)?\.(\w+) is not a function|Invalid Chai property: (\w+)/;

/** Suggests a matcher for the matcher of another library. The text of the error does not name the command, so the last request is an example. */
export function writeUnknownMatcher(
  errors: readonly FailedError[],
  entries: readonly RequestEntry[],
): string | undefined {
  const [, ofJest, ofChai] =
    errors.map(({ message }) => unknownMatcher.exec(message) ?? []).find(([text]) => text) ?? [];
  const name = ofJest ?? ofChai;
  if (name === undefined) return undefined;
  const other = matchersOfOthers.find(([form]) => form.test(name))?.[1];
  if (other === undefined) return writeSuggestion(name, Object.keys(requestAssertions), 1);
  const operation = entries.at(-1)?.operation ?? 'PutObject';
  const number = other === 'toHaveReceivedNth' ? '1, ' : '';
  const count = entries.filter((entry) => entry.operation === operation).length;
  const times = other === 'toHaveReceivedTimes' ? `, ${Math.max(1, count)}` : '';
  const input = name.endsWith('With') ? ', { … }' : '';
  return `${name} is a matcher of aws-sdk-client-mock. Write the name of the operation in place of the command, and the same input: for ${operation}Command expect(s3).${other}(${number}'${operation}'${times}${input}).`;
}

/** jest and vitest say in their text alone that they want a spy, and print what they were given, vitest only its beginning. */
const wantsSpy = /received value must be a mock|is not a spy/;

/** A list of requests is plain data, which does not know that a matcher for spies reads it. */
export function writeMatcherOfSpies(
  errors: readonly FailedError[],
  entries: readonly RequestEntry[],
): string | undefined {
  const error = errors.find(({ message }) => wantsSpy.test(message));
  const isPrinted = ({ service, operation }: RequestEntry) =>
    [`"operation": "${operation}"`, `{ service: '${service}'`].some((text) => error?.message.includes(text));
  const printed = entries.find(isPrinted);
  return (
    printed &&
    `Matchers for spies, such as toHaveBeenCalled, do not work with requests: write expect(s3).toHaveReceived('${printed.operation}').`
  );
}

interface Cure {
  readonly isMeant: (error: FailedError) => boolean;
  readonly cure: string | ((error: FailedError) => string);
}

/** What Node says of the value of a header, of which it names only the header. */
const ofHeader = /Invalid character in header content \["([\w-]+)"\]/;

function writeUnsentHeader({ message }: FailedError): string {
  const [, header = ''] = ofHeader.exec(message) ?? [];
  const [, metadata] = /^x-amz-meta-(.*)$/.exec(header) ?? [];
  const what = metadata === undefined ? `The header ${header}` : `The metadata ${metadata}`;
  const cure =
    metadata === undefined
      ? 'A header carries ASCII: leave the character out, or encode it as the header wants it.'
      : 'Headers carry metadata in ASCII: send encodeURIComponent(text), and read it with decodeURIComponent.';
  // The error is the same if the code answers a request of its own server.
  return `${what} was not sent, since it has a character that no header can carry. ${cure}`;
}

/** What the SDKs and minio say of a Body that is an object or a number. */
const ofBodies =
  /Unable to calculate hash for flowing readable stream|Cannot determine length of \[object Object\]|[Uu]nsupported body|body\.(?:pipe|on) is not a function|third argument should be of type "stream\.Readable"|expected params\.Body to be|Received an instance of Object|Body Data is unsupported format/;

/** What the SDK v3 says of the text of a date in a document. */
const ofDates = /Unhandled schema-value pair (\w+)=(\d{4}-\d\d-\d\d[\dT:.Z+-]*)$/m;

/** What V8 and JavaScriptCore say of a member of `s3.bucket('vault')` that a test calls. */
const ofBucket = /\bbucket\((?:\.\.\.|'[^'\n]{0,100}'|"[^"\n]{0,100}")\)\.(\w+) is not a function/;

/** The same of a member of an object of a bucket. */
const ofObject = /\.object\((?:\.\.\.|'[^'\n]{0,1100}'|"[^"\n]{0,1100}")\)\.(\w+) is not a function/;

function readMemberOfBucket(message: string): string {
  return ofBucket.exec(message)?.[1] ?? '';
}

function writeMemberOfBucket(name: string, bucket = "s3.bucket('vault')"): string {
  if (name === 'keys') return `The keys of a bucket are a list, not a method: write ${bucket}.keys, without ().`;
  const ofKeys = name === 'objects' ? ` It has the versions of each key, and ${bucket}.keys is the list of keys.` : '';
  return `The member ${name} of a bucket is a property, not a method: write ${bucket}.${name}, without ().${ofKeys}`;
}

const cures: readonly Cure[] = [
  {
    isMeant: ({ name, code }) => name === 'MockNotMatchedError' || code === 'UND_MOCK_ERR_MOCK_NOT_MATCHED',
    cure: 'A MockAgent of undici answers before the mock: let it pass the hosts of S3, agent.enableNetConnect(/amazonaws\\.com/), or remove it.',
  },
  // The others have a code that is also that of other errors, or none.
  {
    isMeant: ({ message }) => message.includes('Nock: Disallowed net connect'),
    cure: 'nock refuses the request before the mock sees it: give nock to the mock, mockS3({ nock }), or use guard: true instead of nock.disableNetConnect().',
  },
  {
    isMeant: ({ message }) => message.includes('The stream has already been transformed'),
    cure: 'The Body of an answer is a stream, which can be read once: keep the text that the first call returned.',
  },
  {
    isMeant: ({ message }) => message.includes('must have an expiration date less than one week in the future'),
    cure: 'expiresIn of getSignedUrl is in seconds: write 3600 for an hour.',
  },
  {
    isMeant: ({ message }) => ofDates.test(message),
    cure: ({ message }) => {
      const [, member = '', text = ''] = ofDates.exec(message) ?? [];
      return `The SDK failed before it sent a request: ${member} is a Date, and it was given a text. Write ${member}: new Date('${text}').`;
    },
  },
  {
    isMeant: ({ message }) => ofBodies.test(message),
    cure: 'The client failed before it sent a request, because of the Body: a Body is text, bytes or a stream. Write Body: JSON.stringify(value) for an object.',
  },
  {
    isMeant: ({ message }) => message.includes('"x-amz-decoded-content-length"'),
    cure: 'The SDK does not know the length of the stream in Body: use Upload of @aws-sdk/lib-storage.',
  },
  { isMeant: ({ message }) => ofHeader.test(message), cure: writeUnsentHeader },
  {
    isMeant: ({ message }) => namesOfVersion.includes(ofObject.exec(message)?.[1] ?? ''),
    cure: ({ message }) => {
      const [, name = ''] = ofObject.exec(message) ?? [];
      return `The ${name} of an object is a property, not a method: write s3.bucket('vault').object('report.pdf').${name}, without ().`;
    },
  },
  {
    isMeant: ({ message }) => /\bbuckets is not a function/.test(message),
    cure: "s3.buckets is the list of all buckets: write s3.bucket('vault') for one bucket.",
  },
  {
    isMeant: ({ message }) => /\b(?:bucket|vault)\.keys is not a function/.test(message),
    cure: writeMemberOfBucket('keys'),
  },
  {
    isMeant: ({ message }) => namesOfBucket.includes(readMemberOfBucket(message)),
    cure: ({ message }) => writeMemberOfBucket(readMemberOfBucket(message)),
  },
  {
    isMeant: ({ message }) => /\bs3\.(?:requests|events) is not a function/.test(message),
    cure: "s3.requests and s3.events are logs, not methods: write s3.requests.of('PutObject').",
  },
  {
    isMeant: ({ message }) => /\bs3\.accounts? is not a function/.test(message),
    cure: "s3.account is the default account, not a method, and s3.accounts is the list of all: write s3.accounts.find(({ name }) => name === 'partner').",
  },
];

const namesOfInputErrors: ReadonlySet<string> = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError']);

/** Keys and regions that clients look for are no input, and have lines of their own. */
function isOfInput({ isOfClient, name, code, message }: FailedError): boolean {
  const isOfConnection = /^E[A-Z]+$/.test(code ?? '') || /\bE(?:CONN|NOTFOUND|AI_)/.test(message);
  return (
    isOfClient === true &&
    !isOfConnection &&
    namesOfInputErrors.has(name) &&
    !/\b(?:[Rr]egion|[Cc]redential|accessKeyId|expiration)/.test(message)
  );
}

/** A client that cannot read its input throws before it sends anything. */
export function writeUnsent(errors: readonly FailedError[]): string | undefined {
  if (!errors.some(isOfInput) || writeCalledValue(errors) !== undefined) return undefined;
  return 'No request came: the client itself threw the error, before it sent one. Compare the input with the types of the command.';
}

/** Members that the answers of S3 have, as the SDKs name them. */
const ofAnswers: ReadonlySet<string | undefined> = new Set([
  ...['Contents', 'CommonPrefixes', 'KeyCount', 'IsTruncated', 'NextContinuationToken', 'Versions', 'DeleteMarkers'],
  ...['VersionId', 'DeleteMarker', 'ETag', 'UploadId', 'Body', 'ContentType', 'ContentLength', 'Metadata', 'TagSet'],
]);

/** What V8 and JavaScriptCore say if code reads a member of undefined. */
const readsUndefined = [
  /^Cannot read properties of undefined \(reading '(\w+)'\)/,
  /^Cannot destructure property '(\w+)' of '[^'\n]{0,200}' as it is undefined/,
  /^undefined is not an object \(evaluating '[^'\n]{0,200}\.(\w+)'\)/,
];

/** A client that is replaced returns undefined, and sends nothing. Called if no request came. */
export function writeReplacedClient(errors: readonly FailedError[]): string | undefined {
  const thrown = errors.filter(({ name, isOfClient }) => name === 'TypeError' && isOfClient !== true);
  const names = thrown.flatMap(({ message }) => readsUndefined.map((form) => form.exec(message)?.[1]));
  const member = names.find((name) => ofAnswers.has(name));
  return (
    member &&
    `No request came, and the code read ${member}, which the answers of S3 have, of undefined. If its client is replaced, by vi.mock, jest.mock, aws-sdk-client-mock or a spy, it sends nothing and returns undefined: restore it, since the mock answers real clients.`
  );
}

export function writeCalledValue(errors: readonly FailedError[], buckets: Iterable<string> = []): string | undefined {
  for (const { isMeant, cure } of cures) {
    const error = errors.find(isMeant);
    if (error !== undefined) return typeof cure === 'string' ? cure : cure(error);
  }
  return writeCalledMember(errors, [...buckets]);
}

/** What V8 and JavaScriptCore say of a member of a variable that a test calls. */
const ofVariable = /(?:^|[^\w.])(\w+)\.(\w+) is not a function/;

/** A test calls the handle of a bucket by the name of the bucket. */
function writeCalledMember(errors: readonly FailedError[], buckets: readonly string[]): string | undefined {
  for (const { message } of errors) {
    const [, variable = '', name = ''] = ofVariable.exec(message) ?? [];
    const bucket = buckets.find((one) => readLetters(one) === readLetters(variable));
    if (bucket !== undefined && namesOfBucket.includes(name)) return writeMemberOfBucket(name, variable);
  }
  return undefined;
}

function readLetters(name: string): string {
  return name.replace(/[\W_]/g, '').toLowerCase();
}
