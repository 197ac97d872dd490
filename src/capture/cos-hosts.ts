import type { Endpoint } from '../wire';

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-endpoints */
const suffix = '.cloud-object-storage.appdomain.cloud';

/** The hosts from the time when COS was Cleversafe's and SoftLayer's; networklayer.com was their private network. */
const legacySuffix = /\.objectstorage(?:\.(?:private|service|adn))?\.(?:softlayer\.net|networklayer\.com)$/;

/** `[BUCKET.]s3.[private.|direct.]REGION`; new regions appear, so any word is accepted as a region. */
const shape = /^(?:(?<bucket>.+)\.)?s3\.(?:(?:private|direct)\.)?(?!(?:private|direct)$)(?<region>[a-z0-9-]+)$/;
const legacyShape = /^(?:(?<bucket>.+)\.)?s3(?:-api)?\.(?:private\.)?(?!private$)(?<region>[a-z0-9-]+)(?:\.private)?$/;

const iamHosts = new Set([
  'iam.cloud.ibm.com',
  'private.iam.cloud.ibm.com',
  'iam.bluemix.net',
  'iam.test.cloud.ibm.com',
]);

/** The resource configuration API (config.) and the list of endpoints (control.), on the private networks too. */
const management = /(?:^|\.)cloud-object-storage\.cloud\.ibm\.com$/;

/** Returns the endpoint of a host name of IBM Cloud; undefined if the host is not Cloud Object Storage's. */
export function cosEndpoint(host: string): Endpoint | undefined {
  if (iamHosts.has(host)) return { service: 'iam', base: host, dialect: 'ibm-cos', region: undefined };
  if (management.test(host)) {
    return refused(host, 'COS configuration and control endpoints are not answered by s3-versioning-mock');
  }
  if (host.endsWith(suffix) || host === suffix.slice(1)) return dataEndpoint(host, suffix.length, shape);
  const old = legacySuffix.exec(host) ?? legacySuffix.exec(`.${host}`);
  return old === null ? undefined : dataEndpoint(host, old[0].length, legacyShape);
}

function dataEndpoint(host: string, suffixLength: number, pattern: RegExp): Endpoint {
  const name = host.slice(0, -suffixLength);
  const groups = pattern.exec(name)?.groups;
  if (groups === undefined) return refused(host, whyUnknown(host, name));
  const bucket = groups['bucket'];
  const base = bucket === undefined ? host : host.slice(bucket.length + 1);
  return { service: 's3', base, dialect: 'ibm-cos', region: groups['region'] };
}

function whyUnknown(host: string, name: string): string {
  if (/(?:^|\.)s3-web\./.test(name)) return 'COS website endpoints are not answered by s3-versioning-mock';
  if (/(?:^|\.)(?:config|control)(?:\.|$)/.test(name)) {
    return 'COS configuration and control endpoints are not answered by s3-versioning-mock';
  }
  return `${host} looks like a host of IBM Cloud Object Storage, but s3-versioning-mock does not know it; if it is your own endpoint, add it: mockS3({ hosts: ['${host}'] })`;
}

function refused(base: string, why: string): Endpoint {
  return { service: 'refused', base, dialect: 'ibm-cos', region: undefined, why };
}
