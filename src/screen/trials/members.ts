import type { RequestEntry } from '../../journal/entry';
import { operations } from '../../operations/table';
import type { Asked, Hint } from '../hint';
import { readParameters, withHeader, withoutParameter } from './wire';

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

/** One parameter of the query or one header is left out. */
export const tryWithoutOneMember: Hint = {
  tries: 'one parameter of the query, or one header, less',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, wire } = asked;
    // A condition that does not hold is the reason by itself.
    if (ofWhatIsThere.test(entry.error?.code ?? '') || [304, 412, 416].includes(entry.status)) return [];
    const parameters = readParameters(wire).filter(
      ({ name }) => isOfSender(name) && !(name === 'versionId' && changingMethods.has(wire.method)),
    );
    const headers = [...wire.headers.keys()].filter((name) => isOfOperation(name, asked));
    return [
      ...headers.map((name) => ({
        wire: withHeader(wire, name, undefined),
        says: () => `it would have been answered without ${nameMember(entry, 'header', name)}.`,
      })),
      ...parameters.map((parameter) => ({
        wire: withoutParameter(wire, parameter),
        says: () => `it would have been answered without ${nameMember(entry, 'query', parameter.name)}.`,
      })),
    ];
  },
  // Without a parameter such as `versioning`, S3 would take the request for another operation.
  succeeds: ({ refusal, status, operation }, { entry }) =>
    refusal === undefined && status < 300 && operation === entry.operation,
};

/** Without its version id, a delete or a change would be of another version. */
const changingMethods: ReadonlySet<string> = new Set(['PUT', 'POST', 'DELETE']);

/** SDKs write these parameters themselves, or they are parts of a signature. */
function isOfSender(name: string): boolean {
  return !/^(?:x-id|x-amz-.*|AWSAccessKeyId|Expires|Signature)$/i.test(name);
}

/** Whether a header says what the operation is to do; the others belong to HTTP, to the SDK or to the signature. */
function isOfOperation(name: string, { wire }: Asked): boolean {
  if (/^(?:if-|range$|content-encoding$)/.test(name)) return true;
  // A digest that does not fit says that the body is another one.
  if (!name.startsWith('x-amz-') || /^x-amz-(?:meta-|checksum-)/.test(name)) return false;
  if (/^x-amz-(?:date|content-sha256|security-token|user-agent|decoded-content-length|trailer|mfa)$/.test(name))
    return false;
  // A copy without its source is no copy.
  return name !== 'x-amz-copy-source' && !(name.startsWith('x-amz-sdk-') && wire.headers.has('x-amz-trailer'));
}

interface Written {
  readonly at?: string;
  readonly wireName?: string | readonly string[];
}

/** The name under which SDKs have a member, with the name on the wire if nobody has another. */
function nameMember({ operation }: RequestEntry, at: 'header' | 'query', wireName: string): string {
  const input: object = operation !== undefined && operation in operations ? inputOf(operation) : {};
  const found = Object.entries(input as Readonly<Record<string, Written>>).find(
    ([, member]) => member.at?.startsWith(at) === true && namesOf(member).includes(wireName.toLowerCase()),
  );
  if (found !== undefined) return found[0];
  return at === 'header' ? `the header ${wireName}` : `the parameter ${wireName} of its query`;
}

function namesOf({ wireName }: Written): readonly (string | undefined)[] {
  return [wireName].flat().map((name) => name?.toLowerCase());
}

function inputOf(name: string): object {
  return Reflect.get(operations, name).input;
}
