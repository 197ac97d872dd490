import type { Endpoint } from '../wire';
import { findSuffix } from './aws-hosts';

/**
 * `sts[-fips].REGION` before a suffix of AWS, whatever the region's name, and a VPC endpoint, `vpce-ID[-ZONE].sts.REGION.vpce`. S3's hosts are
 * asked first: in `sts.s3.amazonaws.com` it is a bucket (F730).
 */
const regional = /^sts(?:-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)$/;
const vpcEndpoint = /^(?<id>vpce-[a-z0-9]+)(?:-[a-z0-9-]+)?\.sts(?:-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)\.vpce$/;

/** The only host without a region. China and the other partitions have none. */
const globalHost = 'sts.amazonaws.com';

export function stsEndpoint(host: string): Endpoint | undefined {
  if (host === globalHost) return makeEndpoint(host, undefined);
  const suffix = findSuffix(host);
  if (suffix === undefined) return undefined;
  const name = host.slice(0, -suffix.length - 1);
  const { id, region } = (vpcEndpoint.exec(name) ?? regional.exec(name))?.groups ?? {};
  if (region === undefined) return undefined;
  return { ...makeEndpoint(host, region), ...(id !== undefined && { vpcEndpoint: id }) };
}

function makeEndpoint(base: string, region: string | undefined): Endpoint {
  return { service: 'sts', base, dialect: 'aws', region };
}
