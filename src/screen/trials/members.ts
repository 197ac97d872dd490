import type { RequestEntry } from '../../journal/entry';
import { operations } from '../../operations/table';
import type { Hint } from '../hint';
import { withHeader } from './wire';

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
  tries: 'one header less, of those without which the request still does what it should',
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

/** The name under which SDKs have a header, with the name on the wire if nobody has another. */
function nameMember({ operation }: RequestEntry, wireName: string): string {
  const input: object = operation !== undefined && operation in operations ? inputOf(operation) : {};
  const found = Object.entries(input as Readonly<Record<string, Written>>).find(
    ([, member]) => member.at?.startsWith('header') === true && namesOf(member).includes(wireName),
  );
  return found === undefined ? `the header ${wireName}` : found[0];
}

function namesOf({ wireName }: Written): readonly (string | undefined)[] {
  return [wireName].flat().map((name) => name?.toLowerCase());
}

function inputOf(name: string): object {
  return Reflect.get(operations, name).input;
}
