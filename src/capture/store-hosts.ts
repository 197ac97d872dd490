import type { Endpoint } from '../wire';

/** A store of another company that speaks S3. Its base is the host without a bucket before it. */
interface Store {
  readonly name: string;
  readonly base: string;
}

/**
 * The stores whose requests the mock refuses unless `hosts` names them. Their hosts serve the objects of one store and nothing else: hosts
 * that have other services as well, such as storage.googleapis.com, are left out, and so are the hosts of websites and caches.
 */
const stores: readonly Store[] = [
  {
    // An account has 32 digits. Jurisdictions follow it: https://developers.cloudflare.com/r2/reference/data-location/
    name: 'Cloudflare R2',
    base: '(?:[0-9a-f]{32}(?:\\.[a-z-]+)?|(?!(?:eu|us|fedramp)\\.)[^.]+(?:\\.(?:eu|us|fedramp))?)\\.r2\\.cloudflarestorage\\.com',
  },
  {
    // https://docs.digitalocean.com/reference/api/spaces/
    name: 'DigitalOcean Spaces',
    base: '[a-z]{3}\\d\\.digitaloceanspaces\\.com',
  },
  {
    // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions
    name: 'Wasabi',
    base: 's3(?:\\.[a-z0-9-]+)?\\.wasabisys\\.com',
  },
  {
    // https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
    name: 'Backblaze B2',
    base: 's3\\.[a-z0-9-]+\\.backblazeb2\\.com',
  },
  {
    // https://www.tigrisdata.com/docs/api/s3/ and https://fly.io/docs/tigris/
    name: 'Tigris',
    base: '(?:fly\\.storage\\.tigris|t3\\.storage)\\.dev',
  },
  {
    // https://www.scaleway.com/en/docs/object-storage/concepts/
    name: 'Scaleway Object Storage',
    base: 's3\\.[a-z]+-[a-z]+\\.scw\\.cloud',
  },
  {
    // https://help.ovhcloud.com/csm/en-public-cloud-storage-s3-location
    name: 'OVHcloud Object Storage',
    base: 's3\\.[a-z0-9-]+\\.(?:(?:io|perf)\\.)?cloud\\.ovh\\.(?:net|us)',
  },
  {
    // https://techdocs.akamai.com/cloud-computing/docs/access-buckets-and-files-through-urls
    name: 'Linode Object Storage of Akamai',
    base: '[a-z]{2}(?:-[a-z]+)+-\\d+\\.linodeobjects\\.com',
  },
  {
    // https://docs.hetzner.com/storage/object-storage/overview
    name: 'Hetzner Object Storage',
    base: '[a-z]{3}\\d\\.your-objectstorage\\.com',
  },
  {
    // https://storj.dev/dcs/api/s3/s3-compatible-gateway
    name: 'Storj',
    base: 'gateway(?:\\.[a-z]{2}\\d)?\\.storjshare\\.io',
  },
  {
    // https://docs.oracle.com/en-us/iaas/Content/Object/s3-virtual-style.htm
    name: 'Oracle Object Storage',
    base: '(?:[^.]+\\.compat|vhcompat)\\.objectstorage\\.[a-z0-9-]+\\.(?:oraclecloud|oci\\.customer-oci)\\.com',
  },
  {
    // https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss
    name: 'Alibaba Cloud OSS',
    base: '(?:s3\\.)?oss-(?:accelerate(?:-overseas)?|[a-z]{2}-[a-z0-9-]+)\\.aliyuncs\\.com',
  },
  {
    // https://www.tencentcloud.com/document/product/436/6224
    name: 'Tencent Cloud COS',
    base: '(?:cos(?:-internal)?\\.[a-z0-9-]+|service\\.cos)\\.(?:myqcloud\\.com|tencentcos\\.(?:cn|com))',
  },
];

/** The names of buckets can contain dots. The base is the longest one that the store can have. */
const shapes = stores.map(({ name, base }) => ({ name, shape: new RegExp(`^(?:.+?\\.)??(?<base>${base})$`) }));

/** A quick first test: few of the hosts that a process connects to have such an ending. */
const suffixes =
  /\.(?:cloudflarestorage|digitaloceanspaces|wasabisys|backblazeb2|linodeobjects|your-objectstorage|oraclecloud|customer-oci|aliyuncs|myqcloud|tencentcos|tigris|storage|scw|ovh|storjshare)\.[a-z]+$/;

export function storeEndpoint(host: string): Endpoint | undefined {
  if (!suffixes.test(host)) return undefined;
  for (const { name, shape } of shapes) {
    const base = shape.exec(host)?.groups?.['base'];
    if (base !== undefined)
      return { service: 'refused', base, dialect: 'aws', region: undefined, store: true, why: whyRefused(name, base) };
  }
  return undefined;
}

function whyRefused(name: string, base: string): string {
  return (
    `it is a host of ${name}. To let the mock answer it, name it: mockS3({ hosts: ['${base}'] }). ` +
    `To let its requests reach ${name}, let it pass: mockS3({ hosts: { pass: ['${base}'] } })`
  );
}
