import { firstRegion, partitionOf } from '../../formats/regions';
import { readPolicy } from '../../model/access/policy-document';
import { findBlocker, findBlockerOfPoint } from '../../model/access/public-access';
import { checkBlockedPolicy } from '../../model/access/public-policy';
import {
  type AccessPoint,
  accessPointsOf,
  type BucketAccessPoint,
  checkAccessPointPath,
  makeAlias,
  makePointPolicyTarget,
  networkOriginOf,
  problemOfAccessPointName,
  writeAccessPointArn,
} from '../../model/access-points';
import type { Bucket } from '../../model/bucket';
import {
  type PublicAccessSwitch,
  publicAccessSwitches,
  setAll,
} from '../../model/configurations/public-access-switches';
import type { Account } from '../../model/identity/account';
import { writeCallerArn } from '../../model/identity/caller';
import { S3Error } from '../../refusals/s3-error';
import { element, entries, required, wrappedList } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { boolean, date, text } from '../../shapes/values';
import { byCodeUnits } from '../../text/lists';
import { type Context, controlOperation } from '../operation';
import { changePoint, checkResourceTags, tagElements } from './tags';

const path = '/v20180820/accesspoint';
const switches = Object.keys(publicAccessSwitches) as readonly PublicAccessSwitch[]; // its own keys

const VpcConfiguration = element({ VpcId: required(element(text)) });

export const createAccessPoint = controlOperation(`PUT ${path}/{Name}`, {
  action: 's3:CreateAccessPoint',
  document: {
    Bucket: required(element(text)),
    VpcConfiguration: element({ VpcId: element(text) }),
    PublicAccessBlockConfiguration: element(publicAccessSwitches),
    BucketAccountId: element(text),
    Scope: element({ Prefixes: wrappedList(text, 'Prefix'), Permissions: wrappedList(text, 'Permission') }),
    Tags: wrappedList(tagElements, 'Tag'),
  },
  root: 'CreateAccessPointResult',
  output: { AccessPointArn: element(text), Alias: element(text) },
  handle(context, { Name, Tags = [], ...asked }) {
    const { store, now } = context;
    const { account, region } = readAccountAndRegion(context);
    checkNewName(Name);
    checkResourceTags(Tags);
    if (asked.Scope !== undefined) throw new S3Error('AccessPointScoped', {});
    const { VpcConfiguration: network } = asked;
    if (network !== undefined && network.VpcId === undefined) throw new S3Error('AccessPointNetworkMissing', {});
    const bucket = requireBucket(context, asked, region);
    const there = listOwnPoints(context).find(({ point }) => point.name === Name);
    if (there !== undefined)
      throw new S3Error('AccessPointAlreadyOwnedByYou', {}, `${Name} is an access point of ${there.bucket.name}`);
    const point: AccessPoint = {
      name: Name,
      account,
      region,
      alias: makeAlias(store.ids, Name, region),
      vpcId: network?.VpcId,
      publicAccessBlock: readBlock(asked.PublicAccessBlockConfiguration),
      created: now,
      tags: Tags,
      policy: undefined,
    };
    bucket.change({ accessPoints: [...(bucket.settings.accessPoints ?? []), point] });
    return { AccessPointArn: writeAccessPointArn(point), Alias: point.alias };
  },
});

/** An access point is made in the region of the request's host. */
function readAccountAndRegion({ caller, request }: Context): { readonly account: Account; readonly region: string } {
  const { account } = caller;
  if (account === undefined) throw new TypeError('a request without credentials was not refused');
  return { account, region: request.endpoint.region ?? firstRegion };
}

function checkNewName(name: string): void {
  checkAccessPointPath(name);
  const problem = problemOfAccessPointName(name);
  if (problem !== undefined) throw new S3Error('AccessPointNameInvalid', {}, `${name}: ${problem}`);
}

function requireBucket(
  { store, caller }: Context,
  { Bucket: name, BucketAccountId }: { readonly Bucket: string; readonly BucketAccountId?: string | undefined },
  region: string,
): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) throw new S3Error('AccessPointBucketMissing', {}, `there is no bucket ${name}`);
  if ((BucketAccountId ?? caller.account?.id) !== bucket.owner.id)
    throw new S3Error('AccessPointOwnerWrong', {}, `the bucket ${name} is of the account ${bucket.owner.id}`);
  if (bucket.region !== undefined && bucket.region !== region)
    throw new S3Error(
      'AccessPointElsewhere',
      {},
      `the bucket ${name} is in ${bucket.region}, and the client called ${region}`,
    );
  return bucket;
}

