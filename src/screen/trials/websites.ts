import { firstRegion, hasHyphenInHost, partitionOf } from '../../formats/regions';
import { type ResourcePolicy, readPolicy } from '../../model/access/policy-document';
import { makeBucketPolicyTarget } from '../../model/access/public-policy';
import type { Bucket, BucketSettings } from '../../model/bucket';
import type { Store } from '../../model/store';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
import { isExpectedAnswer, isExpectedStatus, listMissing } from './expectation';
import { withHeader } from './wire';

/** A visitor has come to the host of S3's requests, which knows neither index documents nor visitors. */
export const tryWebsite: Hint = {
  tries: "the bucket's website, where a request without a signature came to S3",
  of: 'refused requests',
  changes: (asked) => listVisits(asked).flatMap((visit) => [visit, ...listClosedVisits(asked, visit)]),
  succeeds: ({ refusal, status }, asked) =>
    refusal === undefined && (status < 300 || (status === 302 && hasIndexBelow(asked))),
};

/** The website sends a visitor of a folder to the same path with a slash, where the index document is. */
function hasIndexBelow({ entry: { bucket: name = '', key = '' }, store }: Asked): boolean {
  const bucket = store.buckets.get(name);
  const suffix = bucket?.settings.website?.IndexDocument?.Suffix;
  return suffix !== undefined && bucket?.versions.currentObject(`${key}/${suffix}`) !== undefined;
}

/** What a visitor of the website needs besides, where only the website has a page: there, an index document is no object of that key. */
function listClosedVisits({ entry, store }: Asked, visit: Change): readonly Change[] {
  const bucket = store.buckets.get(entry.bucket ?? '');
  if (bucket === undefined || bucket.versions.currentObject(entry.key ?? '') !== undefined) return [];
  const make = (change: Partial<BucketSettings>, needs: string): Change => ({
    wire: visit.wire,
    options: { arrange: (copy) => copy.buckets.get(bucket.name)?.change(change) },
    says: (trial) => `${visit.says(trial)} ${needs}`,
  });
  // Whoever has put a block, or a policy, means it.
  const { publicAccessBlock, policy } = bucket.settings;
  const isNew = publicAccessBlock === undefined;
  const unblocked = isNew ? { publicAccessBlock: null } : {};
  const block = `${withoutBlock}: send DeletePublicAccessBlock before, or give the fixture publicAccessBlock: null.`;
  const shared = 'Visitors also need a policy of the bucket that allows everyone s3:GetObject';
  return [
    ...(isNew ? [make(unblocked, `Visitors also need the bucket ${block}`)] : []),
    ...(policy === undefined
      ? [
          make(
            { ...unblocked, policy: shareObjects(bucket) },
            isNew ? `${shared}, and the bucket ${block}` : `${shared}.`,
          ),
        ]
      : []),
  ];
}

const withoutBlock = 'without the public access block that new buckets have';

