import net from 'node:net';
import type { OtherHost } from '../wire';
import { awsEndpoint, isHostOfAws, stsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';

const metadataAddress = /^(?:169\.254\.169\.254|169\.254\.170\.23?|fd00:ec2::(?:23|254))$/;
/** The hosts of IAM Identity Center and of `aws login`. */
const signIn = /^(?:oidc|portal\.sso|[a-z0-9-]+\.signin)\./;
/** The hosts of customers' machines and load balancers, where a customer may run a store. */
const customers = /\.(?:compute(?:-1)?|elb)\./;
const ibmCloud = /\.cloud\.ibm\.com$/;

export function whyOtherService(host: string): string | undefined {
  const kind = kindOf(host);
  if (kind !== 'aws-service' && kind !== 'sign-in') return undefined;
  return 'it is another AWS service, and s3-versioning-mock answers only S3, STS and S3 Control';
}

/** Describes a host that no mock answers. If the host begins with the name of a bucket of the mock, the suggested entry leaves it out. */
export function readOtherHost(host: string, port: number, isBucket: (name: string) => boolean): OtherHost {
  return { kind: kindOf(host), entry: suggestEntry(host, port, isBucket) };
}

function kindOf(host: string): OtherHost['kind'] {
  if (metadataAddress.test(host)) return 'metadata';
  // With `hosts: { only }` the hosts of S3 itself pass, and with `control: false` those of S3 Control.
  const known = awsEndpoint(host) ?? cosEndpoint(host);
  if (known) return known.service === 's3-control' ? 's3-control' : 'endpoint';
  if (isHostOfAws(host) && !customers.test(host)) {
    // With `sts: false` the hosts of STS pass as well.
    if (stsEndpoint(host)) return 'sts';
    return signIn.test(host) ? 'sign-in' : 'aws-service';
  }
  return ibmCloud.test(host) ? 'ibm-cloud-service' : 'endpoint';
}

function suggestEntry(host: string, port: number, isBucket: (name: string) => boolean): string {
  const name = host.includes(':') ? `[${host}]` : withoutBucket(host, isBucket);
  return port === 443 || port === 80 ? name : `${name}:${port}`;
}

/** The names of buckets can contain dots, so the longest name counts. */
function withoutBucket(host: string, isBucket: (name: string) => boolean): string {
  if (net.isIP(host) !== 0) return host;
  const labels = host.split('.');
  for (let count = labels.length - 1; count > 0; count -= 1) {
    if (isBucket(labels.slice(0, count).join('.'))) return labels.slice(count).join('.');
  }
  return host;
}
