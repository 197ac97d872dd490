import type { Endpoint } from '../wire';

/**
 * The second form is for IBM's own test hosts, the third is for its samples.
 * https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-endpoints
 */
const suffix = /(?:^|\.)cloud-object-storage\.(?:test\.|sample\.)?appdomain\.cloud$/;

const legacySuffix = /\.objectstorage(?:\.(?:private|service|adn))?\.(?:softlayer\.net|networklayer\.com)$/;

/**
 * `[BUCKET.]s3.[private.|direct.][CITY.]REGION`. New regions appear, so any word is accepted as a region. A tethered endpoint names one
 * city of a cross region, `dal.us`; its buckets are the buckets of the cross region (F252).
 */
const shape =
  /^(?:(?<bucket>.+)\.)?s3\.(?:(?:private|direct)\.)?(?:[a-z]{3}\.(?=[a-z]{2}$))?(?!(?:private|direct)$)(?<region>[a-z0-9-]+)$/;
/** Websites have the same forms (F1805). */
const websiteShape = new RegExp(shape.source.replace('s3\\.', 's3-web\\.'));
/** A cross region is `us-geo` there, and its tethered endpoint `dal-us-geo`. */
const legacyShape =
  /^(?:(?<bucket>.+)\.)?s3(?:-api)?\.(?:private\.)?(?!private$)(?:[a-z]{3}-(?=[a-z]{2}-geo))?(?<region>[a-z0-9-]+?)(?:-geo)?(?:\.private)?$/;

/** The token service on every network and in every region; the older hosts have a word for the region or the stage (F251). */
const iamHost =
  /(?:^|\.)iam(?:\.test)?\.cloud\.ibm\.com$|^iam-region\d+\.cloud\.ibm\.com$|^iam(?:-region\d+)?(?:\.[a-z0-9-]+)*\.bluemix\.net$/;

/** The resource configuration API (config.) and the list of endpoints (control.), also on the private networks. */
const management = /(?:^|\.)cloud-object-storage\.(?:test\.)?cloud\.ibm\.com$/;

const configurationIsMissing = 's3-versioning-mock does not answer COS Resource Configuration API endpoints';
const controlIsMissing = 's3-versioning-mock does not answer COS control endpoints';

export function cosEndpoint(host: string): Endpoint | undefined {
  if (iamHost.test(host)) return { service: 'iam', base: host, dialect: 'ibm-cos', region: undefined };
  if (management.test(host)) return refused(host, whyMissing(host));
  const current = suffix.exec(host);
  if (current !== null) return dataEndpoint(host, current[0].length, shape);
  const old = legacySuffix.exec(host) ?? legacySuffix.exec(`.${host}`);
  return old === null ? undefined : dataEndpoint(host, old[0].length, legacyShape);
}

function dataEndpoint(host: string, suffixLength: number, pattern: RegExp): Endpoint {
  const name = host.slice(0, -suffixLength);
  const ofData = pattern.exec(name)?.groups;
  const groups = ofData ?? (pattern === shape ? websiteShape.exec(name)?.groups : undefined);
  if (groups === undefined) return refused(host, whyUnknown(host, name));
  const bucket = groups['bucket'];
  const base = bucket === undefined ? host : host.slice(bucket.length + 1);
  return {
    ...{ service: 's3', base, dialect: 'ibm-cos', region: groups['region'] },
    ...(ofData === undefined && { website: 'in front' }),
  };
}

function whyUnknown(host: string, name: string): string {
  if (/(?:^|\.)(?:config|control)(?:\.|$)/.test(name)) return whyMissing(name);
  return `${host} looks like a host of IBM Cloud Object Storage, but s3-versioning-mock does not know it (docs/hosts.md lists the hosts that it knows); if it is your own endpoint, add it: mockS3({ hosts: ['${host}'] })`;
}

function whyMissing(name: string): string {
  return /(?:^|\.)control(?:\.|$)/.test(name) ? controlIsMissing : configurationIsMissing;
}

function refused(base: string, why: string): Endpoint {
  return { service: 'refused', base, dialect: 'ibm-cos', region: undefined, why };
}