function shareObjects({ name, region }: Pick<Bucket, 'name' | 'region'>): ResourcePolicy {
  const target = makeBucketPolicyTarget(name, partitionOf(region));
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${target.objects}*` }];
  return readPolicy(JSON.stringify({ Version: '2012-10-17', Statement }), { ...target, accounts: [] });
}

/** If everyone may list the bucket, the visitor gets a listing. */
export const tryReadOfWebsite: Hint = {
  tries: 'the same path at the website of the bucket',
  of: 'reads',
  changes: listVisits,
  succeeds: isExpectedAnswer,
};

const anyWebsite = { IndexDocument: { Suffix: 'index.html' } };

const REDIRECT = 'x-amz-website-redirect-location';

/** A redirect of an object, and those of the website's configuration, count at the host of the website. */
const redirects: Pick<Hint, 'changes' | 'succeeds'> = {
  changes: (asked) => {
    const { entry, store, compared } = asked;
    const isExpected = compared.some(({ numbers: [expected = 0] }) => expected >= 300 && expected < 400);
    const bucket = store.buckets.get(entry.bucket ?? '');
    const object = entry.versionId === undefined ? bucket?.versions.currentObject(entry.key ?? '') : undefined;
    if (!isExpected || bucket === undefined) return [];
    const { website } = bucket.settings;
    const location = object?.content.headers[REDIRECT];
    if (website === undefined && location === undefined) return [];
    const whose = location === undefined ? "the redirects of a bucket's website" : REDIRECT;
    const needs = website === undefined ? ', once the bucket has a website: PutBucketWebsite' : '';
    const arrange = (copy: Store) => {
      if (website === undefined) copy.buckets.get(bucket.name)?.change({ website: anyWebsite });
    };
    return listVisitsOfAny(asked).map(({ wire }) => ({
      wire,
      options: { arrange },
      says: ({ status }) =>
        `${whose} ${location === undefined ? 'count' : 'counts'} at the host of the website alone. ${writeValue(`http://${wire.host}${wire.url}`)} would have answered ${status}${needs}.`,
    }));
  },
  succeeds: isExpectedStatus,
};

export const tryRedirect: Hint = {
  ...redirects,
  tries: 'the same path at the website of the bucket, which redirects it',
  of: 'reads',
};

export const tryRefusedRedirect: Hint = {
  ...redirects,
  tries: "the bucket's website, where S3 refused a request that its redirect would have answered",
  of: 'refused requests',
};

const ofAws = 'amazonaws.com';

/** Says where a visitor finds a page, so that nobody has to sign the visit. */
export const ofWebsite = ', the address of the website';

function listVisits(asked: Asked): readonly Change[] {
  const bucket = asked.store.buckets.get(asked.entry.bucket ?? '');
  if (bucket?.settings.website === undefined || asksS3(asked) || expectsListing(asked, bucket)) return [];
  return listVisitsOfAny(asked);
}

/** Members of a read that stand in its query. */
const ofQuery = /^(?:VersionId|PartNumber|Response[A-Z]\w*)$/;

/** Whether a test looks for a listing, which a website does not answer. */
function expectsListing({ compared }: Asked, { versions }: Pick<Bucket, 'versions'>): boolean {
  return compared.some((one) =>
    listMissing(one).some((text) => /<Key>|ListBucketResult/.test(text) || versions.currentObject(text) !== undefined),
  );
}

/** Whether the query asks for something that only S3 answers, such as a page of a listing or another version. A website ignores queries. */
function asksS3({ entry }: Asked): boolean {
  const { operation, input } = entry;
  if (operation === 'GetObject' || operation === 'HeadObject')
    return Object.keys(input).some((one) => ofQuery.test(one));
  const members = Object.keys(input).filter((name) => name !== 'Bucket');
  return !(operation === 'ListObjects' || operation === 'HeadBucket') || members.length > 0;
}

/** The same visit at the host of websites, whether the bucket has a website or not. */
function listVisitsOfAny({ entry, wire, store }: Asked): readonly Change[] {
  const { endpoint, method, headers } = wire;
  const bucket = store.buckets.get(entry.bucket ?? '');
  const isVisit = entry.caller === 'anonymous' && (method === 'GET' || method === 'HEAD');
  if (bucket === undefined || !isVisit || endpoint.website !== undefined) return [];
  if (!endpoint.base.endsWith(`.${ofAws}`) || headers.has('authorization')) return [];
  const region = bucket.region ?? endpoint.region ?? firstRegion;
  const base = `s3-website${region === firstRegion || hasHyphenInHost(region) ? '-' : '.'}${region}.${ofAws}`;
  const host = `${bucket.name}.${base}`;
  const url = wire.host === `${bucket.name}.${endpoint.base}` ? wire.url : withoutBucket(wire.url, bucket.name);
  return [
    {
      wire: {
        ...withHeader(wire, 'host', host),
        ...{ host, url, secure: false },
        endpoint: { ...endpoint, base, region, website: 'in front' },
      },
      says: () =>
        `it would have been answered at ${writeValue(`http://${host}${url}`)}${ofWebsite}; ${wire.host} is the one of S3's requests, which knows no index documents.`,
    },
  ];
}

function withoutBucket(url: string, name: string): string {
  const path = url.slice(name.length + 1);
  return path.startsWith('/') ? path : `/${path}`;
}
