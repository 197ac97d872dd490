import { createHash } from 'node:crypto';
import { type OperationName, operations } from '../../src/operations/table';
import type { DialectName } from '../../src/wire';
import { credentialsOf } from './credentials';
import { documentOf } from './documents';
import { formOf, formTypeOf } from './forms';
import { type HeaderLine, headersOf } from './headers';
import { bucketOf, encoded, inheritedName, keyOf, run, type SeenIds, strangeText, uploadIdOf } from './names';
import { queryOf } from './queries';
import type { Random } from './random';

export interface Call {
  readonly operation: OperationName;
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | undefined;
}

interface Row {
  readonly pattern: string;
  readonly requires: string | undefined;
  readonly dialect: DialectName | undefined;
  readonly hasDocument?: boolean;
  readonly takesForm?: boolean;
  readonly handle: unknown;
}

const rows = Object.entries(operations as unknown as Readonly<Record<OperationName, Row>>) as readonly [
  OperationName,
  Row,
][]; // without the types of their inputs
const carriedOut = rows.filter(([, { handle }]) => handle !== undefined);

const hosts: Readonly<Record<DialectName, readonly string[]>> = {
  aws: ['s3.amazonaws.com', 's3.us-east-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'],
  'ibm-cos': ['s3.us-south.cloud-object-storage.appdomain.cloud', 's3.eu-de.cloud-object-storage.appdomain.cloud'],
};

export function callOf(random: Random, seen: SeenIds, now: Date): Call {
  const [operation, row] = random.pick(random.chance(0.85) ? carriedOut : rows);
  const [, pattern = '', path = '', query = ''] = /^(\S+) ([^?]*)\??(.*)$/.exec(row.pattern) ?? [];
  const method = random.chance(0.97)
    ? pattern
    : random.pick(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH']);
  const base = random.pick(hosts[row.dialect ?? random.pick<DialectName>(['aws', 'aws', 'ibm-cos'])]);
  const place =
    operation === 'CreateIamToken' ? { host: 'iam.cloud.ibm.com', target: path } : placeOf(random, base, path);
  // The configurations of a bucket that have ids are put and deleted by the id of the query.
  const named = /^(?:Put|Delete)Bucket(?:Analytics|IntelligentTiering|Inventory|Metrics)/.test(operation)
    ? ['id=*']
    : [];
  const required = [...query.split('&'), ...(random.chance(0.9) ? named : [])];
  const parts = [...required.map((part) => parameterOf(random, seen, part)), ...queryOf(random, seen)].filter(
    (part) => part !== '',
  );
  const isForm = row.takesForm === true && random.chance(0.95);
  const body = isForm ? formOf(random, now) : bodyOf(random, operation, row, method, seen);
  const ofForm: readonly HeaderLine[] = isForm ? [['Content-Type', formTypeOf(random)]] : [];
  const headers = [...ofForm, ...requiredHeaders(random, row, body), ...headersOf(random, seen)];
  return {
    operation,
    method,
    host: random.chance(0.98)
      ? place.host
      : random.one(
          () => strangeText(random),
          () => run(random, 4000),
          () => 'example.com',
        ),
    target: `${place.target}${parts.length === 0 ? '' : `?${parts.join('&')}`}`,
    headers: [...headers, ...credentialsOf(random, now, seen, headers)],
    body,
  };
}

function placeOf(random: Random, base: string, path: string): { readonly host: string; readonly target: string } {
  const bucket = bucketOf(random);
  const key = keyOf(random)
    .split('/')
    .map((part) => encoded(random, part))
    .join('/');
  const inHost = path.startsWith('/{Bucket}') && /^[a-z0-9.-]+$/.test(bucket) && random.chance(0.3);
  const target = path.replace('{Bucket}', () => (inHost ? '' : encoded(random, bucket))).replace('{Key+}', () => key);
  return { host: inHost ? `${bucket}.${base}` : base, target: inHost ? target.replace('//', '/') : target };
}

function parameterOf(random: Random, seen: SeenIds, part: string): string {
  if (part.startsWith('uploadId')) return `uploadId=${encoded(random, uploadIdOf(random, seen))}`;
  if (part === 'id=*') return `id=${random.below(10) === 0 ? inheritedName(random) : random.pick(['one', 'two'])}`;
  return part.replace('{}', () =>
    random.chance(0.8) ? random.pick(['1', '2', 'true']) : encoded(random, strangeText(random)),
  );
}

function bodyOf(random: Random, operation: OperationName, row: Row, method: string, seen: SeenIds): Buffer | undefined {
  if (operation === 'CreateIamToken')
    return Buffer.from(
      random.pick([
        'grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=x',
        'grant_type=',
        '%zz',
        run(random, 20_000),
      ]),
    );
  if (row.hasDocument === true || (row.handle === undefined && random.chance(0.3)))
    return documentOf(random, operation, seen);
  if (operation === 'PutObject' || operation === 'UploadPart')
    return Buffer.alloc(random.size(1, 20_000) - 1, 'bytes ');
  if (method === 'PUT' && random.chance(0.7)) return Buffer.alloc(0);
  return random.chance(0.05) ? documentOf(random, operation, seen) : undefined;
}

function requiredHeaders(
  random: Random,
  { requires, hasDocument }: Row,
  body: Buffer | undefined,
): readonly HeaderLine[] {
  const md5 = createHash('md5')
    .update(body ?? '')
    .digest('base64');
  return [
    ...(requires === undefined ? [] : [[requires, random.pick(['/vault/report.pdf', 'plain/folder%2Fa'])] as const]),
    ...(hasDocument === true && random.chance(0.9) ? [['Content-MD5', md5] as const] : []),
  ];
}