/** If there is no block, all switches are on. If there is a block, the switches that it leaves out are off (F1107). */
function readBlock(given: Readonly<Partial<Record<PublicAccessSwitch, boolean>>> | undefined) {
  return setAll(switches, (name) => (given === undefined ? true : (given[name] ?? false)));
}

export const getAccessPoint = controlOperation(`GET ${path}/{Name}`, {
  action: 's3:GetAccessPoint',
  root: 'GetAccessPointResult',
  output: {
    Name: element(text),
    Bucket: element(text),
    NetworkOrigin: element(text),
    VpcConfiguration,
    PublicAccessBlockConfiguration: element(publicAccessSwitches),
    CreationDate: element(date),
    Alias: element(text),
    AccessPointArn: element(text),
    Endpoints: entries,
    BucketAccountId: element(text),
  },
  handle(context, { Name }) {
    const { bucket, point } = requirePointOrAlias(context, Name);
    return {
      ...makeOutline({ bucket, point }),
      PublicAccessBlockConfiguration: point.publicAccessBlock,
      CreationDate: new Date(point.created),
      Endpoints: makeEndpoints(point.region),
    };
  },
});

function makeOutline({ bucket, point }: BucketAccessPoint<Bucket>) {
  return {
    Name: point.name,
    NetworkOrigin: networkOriginOf(point),
    ...(point.vpcId !== undefined && { VpcConfiguration: { VpcId: point.vpcId } }),
    Bucket: bucket.name,
    AccessPointArn: writeAccessPointArn(point),
    Alias: point.alias,
    BucketAccountId: bucket.owner.id,
  };
}

function makeEndpoints(region: string): Readonly<Record<string, string>> {
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = (label: string) => `${label}.${region}.${suffix}`;
  return {
    ipv4: host('s3-accesspoint'),
    fips: host('s3-accesspoint-fips'),
    fips_dualstack: host('s3-accesspoint-fips.dualstack'),
    dualstack: host('s3-accesspoint.dualstack'),
  };
}

function listOwnPoints(context: Context): readonly BucketAccessPoint<Bucket>[] {
  const { account, region } = readAccountAndRegion(context);
  return accessPointsOf(context.store.buckets.values())
    .filter(({ point }) => point.account === account && point.region === region)
    .toSorted((one, other) => byCodeUnits(one.point.name, other.point.name));
}

/** The access point that a request names (F1108). An alias is no name of one (F1142). */
function requirePoint(context: Context, name: string): BucketAccessPoint<Bucket> {
  if (isAlias(name)) throw new S3Error('InvalidUri', { URI: `accesspoint/${name}` }, `${name} is an alias`);
  return requirePointOrAlias(context, name);
}

function requirePointOrAlias(context: Context, name: string): BucketAccessPoint<Bucket> {
  if (!isAlias(name)) checkAccessPointPath(name);
  const points = listOwnPoints(context);
  const found = points.find(({ point }) => point.name === name || point.alias === name);
  if (found !== undefined) return found;
  const names = points.map(({ point }) => point.name).join(', ');
  throw new S3Error(
    'NoSuchAccessPoint',
    { AccessPointName: name },
    `the access points of the account in the region are: ${names || 'none'}`,
  );
}

const isAlias = (name: string): boolean => name.endsWith('-s3alias');

export const deleteAccessPoint = controlOperation(`DELETE ${path}/{Name}`, {
  action: 's3:DeleteAccessPoint',
  status: 204,
  handle(context, { Name }) {
    const { bucket, point } = requirePoint(context, Name);
    const left = bucket.settings.accessPoints?.filter((one) => one !== point) ?? [];
    bucket.change({ accessPoints: left.length === 0 ? undefined : left });
  },
});

const longestPage = 1000;

