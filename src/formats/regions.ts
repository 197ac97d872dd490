// Every region that the endpoint partitions of AWS's SDKs name (F30).
const regions = new Set(
  `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
   ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1
   eu-central-1 eu-central-2 eu-isoe-west-1 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 eusc-de-east-1 il-central-1
   me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1
   us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1 us-west-1 us-west-2`.split(/\s+/),
);

export const regionNames: readonly string[] = [...regions];

export const firstRegion = 'us-east-1';

export function isRegion(name: string): boolean {
  return regions.has(name);
}

const hyphenated = new Set(
  'ap-northeast-1 ap-southeast-1 ap-southeast-2 eu-west-1 sa-east-1 us-gov-west-1 us-west-1 us-west-2'.split(' '),
);

/** Whether the region is from before 2014, except for the first region (F30). */
export function hasHyphenInHost(region: string): boolean {
  return hyphenated.has(region);
}

const newerThan2019 = new Set(
  `af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1
   eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1`.split(/\s+/),
);

/** Whether an account has to opt in to the region: the regions from after 2019-03-20 (F1653). */
export function isOptIn(region: string): boolean {
  return newerThan2019.has(region);
}

/** Whether the region accepts Signature Version 2, as only regions from before 2014 do (F1654). */
export function takesSignatureV2(region: string): boolean {
  return region === firstRegion || hyphenated.has(region);
}

const partitions: readonly (readonly [regions: RegExp, partition: string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
  [/^eusc-/, 'aws-eusc'],
];

export const partitionNames: readonly string[] = ['aws', ...partitions.map(([, partition]) => partition)];

const partitionsByRegion: ReadonlyMap<string, string> = new Map(
  regionNames.map((region) => [region, partitionByName(region)]),
);

export function partitionOf(region: string = firstRegion): string {
  // Each request calls this function, so the known regions are looked up in a map.
  return partitionsByRegion.get(region) ?? partitionByName(region);
}

function partitionByName(region: string): string {
  return partitions.find(([regions]) => regions.test(region))?.[1] ?? 'aws';
}

/** The regions of IBM COS. Some of them no longer accept new buckets (F172). */
export const cosRegionNames: readonly string[] =
  `us-south us-east eu-gb eu-de eu-es au-syd jp-tok jp-osa ca-tor ca-mon br-sao in-che in-mum us eu ap
   ams03 che01 hkg02 mel01 mex01 mil01 mon01 osl01 par01 sao01 seo01 sjc04 sng01 tor01`.split(/\s+/);

const storageClasses = ['standard', 'vault', 'cold', 'smart', 'flex', 'onerate_active'];

/** A location with a storage class. */
export const cosLocations: readonly string[] = cosRegionNames.flatMap((region) =>
  storageClasses.map((storageClass) => `${region}-${storageClass}`),
);

const locations = new Set(cosLocations);

export function findCosRegion(location: string | undefined): string | undefined {
  return cosRegionNames.find((region) => location?.startsWith(`${region}-`) && locations.has(location));
}

export function isCosLocation(word: string): boolean {
  return locations.has(word);
}
