import type { Endpoint } from '../wire';

/**
 * The suffixes of AWS's hosts. S3's own dual-stack hosts have the first of their partition, `s3.dualstack.REGION`; the services that
 * began with dual-stack names, S3 Tables among them, have the second.
 */
const suffixes = [
  'amazonaws.com',
  'api.aws',
  'amazonaws.com.cn',
  'api.amazonwebservices.com.cn',
  'amazonaws.eu',
  'api.amazonwebservices.eu',
  'c2s.ic.gov',
  'api.aws.ic.gov',
  'sc2s.sgov.gov',
  'api.aws.scloud',
  'cloud.adc-e.uk',
  'api.cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws.hci.ic.gov',
] as const;

const region = '[a-z]{2,6}(?:-[a-z]+){1,2}-\\d{1,2}';

/**
 * `[BUCKET.]SERVICE[.dualstack][.REGION]`. The names of buckets can contain dots, so the bucket is greedy and leaves the rightmost service
 * label.
 */
const shape = new RegExp(
  `^(?:(?<bucket>.+)\\.)?(?<service>s3[a-z0-9-]*)(?<flavour>\\.dualstack|\\.fips)?(?:\\.(?<region>${region}))?$`,
);

const legacy = new RegExp(`^s3-(?:fips-)?(?<region>${region})$`);

/**
 * A VPC endpoint of S3: `[BUCKET.]bucket.vpce-ID-SUFFIX[-ZONE].s3.REGION.vpce`, and its two siblings. The id ends before the second hyphen:
 * policies have it without the suffix and the zone. F255, F660
 */
const vpcEndpoint = new RegExp(
  `^(?:(?<bucket>.+)\\.)?(?<kind>bucket|accesspoint|control)\\.(?<id>vpce-[a-z0-9]+)(?:-[a-z0-9-]+)?\\.s3\\.(?<region>${region})\\.vpce$`,
);

const accelerating = 's3-accelerate';

/** `s3-website`, and for the oldest regions `s3-website-REGION` too (F1800). */
const website = new RegExp(`^s3-website(?:-(?<region>${region}))?$`);

const websiteWithHyphen: ReadonlySet<string> = new Set(
  'ap-northeast-1 ap-southeast-1 ap-southeast-2 eu-west-1 sa-east-1 us-east-1 us-gov-west-1 us-west-1 us-west-2'.split(
    ' ',
  ),
);

const attached: ReadonlySet<string> = new Set(['s3-accesspoint', 's3-accesspoint-fips']);

const controlling: ReadonlySet<string> = new Set(['s3-control', 's3-control-fips']);

const otherServices: readonly (readonly [label: string, name: string])[] = [
  ['s3-global', 'S3 multi-region access point'],
  ['s3-object-lambda', 'S3 Object Lambda'],
  ['s3-outposts', 'S3 on Outposts'],
  ['s3express', 'S3 Express One Zone'],
  ['s3tables', 'S3 Tables'],
  ['s3vectors', 'S3 Vectors'],
  ['s3files', 'S3 Files'],
];

export function isHostOfAws(host: string): boolean {
  return /\.(?:aws\.amazon\.com|on\.aws)$/.test(host) || findSuffix(host) !== undefined;
}

/** No suffix is the end of another suffix. */
function findSuffix(host: string): string | undefined {
  return suffixes.find((candidate) => host.endsWith(`.${candidate}`));
}

export function awsEndpoint(host: string): Endpoint | undefined {
  const suffix = findSuffix(host);
  if (suffix === undefined) return undefined;
  const name = host.slice(0, -suffix.length - 1);
  const endpoint = vpcEndpoint.exec(name)?.groups;
  if (endpoint !== undefined) return ofVpcEndpoint(host, endpoint);

  const isVpcEndpoint = name.endsWith('.vpce');
  const groups = shape.exec(isVpcEndpoint ? name.slice(0, -'.vpce'.length) : name)?.groups;
  const service = groups?.['service'];
  if (groups === undefined || service === undefined) return looksLikeS3(name) ? unknown(host) : undefined;

  const base = withoutBucket(host, groups['bucket']);
  if (attached.has(service) && groups['region'] !== undefined && !isVpcEndpoint) return ofAccessPoint(base, groups);
  if (controlling.has(service) && groups['region'] !== undefined && !isVpcEndpoint)
    return makeEndpoint('s3-control', base, groups['region']);
  if (website.test(service) && !isVpcEndpoint) return ofWebsite(host, base, groups);
  const other = otherServices.find(([label]) => service.startsWith(label));
  if (other !== undefined) return refused(base, `s3-versioning-mock does not answer ${other[1]} endpoints`);

  const found = isVpcEndpoint ? undefined : readRegion(service, groups['flavour'], groups['region']);
  return found === undefined
    ? unknown(host)
    : { ...makeEndpoint('s3', base, found.region), ...(service === accelerating && { accelerated: true }) };
}

type Groups = Readonly<Record<string, string | undefined>>;

function ofVpcEndpoint(host: string, { bucket, kind, id, region: named }: Groups): Endpoint {
  const base = withoutBucket(host, bucket);
  const through = id !== undefined && { vpcEndpoint: id };
  if (kind === 'bucket') return { ...makeEndpoint('s3', base, named), ...through };
  if (kind === 'control' && named !== undefined) return { ...makeEndpoint('s3-control', base, named), ...through };
  return { ...ofAccessPoint(base, { bucket, region: named }), ...through };
}

