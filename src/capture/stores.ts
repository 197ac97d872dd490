import type { Endpoint } from '../wire';

/** A store of another company that speaks S3. The base of its hosts, which is a host without a bucket before it, is `before` and `domain`. */
interface Store {
  readonly name: string;
  readonly domain: string;
  readonly before: string;
}

/**
 * The stores whose requests the mock refuses unless `hosts` names them, each with the page that names its hosts. The hosts serve the objects
 * of one store and nothing else: hosts that have other services or other APIs as well, such as storage.googleapis.com, are left out, and so
 * are the hosts of websites and caches.
 */
const stores: readonly Store[] = [
  {
    // An account has 32 digits. Jurisdictions follow it: https://developers.cloudflare.com/r2/reference/data-location/
    name: 'Cloudflare R2',
    domain: 'cloudflarestorage\\.com',
    before: '(?:[0-9a-f]{32}(?:\\.[a-z-]+)?|(?!(?:eu|us|fedramp)\\.)[^.]+(?:\\.(?:eu|us|fedramp))?)\\.r2\\.',
  },
  {
    // https://docs.digitalocean.com/reference/api/spaces/
    name: 'DigitalOcean Spaces',
    domain: 'digitaloceanspaces\\.com',
    before: '[a-z]{3}\\d\\.',
  },
  {
    // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions
    name: 'Wasabi',
    domain: 'wasabisys\\.com',
    before: 's3(?:\\.[a-z0-9-]+)?\\.',
  },
  {
    // https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
    name: 'Backblaze B2',
    domain: 'backblazeb2\\.com',
    before: 's3\\.[a-z0-9-]+\\.',
  },
  {
    // https://www.tigrisdata.com/docs/api/s3/ and https://fly.io/docs/tigris/
    name: 'Tigris',
    domain: '(?:tigris|storage)\\.dev',
    before: '(?:fly\\.storage|t3)\\.',
  },
  {
    // https://www.scaleway.com/en/docs/object-storage/concepts/
    name: 'Scaleway Object Storage',
    domain: 'scw\\.cloud',
    before: 's3\\.[a-z]+-[a-z]+\\.',
  },
  {
    // https://help.ovhcloud.com/csm/en-public-cloud-storage-s3-location
    name: 'OVHcloud Object Storage',
    domain: 'ovh\\.(?:net|us)',
    before: 's3\\.[a-z0-9-]+\\.(?:(?:io|perf)\\.)?cloud\\.',
  },
  {
    // https://techdocs.akamai.com/cloud-computing/docs/access-buckets-and-files-through-urls
    name: 'Linode Object Storage of Akamai',
    domain: 'linodeobjects\\.com',
    before: '[a-z]{2}(?:-[a-z]+)+-\\d+\\.',
  },
  {
    // https://docs.hetzner.com/storage/object-storage/overview
    name: 'Hetzner Object Storage',
    domain: 'your-objectstorage\\.com',
    before: '[a-z]{3}\\d\\.',
  },
  {
    // https://storj.dev/dcs/api/s3/s3-compatible-gateway
    name: 'Storj',
    domain: 'storjshare\\.io',
    before: 'gateway(?:\\.[a-z]{2}\\d)?\\.',
  },
  {
    // https://docs.oracle.com/en-us/iaas/Content/Object/s3-virtual-style.htm
    name: 'Oracle Object Storage',
    domain: '(?:oraclecloud|customer-oci)\\.com',
    before: '(?:[^.]+\\.compat|vhcompat)\\.objectstorage\\.[a-z0-9-]+\\.(?:oci\\.)?',
  },
  {
    // https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss
    name: 'Alibaba Cloud OSS',
    domain: 'aliyuncs\\.com',
    before: '(?:s3\\.)?oss-(?:accelerate(?:-overseas)?|[a-z]{2}-[a-z0-9-]+)\\.',
  },
  {
    // https://www.tencentcloud.com/document/product/436/6224
    name: 'Tencent Cloud COS',
    domain: '(?:myqcloud\\.com|tencentcos\\.(?:cn|com))',
    before: '(?:cos(?:-internal)?\\.[a-z0-9-]+|service\\.cos)\\.',
  },
  {
    // https://docs.vultr.com/reference/terraform/resources/object_storage
    name: 'Vultr Object Storage',
    domain: 'vultrobjects\\.com',
    before: '[a-z]{2,4}\\d*\\.',
  },
  {
    // Each account has its own host in a region: https://www.idrive.com/object-storage-e2/developer-guide
    name: 'IDrive e2',
    domain: 'idrivee2(?:-\\d+)?\\.com',
    before: '(?:[a-z0-9]{4}\\.[a-z0-9]+|s3\\.[a-z0-9-]+)\\.',
  },
  {
    // https://community.exoscale.com/reference/api/object-storage/, with the zones of https://github.com/iterate-ch/profiles
    name: 'Exoscale SOS',
    domain: 'exo\\.io',
    before: 'sos-[a-z]{2}-[a-z]{2,3}-\\d\\.',
  },
  {
    // https://docs.contabo.com/docs/products/Object-Storage/technical-description/
    name: 'Contabo Object Storage',
    domain: 'contabostorage\\.com',
    before: '[a-z]{2,3}\\d\\.',
  },
  {
    // https://help.dreamhost.com/hc/en-us/articles/115001494772-DreamObjects-Bucket-Names
    name: 'DreamHost DreamObjects',
    domain: '(?:dream\\.io|dreamhost\\.com)',
    before: '(?:objects(?:-[a-z]+-[a-z]+-\\d)?|s3\\.[a-z]+-[a-z]+-\\d+)\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/IONOS.yaml
    name: 'IONOS Object Storage',
    domain: 'ionoscloud\\.com',
    before: 's3[.-][a-z]+-[a-z]+-\\d\\.',
  },
  {
    // https://kb.leaseweb.com/kb/object-storage/object-storage-getting-started-with-object-storage
    name: 'Leaseweb Object Storage',
    domain: 'object-storage\\.io',
    before: '[a-z]{2}\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Synology.yaml
    name: 'Synology C2',
    domain: 'synologyc2\\.net',
    before: '[a-z]{2}-\\d{3}\\.s3\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Filebase',
    domain: 'filebase\\.(?:com|io)',
    before: 's3\\.',
  },
  {
    // https://github.com/duplicati/duplicati, `S3Backend.cs`
    name: 'Seagate Lyve Cloud',
    domain: 'seagate\\.com',
    before: 's3\\.[a-z0-9-]+\\.(?:lyvecloud|[a-z0-9]+\\.lyve)\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Magalu.yaml
    name: 'Magalu Cloud',
    domain: 'magaluobjects\\.com',
    before: '[a-z]{2}-[a-z]{2}\\d\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Mega.yaml
    name: 'MEGA S4',
    domain: '(?:megas4\\.com|s4\\.mega\\.io)',
    before: '(?:s3\\.)?[a-z]{2}-[a-z]+(?:-\\d)?\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/ImpossibleCloud.yaml
    name: 'Impossible Cloud',
    domain: 'impossibleapi\\.net',
    before: '[a-z]+-[a-z]+-\\d\\.storage\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Cubbit.yaml
    name: 'Cubbit DS3',
    domain: 'cubbit\\.eu',
    before: 's3(?:\\.[a-z0-9-]+)?\\.',
  },
  {
    // https://docs.tebi.io/s3/
    name: 'Tebi',
    domain: 'tebi\\.io',
    before: 's3(?:\\.[a-z]{2,3})?\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Fastly.yaml
    name: 'Fastly Object Storage',
    domain: 'fastlystorage\\.app',
    before: '[a-z]{2}-[a-z]+(?:-\\d)?\\.object\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'CoreWeave AI Object Storage',
    domain: '(?:cwobject|cwlota)\\.com',
    before: '',
  },
  {
    // https://docs.nebius.com/object-storage/interfaces/aws-cli
    name: 'Nebius Object Storage',
    domain: 'nebius\\.cloud',
    before: 'storage\\.[a-z]+-[a-z]+\\d\\.',
  },
  {
    // https://www.civo.com/docs/object-stores
    name: 'Civo Object Store',
    domain: 'civo\\.com',
    before: 'objectstore\\.[a-z]{3}\\d\\.',
  },
  {
    // https://developers.telnyx.com/docs/cloud-storage/api-endpoints
    name: 'Telnyx Cloud Storage',
    domain: 'telnyxcloudstorage\\.com',
    before: '[a-z]+-[a-z]+-\\d\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Outscale.yaml
    name: 'Outscale Object Storage',
    domain: 'outscale\\.com',
    before: 'oos\\.[a-z0-9-]+\\.',
  },
  {
    // https://www.clever.cloud/developers/doc/addons/cellar/
    name: 'Clever Cloud Cellar',
    domain: 'clever-cloud\\.com',
    before: 'cellar-[a-z0-9-]+\\.services\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Leviia.yaml
    name: 'Leviia',
    domain: 'leviia\\.com',
    before: 's3\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Intercolo.yaml
    name: 'Intercolo',
    domain: 'i3storage\\.com',
    before: '[a-z]{2}-[a-z]{3}\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/ZeroServices.yaml
    name: 'ZERO-Z3 of Zero Services',
    domain: 'zeroservices\\.eu',
    before: '[a-z]{3}\\d?\\.s3\\.',
  },
  {
    // https://my.gridscale.io/docs/products/object-storage/introduction/
    name: 'gridscale Object Storage',
    domain: 'gos3\\.io',
    before: '(?:[0-9a-f]{4}\\.)?',
  },
  {
    // https://gcore.com/docs/storage/manage-s3-storage/s3-service-urls-and-default-region-names
    name: 'Gcore Object Storage',
    domain: 'gcore\\.lu',
    before: 's-[a-z0-9]+\\.cloud\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/RelAix.yaml
    name: 'RelAix.Storage',
    domain: 'relaix\\.net',
    before: 's3-gw\\d\\.',
  },
  {
    // https://github.com/duplicati/duplicati, `S3Backend.cs`
    name: 'Poli Systems',
    domain: 'polisystems\\.ch',
    before: 's3-\\d\\d\\.',
  },
  {
    // https://github.com/duplicati/duplicati, `S3Backend.cs`
    name: 'Storadera',
    domain: 'storadera\\.com',
    before: '[a-z]+-[a-z]+-\\d\\.s3\\.',
  },
  {
    // https://github.com/duplicati/duplicati, `S3Backend.cs`
    name: 'Internxt',
    domain: 'internxt\\.com',
    before: 's3\\.[a-z]+-[a-z]+-\\d\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Katapult Object Storage',
    domain: 'katapultobjects\\.com',
    before: '[a-z]{2}-[a-z]{3}-\\d\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Pilw.io',
    domain: 'pilw\\.io',
    before: 's3\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Dinahosting',
    domain: 'dinaserver\\.com',
    before: 'objects\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Z1 Storage',
    domain: 'z1storage\\.com',
    before: 's3\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'Vitanium',
    domain: 'vitanium\\.com',
    before: 's3\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'myQNAPcloud Object',
    domain: 'myqnapcloud\\.io',
    before: 's3\\.[a-z]+-[a-z]+-\\d\\.',
  },
  {
    // https://github.com/iterate-ch/profiles
    name: 'NIPA Cloud',
    domain: 'nipa\\.cloud',
    before: 's3-[a-z]{3}\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Rabata.yaml
    name: 'Rabata',
    domain: 'rabata\\.io',
    before: 's3\\.[a-z]+-[a-z]+-\\d\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Petabox.yaml
    name: 'Petabox',
    domain: 'petabox\\.io',
    before: 's3(?:\\.[a-z]+-[a-z]+-\\d)?\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Zata.yaml
    name: 'Zata',
    domain: 'zata\\.ai',
    before: 'idr\\d+\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/FileLu.yaml
    name: 'FileLu S5',
    domain: 's5lu\\.com',
    before: '(?:(?:us|eu|ap|me)\\.)?',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/RackCorp.yaml
    name: 'RackCorp Object Storage',
    domain: 'rackcorp\\.com',
    before: '(?:[a-z]{2}(?:-(?:[a-z]{2,3}|(?:east|west)-1))?\\.)?s3\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/BizflyCloud.yaml
    name: 'Bizfly Cloud',
    domain: 'bfcplatform\\.vn',
    before: '[a-z]{2,3}\\.ss\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Liara.yaml
    name: 'Liara Object Storage',
    domain: 'liara\\.space',
    before: 'storage\\.[a-z0-9]+\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/ArvanCloud.yaml
    name: 'ArvanCloud',
    domain: 'arvanstorage\\.(?:ir|com)',
    before: 's3(?:\\.[a-z0-9-]+)?\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Selectel.yaml
    name: 'Selectel',
    domain: 'selcloud\\.ru',
    before: 's3(?:\\.[a-z]+-\\d)?\\.storage\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/Servercore.yaml
    name: 'Servercore',
    domain: 'srvstorage\\.(?:uz|kz)',
    before: 's3\\.[a-z]+-\\d\\.',
  },
  {
    // https://cloud.vk.com/docs/storage/s3
    name: 'VK Cloud',
    domain: 'vkcloud-storage\\.ru',
    before: 'hb\\.(?:[a-z]{2}-[a-z]{3}\\.)?',
  },
  {
    // https://github.com/duplicati/duplicati, `S3Backend.cs`
    name: 'Sakura Cloud',
    domain: 'sakurastorage\\.jp',
    before: 's3\\.[a-z]{3}\\d+\\.',
  },
  {
    // https://api.ncloud-docs.com/docs/storage-objectstorage
    name: 'Naver Cloud',
    domain: '(?:gov-)?ncloudstorage\\.com',
    before: '[a-z]{2}\\.object\\.',
  },
  {
    // Kodo's own API has other hosts: https://github.com/rclone/rclone/blob/master/backend/s3/provider/Qiniu.yaml
    name: 'Qiniu Kodo',
    domain: 'qiniucs\\.com',
    before: 's3[.-][a-z]+-[a-z]+-\\d\\.',
  },
  {
    // US3's own API has other hosts: https://github.com/rclone/rclone/blob/master/backend/s3/provider/us3.yaml
    name: 'UCloud US3',
    domain: 'ufileos\\.com',
    before: 's3-[a-z0-9-]+\\.',
  },
  {
    // TOS's own API has other hosts: https://www.volcengine.com/docs/6349/107356
    name: 'Volcengine TOS',
    domain: 'i?volces\\.com',
    before: 'tos-s3-[a-z0-9-]+\\.',
  },
  {
    // https://github.com/rclone/rclone/blob/master/backend/s3/provider/ChinaMobile.yaml
    name: 'China Mobile EOS',
    domain: 'cmecloud\\.cn',
    before: 'eos-[a-z]+(?:-\\d)?\\.',
  },
];

/** The names of buckets can contain dots. The base is the longest one that the store can have. */
const shapes = stores.map(({ name, domain, before }) => ({
  name,
  shape: new RegExp(`^(?:.+?\\.)??(?<base>${before}${domain})$`),
}));

/** A quick first test: few of the hosts that a process connects to have such an ending. */
const endings = new RegExp(`(?:^|\\.)(?:${stores.map(({ domain }) => domain).join('|')})$`);

export function storeEndpoint(host: string): Endpoint | undefined {
  if (!endings.test(host)) return undefined;
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
