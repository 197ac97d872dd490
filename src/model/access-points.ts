import { partitionOf } from '../formats/regions';
import { S3Error } from '../refusals/s3-error';
import type { PolicyTarget, ResourcePolicy } from './access/policy-document';
import { isPublicPointPolicy } from './access/public-policy';
import type { PublicAccessBlock } from './configurations/public-access-switches';
import type { Account } from './identity/account';
import type { Ids } from './ids';
import type { Tag } from './tagging';

/** An access point of a bucket: a host name with a policy of its own. Never changed in place: a change replaces the record. */
export interface AccessPoint {
  /** No other access point of the account has it in the region. */
  readonly name: string;
  readonly account: Account;
  readonly region: string;
  /** A name that S3 made. Requests can name it in a bucket's place. */
  readonly alias: string;
  /** The only network from which it answers; undefined for the Internet. */
  readonly vpcId: string | undefined;
  readonly publicAccessBlock: PublicAccessBlock;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly tags: readonly Tag[];
  readonly policy: ResourcePolicy | undefined;
}

/** `Bucket` itself is made of the type of access points, so it cannot be imported. */
interface Attached {
  readonly settings: { readonly accessPoints?: readonly AccessPoint[] | undefined };
}

export interface BucketAccessPoint<B> {
  readonly bucket: B;
  readonly point: AccessPoint;
}

export function accessPointsOf<B extends Attached>(buckets: Iterable<B>): readonly BucketAccessPoint<B>[] {
  return [...buckets].flatMap((bucket) => (bucket.settings.accessPoints ?? []).map((point) => ({ bucket, point })));
}

export function findAccessPoint<B extends Attached>(
  buckets: Iterable<B>,
  named: string,
  region: string | undefined,
): BucketAccessPoint<B> | undefined {
  const { name, id } = /^(?<name>.+)-(?<id>\d{12})$/.exec(named)?.groups ?? {};
  if (name === undefined && !named.endsWith('-s3alias')) return undefined;
  return accessPointsOf(buckets).find(
    ({ point }) =>
      point.alias === named ||
      (point.name === name && point.account.id === id && (region === undefined || point.region === region)),
  );
}

export function findAccessPointByArn<B extends Attached>(
  buckets: Iterable<B>,
  arn: string,
): BucketAccessPoint<B> | undefined {
  return accessPointsOf(buckets).find(({ point }) => writeAccessPointArn(point) === arn);
}

/** A copy names its source by the bucket, or by the ARN or the alias of an access point (F1115). */
export function findNamedBucket<B extends Attached>(
  buckets: ReadonlyMap<string, B>,
  named: string,
): (Pick<BucketAccessPoint<B>, 'bucket'> & Partial<BucketAccessPoint<B>>) | undefined {
  const bucket = buckets.get(named);
  if (bucket !== undefined) return { bucket };
  return findAccessPointByArn(buckets.values(), named) ?? findAccessPoint(buckets.values(), named, undefined);
}

export function writeAccessPointArn(
  point: Pick<AccessPoint, 'name' | 'region'> & { readonly account: { readonly id: string } },
): string {
  const { name, region, account } = point;
  return `arn:${partitionOf(region)}:s3:${region}:${account.id}:accesspoint/${name}`;
}

export function writeAccessPointResource(point: AccessPoint, key: string | undefined): string {
  return key === undefined ? writeAccessPointArn(point) : `${writeAccessPointArn(point)}/object/${key}`;
}

export function networkOriginOf({ vpcId }: Pick<AccessPoint, 'vpcId'>): 'Internet' | 'VPC' {
  return vpcId === undefined ? 'Internet' : 'VPC';
}

/** An access point that answers to one network only is never public (F1114). */
export function makePointPolicyTarget(
  point: Pick<AccessPoint, 'name' | 'region' | 'account' | 'vpcId'>,
): PolicyTarget & { readonly partition: string } {
  const arn = writeAccessPointArn(point);
  return {
    arn,
    objects: `${arn}/object/`,
    partition: partitionOf(point.region),
    isPublic: (document) => point.vpcId === undefined && isPublicPointPolicy(document),
  };
}

/** F1110 */
export function checkAccessPointPath(name: string): void {
  if (/^[a-z0-9.-]{3,50}$/.test(name)) return;
  throw new S3Error('InvalidUri', { URI: `accesspoint/${name}` }, problemOfAccessPointName(name));
}

export function problemOfAccessPointName(name: string): string | undefined {
  if (name.length < 3 || name.length > 50) return `an access point's name has 3 to 50 characters, not ${name.length}`;
  if (/[^a-z0-9-]/.test(name)) return "an access point's name has lower-case letters, digits and hyphens only";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "an access point's name begins and ends with a letter or a digit";
  return name.startsWith('xn--') || name.endsWith('-s3alias')
    ? "an access point's name neither begins with xn-- nor ends in -s3alias"
    : undefined;
}

/** An alias has at most 63 characters: the name, cut to 20, then 34 characters of S3, then `-s3alias` (F1107). */
const ofName = 20;
const ofS3 = 34;

export function makeAlias(ids: Ids, name: string, region: string): string {
  const end = `${writeRegionCode(region)}a`;
  const random = ids.text('access point', 'abcdefghijklmnopqrstuvwxyz0123456789', ofS3 - end.length);
  return `${name.slice(0, ofName)}-${random}${end}-s3alias`;
}

/** `use1` for us-east-1, `apne2` for ap-northeast-2. */
function writeRegionCode(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const number = rest.at(-1) ?? '';
  const directions =
    rest
      .slice(0, -1)
      .join('')
      .match(/north|south|east|west|central/g) ?? [];
  return `${area}${directions.map((one) => one.charAt(0)).join('')}${number}`;
}
