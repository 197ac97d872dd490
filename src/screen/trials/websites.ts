import { firstRegion, hasHyphenInHost } from '../../formats/regions';
import type { Store } from '../../model/store';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
import { isExpectedAnswer, isExpectedStatus } from './expectation';
import { withHeader } from './wire';

/** A visitor has come to the host of S3's requests, which knows neither index documents nor visitors. */
export const tryWebsite: Hint = {
  tries: "the bucket's website, where a request without a signature came to S3",
  of: 'refused requests',
  changes: listVisits,
};

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

function listVisits(asked: Asked): readonly Change[] {
  const bucket = asked.store.buckets.get(asked.entry.bucket ?? '');
  return bucket?.settings.website === undefined ? [] : listVisitsOfAny(asked);
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
        `it would have been answered at ${writeValue(`http://${host}${url}`)}, the address of the website; ${wire.host} is the one of S3's requests, which knows no index documents.`,
    },
  ];
}

function withoutBucket(url: string, name: string): string {
  const path = url.slice(name.length + 1);
  return path.startsWith('/') ? path : `/${path}`;
}
