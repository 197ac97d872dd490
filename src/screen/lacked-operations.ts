import type { RequestEntry } from '../journal/entry';
import { isArray, memberOf } from '../text/value-kinds';

const noPolicies = 'IBM COS has no bucket policies';
const givenByIam = 'IBM Cloud IAM gives users their rights, outside of the API of S3';

/** What IBM COS has in place of what only AWS has, by the query of the operation. */
const ofCos: Readonly<Record<string, (entry: RequestEntry) => string | undefined>> = {
  policy: (entry) =>
    allowsPublicReads(entry)
      ? `${noPolicies}. To let everybody read an object, write ACL: 'public-read' in PutObject or PutObjectAcl; ${givenByIam}`
      : `${noPolicies}: ${givenByIam}`,
  policyStatus: () => `${noPolicies}: GetObjectAcl says whether everybody can read an object`,
  notification: () =>
    'IBM COS has no notifications in the API of S3: its events go to Code Engine, through another service',
  attributes: writeHeadInstead,
};

const ofDialects = { aws: undefined, 'ibm-cos': ofCos };

const start = 'the service has no ';

/** Returns the end of a line about an operation that IBM COS lacks. */
export function writeLackedOperation(entry: RequestEntry): string {
  const { dialect, status, why = '' } = entry;
  const known = ofDialects[dialect];
  if (known === undefined || status !== 501 || !why.startsWith(start)) return '';
  const name = /\?(\w+)/.exec(why.slice(start.length, start.length + 100))?.[1] ?? '';
  const instead = Object.hasOwn(known, name) ? known[name]?.(entry) : undefined;
  return `; ${instead ?? 'IBM COS has no such operation: leave the request out where the code talks to COS'}`;
}

/** An ACL grants what the policy would, if the policy lets everybody read, without a condition, and denies nothing. */
function allowsPublicReads({ body }: RequestEntry): boolean {
  if (body === undefined) return false; // as of a read or a delete of the policy, or dropped
  const statements = listOf(memberOf(readJson(Buffer.from(body).toString()), 'Statement'));
  return statements.every((one) => memberOf(one, 'Effect') === 'Allow') && statements.some(isPublicRead);
}

function isPublicRead(statement: unknown): boolean {
  const principal = memberOf(statement, 'Principal');
  const isForAll = [principal, ...listOf(memberOf(principal, 'AWS'))].includes('*');
  const reads = listOf(memberOf(statement, 'Action')).some((action) => ofRead.test(String(action)));
  const isOfObjects = listOf(memberOf(statement, 'Resource')).some((arn) => /\/|\*$/.test(String(arn)));
  return isForAll && reads && isOfObjects && memberOf(statement, 'Condition') === undefined;
}

/** The actions that include GetObject; S3 reads them in any case. */
const ofRead = /^(?:\*|s3:(?:\*|get\*|getobject\*?))$/i;

function listOf(value: unknown): readonly unknown[] {
  return isArray(value) ? value : value === undefined ? [] : [value];
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What HeadObject answers of the attributes of an object. */
const ofHead: Readonly<Record<string, string>> = {
  ObjectSize: 'the size',
  ETag: 'the ETag',
  StorageClass: 'the storage class if it is not STANDARD',
  Checksum: "the checksum if the request has ChecksumMode: 'ENABLED'",
};

function writeHeadInstead({ headers }: RequestEntry): string | undefined {
  const asked = (headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim());
  const known = Object.keys(ofHead).filter((name) => asked.includes(name));
  const others = asked.filter((name) => name !== '' && !known.includes(name));
  if (known.length === 0) return undefined;
  const lacking = others.length === 0 ? '' : `, but not ${others.join(' or ')}`;
  return `HeadObject has ${known.map((name) => ofHead[name]).join(' and ')}${lacking}, and IBM COS answers that`;
}
