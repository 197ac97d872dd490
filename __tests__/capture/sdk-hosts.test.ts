import { readFileSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createHosts } from '../../src/capture/hosts';
import { isRegion, regionNames } from '../../src/formats/regions';

interface Partition {
  readonly id: string;
  readonly outputs: { readonly dnsSuffix: string; readonly dualStackDnsSuffix: string };
  /** By name, pseudo-regions such as aws-global among them. */
  readonly regions: Readonly<Record<string, object>>;
}

/** Reads the partitions out of the installed SDK, which exports a function that finds one by its region, and no list. */
function readPartitions(): readonly Partition[] {
  const text = readFileSync(require.resolve('@aws-sdk/core/client'), 'utf8');
  const [, literal = ''] = /const partitionsInfo = (\{.*?\n\});/s.exec(text) ?? [];
  return (JSON.parse(literal) as { partitions: readonly Partition[] }).partitions; // JSON.parse gives any
}

const partitions = readPartitions();
const regions = partitions.flatMap((partition) => Object.keys(partition.regions));
const known = createHosts(undefined, 'aws', undefined);
const { endpointProvider } = new S3Client({ region: 'us-east-1' }).config;

interface Settings {
  readonly UseFIPS: boolean;
  readonly UseDualStack: boolean;
  readonly Accelerate: boolean;
  readonly ForcePathStyle: boolean;
  readonly Bucket: string | undefined;
}

const both = [false, true];
const allSettings: readonly Settings[] = both.flatMap((UseFIPS) =>
  both.flatMap((UseDualStack) =>
    both.flatMap((Accelerate) =>
      both.flatMap((ForcePathStyle) =>
        ['vault', 'my.dotted.vault', undefined].map((Bucket) => ({
          UseFIPS,
          UseDualStack,
          Accelerate,
          ForcePathStyle,
          Bucket,
        })),
      ),
    ),
  ),
);

/** Undefined if the SDK refuses the combination. */
function resolve(settings: Settings, Region: string): { host: string; region: string } | undefined {
  try {
    const { Bucket, ...others } = settings;
    const { url, properties } = endpointProvider({ Region, ...others, ...(Bucket !== undefined && { Bucket }) });
    const schemes = properties?.['authSchemes'] as { signingRegion: string }[] | undefined; // untyped in the SDK
    return { host: url.hostname, region: schemes?.[0]?.signingRegion ?? '' };
  } catch {
    return undefined;
  }
}

describe('the hosts that the SDK calls', () => {
  it('cover at least 40 regions in 8 partitions', () => {
    expect(regions.length).toBeGreaterThan(40);
    expect(partitions.map(({ id }) => id)).toHaveLength(8);
  });

  // F30
  it('are those of all 46 regions in which a bucket may be, and of newer ones', () => {
    expect(regionNames).toHaveLength(46);
    expect(regionNames.filter((region) => !isRegion(region) || !regions.includes(region))).toEqual([]);
  });

  it.each(regions)('in %s are captured, and name that region or none', (Region) => {
    const wrong: string[] = [];
    let seen = 0;
    for (const settings of allSettings) {
      const resolved = resolve(settings, Region);
      if (resolved === undefined) continue;
      seen += 1;
      const { host, region } = resolved;
      const endpoint = known.endpointOf(host, 443);
      // The SDK makes a host of the name of a pseudo-region, which S3 does not have: it is refused, and does not pass.
      const isRight = region.endsWith('-global')
        ? endpoint?.service === 'refused' || (endpoint !== undefined && endpoint.region === undefined)
        : endpoint?.service === 's3' && (endpoint.region ?? region) === region && endpoint.dialect === 'aws';
      const isOwn = host === endpoint?.base || host === `${settings.Bucket}.${endpoint?.base}`;
      if (!isRight || (endpoint?.service === 's3' && !isOwn))
        wrong.push(`${host} ${region} ${JSON.stringify(endpoint)} ${JSON.stringify(settings)}`);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThanOrEqual(12);
  });

  it.each(regions)('in %s name the region unless the endpoint is global', (Region) => {
    const hosts = allSettings.flatMap((settings) => resolve(settings, Region)?.host ?? []);
    const named = [...new Set(hosts)]
      .filter((host) => host.includes(Region))
      .map((host) => known.endpointOf(host, 443));
    const isPseudo = Region.endsWith('-global');
    for (const endpoint of named)
      expect(endpoint).toMatchObject(isPseudo ? { service: 'refused' } : { region: Region });
    if (!isPseudo) expect(named.length).toBeGreaterThan(0);
  });

  it.each(partitions)(
    'of other services in the partition $id have suffixes that are known',
    ({ outputs, ...partition }) => {
      const [region] = Object.keys(partition.regions);
      for (const suffix of [outputs.dnsSuffix, outputs.dualStackDnsSuffix])
        expect(known.endpointOf(`s3tables.${region}.${suffix}`, 443)).toMatchObject({ service: 'refused' });
    },
  );
});
