import type { Endpoint } from '../wire';

/** The suffixes of S3's hosts, by partition; services that began with dual-stack names use the last two. */
const suffixes = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws',
  'api.amazonwebservices.com.cn',
] as const;

const region = '[a-z]{2,6}(?:-[a-z]+){1,2}-\\d{1,2}';

/** `[BUCKET.]SERVICE[.dualstack][.REGION]`; the bucket is greedy and so leaves the rightmost service label, since bucket names may contain dots. */
const shape = new RegExp(
  `^(?:(?<bucket>.+)\\.)?(?<service>s3[a-z0-9-]*)(?<flavour>\\.dualstack|\\.fips)?(?:\\.(?<region>${region}))?$`,
);

/** A service label that contains the region, as in s3-us-west-2 and s3-fips-us-gov-west-1. */
const legacy = new RegExp(`^s3-(?:fips-)?(?<region>${region})$`);

/** S3's other services, by the start of their label in a host. */
const otherServices: readonly (readonly [label: string, name: string])[] = [
  ['s3-website', 'S3 website'],
  ['s3-control', 'S3 control'],
  ['s3-accesspoint', 'S3 access point'],
  ['s3-global', 'S3 multi-region access point'],
  ['s3-object-lambda', 'S3 Object Lambda'],
  ['s3-outposts', 'S3 on Outposts'],
  ['s3express', 'S3 Express One Zone'],
  ['s3tables', 'S3 Tables'],
  ['s3vectors', 'S3 Vectors'],
];

/** Services whose customers choose the first label, which may begin with s3 although the host is not S3's. */
const customerNamed =
  /(?:^|\.)(?:elb|execute-api|rds|redshift|es|aoss|cache|elasticbeanstalk|kafka|mq|iot|appsync-api)(?:\.|$)/;

/** Returns the endpoint of an AWS host name; undefined if the host is not S3's. */
export function awsEndpoint(host: string): Endpoint | undefined {
  const suffix = suffixes.find((candidate) => host.endsWith(`.${candidate}`));
  if (suffix === undefined) return undefined;
  const name = host.slice(0, -suffix.length - 1);
  const groups = shape.exec(name)?.groups;
  const service = groups?.['service'];
  if (groups === undefined || service === undefined) return looksLikeS3(name) ? unknown(host) : undefined;

  const bucket = groups['bucket'];
  const base = bucket === undefined ? host : host.slice(bucket.length + 1);
  const other = otherServices.find(([label]) => service.startsWith(label));
  if (other !== undefined) return refused(base, `${other[1]} endpoints are not answered by s3-versioning-mock`);

  const found = regionOf(service, groups['flavour'], groups['region']);
  return found === undefined ? unknown(host) : { service: 's3', base, dialect: 'aws', region: found.region };
}

/** Returns `{ region }` of a data endpoint, with an undefined region for a global one; undefined if S3 has no such endpoint. */
function regionOf(service: string, flavour: string | undefined, named: string | undefined) {
  if (named !== undefined) return service === 's3' || service === 's3-fips' ? { region: named } : undefined;
  if (service === 's3-accelerate') return { region: undefined };
  if (flavour !== undefined) return undefined;
  if (service === 's3' || service === 's3-external-1') return { region: undefined };
  const region = legacy.exec(service)?.groups?.['region'];
  return region === undefined ? undefined : { region };
}

function looksLikeS3(name: string): boolean {
  const labels = name.split('.');
  const at = labels.findLastIndex((label) => label.startsWith('s3'));
  return at !== -1 && !customerNamed.test(labels.slice(at + 1).join('.'));
}

function unknown(host: string): Endpoint {
  return refused(
    host,
    `${host} looks like a host of S3, but s3-versioning-mock does not know it; if it is your own endpoint, add it: mockS3({ hosts: ['${host}'] })`,
  );
}

function refused(base: string, why: string): Endpoint {
  return { service: 'refused', base, dialect: 'aws', region: undefined, why };
}
