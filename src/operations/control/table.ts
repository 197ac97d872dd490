import { decodePercent } from '../../formats/url-encoding';
import type { S3Request } from '../../protocol/request/request';
import { type Route, routePreflight } from '../../protocol/request/route';
import { S3Error } from '../../refusals/s3-error';
import { inputMembers } from '../../shapes/places';
import type { Members } from '../../shapes/shape';
import type { Operation } from '../operation';
import {
  createAccessPoint,
  deleteAccessPoint,
  deleteAccessPointPolicy,
  getAccessPoint,
  getAccessPointPolicy,
  getAccessPointPolicyStatus,
  listAccessPoints,
  putAccessPointPolicy,
} from './access-points';
import { lackingControlOperations } from './lacking';
import {
  deleteAccountPublicAccessBlock,
  getAccountPublicAccessBlock,
  putAccountPublicAccessBlock,
} from './public-access-block';
import { listTagsForResource, tagResource, untagResource } from './tags';

/**
 * S3's page of an operation is https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_NAME.html with its name. Those of the public access
 * block have the names of CloudTrail and of policies, since S3 has operations of the client's names too (F1102).
 */
export const controlOperations = {
  CreateAccessPoint: createAccessPoint,
  DeleteAccessPoint: deleteAccessPoint,
  DeleteAccessPointPolicy: deleteAccessPointPolicy,
  GetAccessPoint: getAccessPoint,
  GetAccessPointPolicy: getAccessPointPolicy,
  GetAccessPointPolicyStatus: getAccessPointPolicyStatus,
  ListAccessPoints: listAccessPoints,
  ListTagsForResource: listTagsForResource,
  PutAccessPointPolicy: putAccessPointPolicy,
  TagResource: tagResource,
  UntagResource: untagResource,

  DeleteAccountPublicAccessBlock: deleteAccountPublicAccessBlock,
  GetAccountPublicAccessBlock: getAccountPublicAccessBlock,
  PutAccountPublicAccessBlock: putAccountPublicAccessBlock,

  ...lackingControlOperations,
};

type ControlOperations = typeof controlOperations;

/** The name of an operation of S3 Control: `'PutAccountPublicAccessBlock'`. */
export type ControlOperationName = keyof ControlOperations & string;

/** The input of an operation of S3 Control, under the names of AWS's SDKs. */
export type ControlInputOf<Name extends ControlOperationName> =
  ControlOperations[Name] extends Operation<infer I, unknown> ? I : never;

/** The output of an operation of S3 Control, under the names of AWS's SDKs. */
export type ControlOutputOf<Name extends ControlOperationName> =
  ControlOperations[Name] extends Operation<never, infer O> ? O : never;

interface NamedControlOperation extends Operation<object, object | undefined> {
  readonly name: ControlOperationName;
}

interface RoutedRow {
  readonly row: NamedControlOperation;
  readonly path: RegExp;
}

const rows: readonly RoutedRow[] = Object.entries(controlOperations).map(([name, row]) => ({
  row: Object.assign(row, { name }) as unknown as NamedControlOperation, // each handler takes what its own input members read
  path: makePathPattern(row.pattern),
}));

function makePathPattern(pattern: string): RegExp {
  const [, path = ''] = pattern.split(/[ ?]/);
  const labelled = path.replace(/\{(\w+)(\+?)\}/g, (_label, name: string, isGreedy) =>
    isGreedy ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${labelled}$`);
}

export function findControlOperation(request: Pick<S3Request, 'method' | 'path' | 'headers'>): {
  readonly found: Route<NamedControlOperation>;
  readonly labels: ReadonlyMap<string, string>;
} {
  const { method, path } = request;
  if (method === 'OPTIONS') return { found: routePreflight(request), labels: new Map() };
  const there = rows.filter((one) => one.path.test(path));
  const routed = there.find(({ row }) => row.method === method);
  if (routed === undefined) return { found: unrouted(method, path, there), labels: new Map() };
  const labels = Object.entries(routed.path.exec(path)?.groups ?? {});
  const decoded = labels.map(([name, text]) => [name, decodePercent(text) ?? text] as const);
  return { found: { row: routed.row }, labels: new Map(decoded) };
}

/** F1103 */
function unrouted(Method: string, path: string, there: readonly RoutedRow[]): Route<NamedControlOperation> {
  if (there.length === 0)
    return {
      row: undefined,
      refusal: new S3Error('InvalidUri', { URI: path.replace(/^\/v20180820\//, '') }),
      stage: 'address',
    };
  const details = { Method, ResourceType: 'SERVICE', allow: there.map(({ row }) => row.method) };
  return { row: undefined, refusal: new S3Error('MethodNotAllowed', details), stage: 'method' };
}

export function controlInputOf(name: ControlOperationName): Members {
  return inputMembers(controlOperations[name].input);
}