export const listAccessPoints = controlOperation(`GET ${path}`, {
  action: 's3:ListAccessPoints',
  input: {
    Bucket: query('bucket'),
    NextToken: query('nextToken'),
    MaxResults: query('maxResults'),
    DataSourceId: query('dataSourceId'),
    DataSourceType: query('dataSourceType'),
  },
  root: 'ListAccessPointsResult',
  output: {
    AccessPointList: required(
      wrappedList(
        {
          Name: element(text),
          NetworkOrigin: element(text),
          VpcConfiguration,
          Bucket: element(text),
          AccessPointArn: element(text),
          Alias: element(text),
          BucketAccountId: element(text),
        },
        'AccessPoint',
      ),
    ),
    NextToken: element(text),
  },
  handle(context, { Bucket: name, NextToken, MaxResults, DataSourceId, DataSourceType = 'S3' }) {
    if (name !== undefined && !context.store.buckets.has(name)) throw new S3Error('AccessPointsOfNoBucket', {});
    if (DataSourceId !== undefined && DataSourceType === 'S3')
      throw new S3Error('AccessPointSourceInvalid').quoting({ dataSourceId: DataSourceId });
    const after = readToken(NextToken, name);
    const all = listOwnPoints(context).filter(
      ({ bucket, point }) =>
        // Every point of the mock is of a bucket.
        (DataSourceType === 'S3' || DataSourceType === 'ALL') &&
        (name === undefined || bucket.name === name) &&
        (after === undefined || point.name > after),
    );
    const size = readPageSize(MaxResults);
    const page = all.slice(0, size);
    const last = page.at(-1);
    return {
      AccessPointList: page.map(makeOutline),
      // A full page has a token, be it the last (F1109).
      NextToken: last && page.length === size ? writeToken(last.point.name, name) : undefined,
    };
  },
});

/** 0 and numbers above 1,000 are taken (F1109). */
function readPageSize(given: string | undefined): number {
  if (given === undefined) return longestPage;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 0)
    throw new S3Error('AccessPointPageInvalid', {}).quoting({ maxResults: given });
  return size === 0 ? longestPage : Math.min(size, longestPage);
}

/** A token says where a page begins, and the bucket whose points are listed. */
function writeToken(name: string, bucket = ''): string {
  return Buffer.from(`after ${name} ${bucket}`).toString('base64url');
}

/** A token is for the listing that answered it. */
function readToken(token: string | undefined, bucket = ''): string | undefined {
  if (token === undefined) return undefined;
  const { name, of } = /^after (?<name>\S+) (?<of>\S*)$/.exec(Buffer.from(token, 'base64url').toString())?.groups ?? {};
  if (of === bucket) return name;
  throw new S3Error('AccessPointTokenInvalid', {}).quoting({ nextToken: token });
}

/** It answers 204 (F1140). */
export const putAccessPointPolicy = controlOperation(`PUT ${path}/{Name}/policy`, {
  action: 's3:PutAccessPointPolicy',
  status: 204,
  document: { Policy: required(element(text)) },
  handle(context, { Name, Policy: sent }) {
    const found = requirePoint(context, Name);
    const { bucket, point } = found;
    const { store, caller, request } = context;
    const partition = partitionOf(point.region);
    const policy = readPolicy(sent, { ...makePointPolicyTarget(point), accounts: store.accounts });
    // The block of the bucket does not concern the points of other accounts (F1114).
    const blocker =
      point.account === bucket.owner
        ? findBlocker(bucket, 'BlockPublicPolicy', request.dialect.configurations, point)
        : findBlockerOfPoint(point, 'BlockPublicPolicy');
    if (blocker !== undefined && policy.isPublic) {
      const { account } = readAccountAndRegion(context);
      const by = { caller: writeCallerArn(account, caller, partition), resource: writeAccessPointArn(point) };
      checkBlockedPolicy(policy.document, blocker, { ...by, action: 's3:PutAccessPointPolicy' });
    }
    changePoint(found, { policy });
  },
});

export const getAccessPointPolicy = controlOperation(`GET ${path}/{Name}/policy`, {
  action: 's3:GetAccessPointPolicy',
  root: 'GetAccessPointPolicyResult',
  output: { Policy: element(text) },
  handle: (context, { Name }) => ({ Policy: requirePolicy(context, Name).text }),
});

export const deleteAccessPointPolicy = controlOperation(`DELETE ${path}/{Name}/policy`, {
  action: 's3:DeleteAccessPointPolicy',
  status: 204,
  handle(context, { Name }) {
    changePoint(requirePoint(context, Name), { policy: undefined });
  },
});

export const getAccessPointPolicyStatus = controlOperation(`GET ${path}/{Name}/policyStatus`, {
  action: 's3:GetAccessPointPolicyStatus',
  root: 'GetAccessPointPolicyStatusResult',
  output: { PolicyStatus: element({ IsPublic: element(boolean) }) },
  handle: (context, { Name }) => ({ PolicyStatus: { IsPublic: requirePolicy(context, Name).isPublic } }),
});

function requirePolicy(context: Context, name: string) {
  const { policy } = requirePoint(context, name).point;
  if (policy === undefined) throw new S3Error('NoSuchAccessPointPolicy', { AccessPointName: name });
  return policy;
}
