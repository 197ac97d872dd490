import { partitionOf } from '../formats/regions';
import { type AccessRequest, decideAccess } from '../model/access/access';
import { type Action, type ActionName, actions, findAction } from '../model/access/actions';
import { findSetValues } from '../model/access/caller-conditions';
import type { ConditionKeyValues } from '../model/access/condition-key-values';
import { describeDecision } from '../model/access/decision-text';
import { actionsOfOperations } from '../model/access/operation-actions';
import { readResourceTag } from '../model/access/resource-tags';
import type { Bucket } from '../model/bucket';
import { serviceOf } from '../model/configurations/services';
import type { Caller } from '../model/identity/account';
import type { Store } from '../model/store';
import { makeMistake } from '../text/mistakes';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';
import { readConditions, usualConditions } from './access-conditions';
import { findBucket } from './bucket-lookup';

export type { ActionName } from '../model/access/actions';

/** Whether S3 lets a caller carry out an action, and what decides that: a statement, a grant or the lack of both. */
export interface Permission {
  /** Whether S3 would carry out the action. */
  readonly allowed: boolean;
  /** The reason in words: `denied by statement KeepVersions of the bucket policy of vault: s3:DeleteObjectVersion on ...`. */
  readonly by: string;
}

interface PermissionWords {
  readonly action: unknown;
  readonly resource: unknown;
  readonly conditions: unknown;
}

export function decidePermission(store: Store, caller: Caller, label: string, asked: PermissionWords): Permission {
  const at = `${label}: may`;
  const action = readAction(at, asked.action);
  const resource = readResource(at, asked.resource, action, store);
  const { bucket } = resource;
  const isOfRole = caller.role !== undefined;
  const askedConditions = readConditions(at, asked.conditions === undefined ? {} : asked.conditions, action, isOfRole);
  const [versionId] = askedConditions.get('s3:versionid') ?? [];
  const service = serviceOf(bucket ?? { location: undefined });
  const chosen: ConditionKeyValues = (key) => askedConditions.get(key) ?? findSetValues(key, caller, store);
  const usual = usualConditions(store, chosen);
  const question = { ...resource, action: action.name, versionId, store, service };
  const conditions: ConditionKeyValues = (key) => chosen(key) ?? readResourceTag(key, question) ?? usual.get(key);
  const request: AccessRequest = { ...resource, caller, action: action.name, versionId, conditions };
  const decision = decideAccess(request, { store, service });
  return Object.freeze({ allowed: decision.allowed, by: describeDecision(decision, caller, store.accounts) });
}

type Resource = Pick<AccessRequest, 'bucket' | 'bucketName' | 'key'>;

const createBucket: ActionName = 's3:CreateBucket';

function readResource(at: string, resource: unknown, action: Action, store: Store): Resource {
  const parts = typeof resource === 'string' ? /^(?:arn:([a-z-]+):s3:::)?([^/:*?]+)(?:\/(.+))?$/s.exec(resource) : null;
  const { name, kind } = action;
  if (kind === 'none' && resource === '*') return { bucket: undefined };
  const [, partition, bucketName = '', key] = parts ?? [];
  const fits = { none: false, bucket: key === undefined, object: key !== undefined }[kind];
  if (parts === null || !fits)
    throw makeMistake(`${at}: ${name} applies to ${aboutWhat[kind]}. It was given ${writeGiven(resource)}.`);
  const bucket = name === createBucket ? undefined : findBucket(store, bucketName, false);
  checkPartition(at, partition, bucket);
  if (bucket) checkKey(at, key, bucket);
  return { bucket, bucketName, key };
}

const aboutWhat: Readonly<Record<Action['kind'], string>> = {
  none: "no bucket and no object: give '*'",
  bucket: "a bucket: give its name or its ARN, such as 'vault' or 'arn:aws:s3:::vault'",
  object: "an object: give bucket and key or its ARN, such as 'vault/report.pdf' or 'arn:aws:s3:::vault/report.pdf'",
};

function checkPartition(at: string, partition: string | undefined, bucket: Bucket | undefined): void {
  const right = partitionOf(bucket?.region);
  if (partition === undefined || partition === right) return;
  throw makeMistake(
    `${at}: the ARN of a bucket in partition ${right} begins with arn:${right}:s3:::, not arn:${partition}:.`,
  );
}

/** A pattern would be taken for the key of one object. */
function checkKey(at: string, key: string | undefined, { name, versions }: Bucket): void {
  if (key === undefined || !key.includes('*') || versions.current(key) !== undefined) return;
  throw makeMistake(
    `${at}: ${writeGiven(`${name}/${key}`)} is a pattern. Give the key of one object, such as '${name}/report.pdf'.`,
  );
}

function readAction(at: string, action: unknown): Action {
  const found = typeof action === 'string' ? findAction(action) : undefined;
  if (found !== undefined && found.name === action) return found;
  throw makeMistake(
    `${at}: there is no action ${writeGiven(action)}. Give an action of S3 as policies name it, such as 's3:GetObject'.${writeHint(action)}`,
  );
}

function writeHint(action: unknown): string {
  const names = actions.map(({ name }) => name);
  if (typeof action !== 'string') return hintFor(action, names);
  const short = action.replace(/^s3:/, '');
  const needed = actionsOfOperations.get(short);
  if (needed !== undefined) return ` ${short} needs ${needed}.`;
  const full = findAction(`s3:${short}`);
  return full === undefined ? hintFor(action, names) : ` Did you mean ${full.name}?`;
}
