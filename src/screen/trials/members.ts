import type { RequestEntry } from '../../journal/entry';
import { operations } from '../../operations/table';
import type { Hint } from '../hint';
import { isExpectedAnswer } from './expectation';
import { readParameters, withHeader, withoutParameters } from './wire';

/** Nobody means to delete what they read or write. */
const methods = ['GET', 'PUT', 'HEAD', 'POST'] as const;

/** S3 has no operation of the method that was sent. */
export const tryAnotherMethod: Hint = {
  tries: 'another method',
  of: 'refused requests',
  changes: ({ entry, wire }) =>
    entry.error?.code !== 'MethodNotAllowed' || entry.operation !== undefined
      ? []
      : methods
          .filter((method) => method !== wire.method)
          .map((method) => ({
            wire: { method },
            says: ({ operation }) => `as ${method}, it would have been answered as ${operation}.`,
          })),
};

/** The codes of refusals about something that is not there, or is there already: they name it themselves. */
const ofWhatIsThere =
  /^(?:NoSuch|NotFound|BucketAlready|BucketNotEmpty|MethodNotAllowed|SignatureDoesNotMatch|S3Mock|Slow|Internal|Service)/;

/** Headers that code sends for safety or by habit. Without any other one, S3 would do something else than the code wants. */
const dispensable =
  /^x-amz-(?:acl|grant-.*|expected-bucket-owner|source-expected-bucket-owner|object-lock-legal-hold|bypass-governance-retention|request-payer|website-redirect-location)$/;

/** One header is left out. */
export const tryWithoutOneMember: Hint = {
  tries: 'the request without one of its headers, such as ACL',
  of: 'refused requests',
  changes: ({ entry, wire }) =>
    ofWhatIsThere.test(entry.error?.code ?? '')
      ? []
      : [...wire.headers.keys()]
          .filter((name) => dispensable.test(name))
          .map((name) => ({
            wire: withHeader(wire, name, undefined),
            says: () => `it would have been answered without ${nameMember(entry, name)}.`,
          })),
};

interface Written {
  readonly at?: string;
  readonly wireName?: string | readonly string[];
}

/** The name under which SDKs have a header, or the name on the wire if nobody has another. */
function nameMember(entry: RequestEntry, wireName: string): string {
  return findMember(entry, wireName) ?? `the header ${wireName}`;
}

/** Returns undefined if the operation has no such header. */
export function findMember({ operation }: RequestEntry, wireName: string): string | undefined {
  const input: object = operation !== undefined && operation in operations ? inputOf(operation) : {};
  const found = Object.entries(input as Readonly<Record<string, Written>>).find(
    ([, member]) => member.at?.startsWith('header') === true && namesOf(member).includes(wireName),
  );
  return found?.[0];
}

function namesOf({ wireName }: Written): readonly (string | undefined)[] {
  return [wireName].flat().map((name) => name?.toLowerCase());
}

function inputOf(name: string): object {
  return Reflect.get(operations, name).input;
}

/** S3 lets a caller that may, and says so, end a retention of mode GOVERNANCE before its time, or shorten it. */
export const tryBypass: Hint = {
  tries: 'BypassGovernanceRetention, where a retention in GOVERNANCE mode refuses a change',
  of: 'refused requests',
  changes: ({ entry, wire }) =>
    entry.why?.includes('GOVERNANCE') === true && entry.method !== 'GET' && entry.method !== 'HEAD'
      ? [
          {
            wire: withHeader(wire, 'x-amz-bypass-governance-retention', 'true'),
            says: () => 'it would have been answered with BypassGovernanceRetention: true.',
          },
        ]
      : [],
};

/** Both ends of a range belong to it, other than those of slice(). */
export const tryEndOfRange: Hint = {
  tries: 'a range that ends a byte earlier',
  of: 'reads',
  changes: ({ wire }) => {
    const sent = wire.headers.get('range') ?? '';
    const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(sent) ?? [];
    if (last === '' || Number(last) <= Number(first)) return [];
    const range = `bytes=${first}-${Number(last) - 1}`;
    return [
      {
        wire: withHeader(wire, 'range', range),
        says: () =>
          `Range: '${sent}' includes byte ${last}, as both ends belong to a range; with Range: '${range}' it would have returned what the test expects.`,
      },
    ];
  },
  succeeds: isExpectedAnswer,
};

/** The last range of a source often ends behind it. */
export const tryEndOfCopiedRange: Hint = {
  tries: 'a CopySourceRange that ends with the source',
  of: 'refused requests',
  changes: ({ entry, wire }) => {
    const [, first] = /^bytes=(\d+)-\d+$/.exec(wire.headers.get('x-amz-copy-source-range') ?? '') ?? [];
    const [, last] = /: its last byte is (\d+)$/.exec(entry.why ?? '') ?? [];
    if (first === undefined || last === undefined) return [];
    const range = `bytes=${first}-${last}`;
    return [
      {
        wire: withHeader(wire, 'x-amz-copy-source-range', range),
        says: () =>
          `it would have been answered with CopySourceRange: '${range}': end the last range with the source, Math.min(last, ContentLength - 1).`,
      },
    ];
  },
};

const redirect = 'x-amz-website-redirect-location';

/** A redirect within the website begins with a slash. */
export const tryRedirectWithinWebsite: Hint = {
  tries: 'a WebsiteRedirectLocation that begins with a slash',
  of: 'refused requests',
  changes: ({ entry, wire }) => {
    const location = wire.headers.get(redirect);
    if (entry.error?.code !== 'InvalidRedirectLocation' || location === undefined || location.includes(':')) return [];
    return [
      {
        wire: withHeader(wire, redirect, `/${location}`),
        says: () =>
          `it would have been answered with WebsiteRedirectLocation: '/${location}', the path in the website.`,
      },
    ];
  },
};

/** The parameters by which a signed request names headers of its answer, and the member of a write that stores the header. */
const ofAnswers = new Map([
  ['response-cache-control', 'CacheControl'],
  ['response-content-disposition', 'ContentDisposition'],
  ['response-content-encoding', 'ContentEncoding'],
  ['response-content-language', 'ContentLanguage'],
  ['response-content-type', 'ContentType'],
  ['response-expires', 'Expires'],
]);

/** S3 lets nobody but a caller that it knows choose the headers of an answer. */
export const tryWithoutHeadersOfAnswer: Hint = {
  tries: 'a request without a signature, without the parameters that name headers of the answer',
  of: 'refused requests',
  changes: ({ entry, wire }) => {
    const parameter = readParameters(wire).find(({ name }) => ofAnswers.has(name));
    if (entry.caller !== 'anonymous' || parameter === undefined) return [];
    const member = ofAnswers.get(parameter.name);
    return [
      {
        wire: withoutParameters(wire, ofAnswers),
        says: () =>
          `S3 takes ${parameter.name} only in a signed request, and would have answered without it: presign the URL with Response${member}, or write the object with ${member}.`,
      },
    ];
  },
};