function ofWebsite(host: string, base: string, { service = '', flavour, region: afterDot }: Groups): Endpoint {
  const afterHyphen = website.exec(service)?.groups?.['region'];
  const named = afterHyphen ?? afterDot;
  if (named === undefined || (afterHyphen !== undefined && afterDot !== undefined)) return unknown(host);
  if (flavour !== undefined || base.includes('.api.'))
    return refused(base, 'S3 does not answer website hosts over IPv6, so it has no dual-stack host of websites');
  if (afterHyphen !== undefined && !websiteWithHyphen.has(afterHyphen))
    return refused(
      base,
      `the website hosts of ${afterHyphen} have a dot in front of the region: ${host.slice(0, -base.length)}${base.replace(service, `s3-website.${afterHyphen}`)}`,
    );
  return { ...makeEndpoint('s3', base, named), website: 'in front' };
}

function withoutBucket(host: string, bucket: string | undefined): string {
  return bucket === undefined ? host : host.slice(bucket.length + 1);
}

/** Returns `{ region }` of a data endpoint; its region is undefined for a global endpoint. Returns undefined if S3 has no such endpoint. */
function readRegion(service: string, flavour: string | undefined, named: string | undefined) {
  if (named !== undefined) return isRegional(service, flavour) ? { region: named } : undefined;
  if (service === accelerating) return { region: undefined };
  if (flavour !== undefined) return undefined;
  if (service === 's3' || service === 's3-external-1') return { region: undefined };
  const region = legacy.exec(service)?.groups?.['region'];
  return region === undefined ? undefined : { region };
}

/** The AWS SDK v3 names a region for acceleration over dual-stack if its own region is aws-global. */
function isRegional(service: string, flavour: string | undefined): boolean {
  return service === 's3' || service === 's3-fips' || (service === accelerating && flavour === '.dualstack');
}

/** The labels that can follow S3's own: a flavour, a known or new region, and the mark of a VPC endpoint. F256 */
const following = /^(?:dualstack|fips|vpce|[a-z]+(?:-[a-z]+)*-\d+|aws(?:-[a-z]+)*-global)$/;

/**
 * Whether S3 can have such a host: after its label come words that it uses, and nothing else. If a customer chose a first label such as
 * `s3-docs`, the host contains the name of another service there. In most of these services, `s3` alone is not the name of a resource. So
 * after it, one unknown word can precede or follow the region.
 */
function looksLikeS3(name: string): boolean {
  const labels = name.split('.');
  const at = labels.findLastIndex((label) => label.startsWith('s3'));
  if (at === -1) return false;
  const rest = labels.slice(at + 1);
  const others = rest.filter((label) => !following.test(label));
  const isOneWord = labels[at] === 's3' && others.length === 1;
  return others.length === 0 || (isOneWord && (rest.length === 2 || misspeltRegion.test(others[0] ?? '')));
}

/** A word that is nearly the name of a region, for example in a client's settings: `us-east1`, `eu-west`, `us-east-1a`. */
const misspeltRegion = /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-?(?:gov-?)?(?:north|south|east|west|central)+-?\d*[a-z]?$/;

function ofAccessPoint(base: string, { bucket, region: named }: Groups): Endpoint {
  return bucket === undefined
    ? refused(base, 'the host of an access point begins with its name and account, NAME-111122223333')
    : { ...makeEndpoint('s3', base, named), accessPoint: true };
}

function unknown(host: string): Endpoint {
  const region = host.split('.').find((label) => misspeltRegion.test(label) && !following.test(label));
  if (region !== undefined)
    return refused(
      host,
      `${host} looks like a host of S3 whose region is misspelt: AWS has no region '${region}'; its names are like 'us-east-1'`,
    );
  return refused(
    host,
    `${host} looks like a host of S3, but s3-versioning-mock does not know it (docs/hosts.md lists the hosts that it knows); if it is your own endpoint, add it: mockS3({ hosts: ['${withoutName(host)}'] })`,
  );
}

/** `BUCKET.s3.WORD` without the bucket: as an entry of `hosts` all of it would be read as the endpoint. */
function withoutName(host: string): string {
  const suffix = findSuffix(host) ?? '';
  const name = host.slice(0, -suffix.length - 1);
  return `${name.replace(/^.+\.(?=s3\.(?!vpce$)[a-z0-9-]+$)/, '')}.${suffix}`;
}

function refused(base: string, why: string): Endpoint {
  return { ...makeEndpoint('refused', base, undefined), why };
}

function makeEndpoint(service: Endpoint['service'], base: string, region: string | undefined): Endpoint {
  return { service, base, dialect: 'aws', region };
}

/**
 * STS: `sts[-fips].REGION` before a suffix of AWS, whatever the region's name, and a VPC endpoint, `vpce-ID[-ZONE].sts.REGION.vpce`. S3's
 * hosts are compared first: in `sts.s3.amazonaws.com`, `sts` is a bucket (F730).
 */
const regionalSts = /^sts(?:-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)$/;
const vpcEndpointOfSts =
  /^(?<id>vpce-[a-z0-9]+)(?:-[a-z0-9-]+)?\.sts(?:-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)\.vpce$/;

const globalSts = 'sts.amazonaws.com';

export function stsEndpoint(host: string): Endpoint | undefined {
  if (host === globalSts) return makeEndpoint('sts', host, undefined);
  const suffix = findSuffix(host);
  if (suffix === undefined) return undefined;
  const name = host.slice(0, -suffix.length - 1);
  const { id, region } = (vpcEndpointOfSts.exec(name) ?? regionalSts.exec(name))?.groups ?? {};
  if (region === undefined) return undefined;
  return { ...makeEndpoint('sts', host, region), ...(id !== undefined && { vpcEndpoint: id }) };
}
