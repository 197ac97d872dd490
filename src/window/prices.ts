import { useLayoutEffect, useState } from 'preact/hooks';
import type { BucketUsage, ClassUsage } from './answers';

/**
 * The prices of a GB in a storage class for a month, in dollars, by region. They are the prices of a region until somebody writes others:
 * the page calls no other host, so it cannot know today's prices.
 */
export type Prices = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const firstRegion = 'us-east-1';

/** What AWS lists for the first 50 TB in us-east-1; INTELLIGENT_TIERING as its frequent tier. */
const listed: Readonly<Record<string, number>> = {
  STANDARD: 0.023,
  INTELLIGENT_TIERING: 0.023,
  STANDARD_IA: 0.0125,
  ONEZONE_IA: 0.01,
  GLACIER_IR: 0.004,
  GLACIER: 0.0036,
  DEEP_ARCHIVE: 0.00099,
  REDUCED_REDUNDANCY: 0.024,
};

export const pricedClasses = Object.keys(listed);

const place = 's3-mock-prices';
/** Bills count in GB of 2^30 bytes. */
const gigabyte = 2 ** 30;

export function usePrices() {
  const [changed, setChanged] = useState<Prices>(readChanged);
  // Before the page is shown: who sees a price can load the page anew.
  useLayoutEffect(() => {
    try {
      if (Object.keys(changed).length === 0) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(changed));
    } catch {
      // A browser may refuse to store anything; the prices then last as long as the page.
    }
  }, [changed]);
  return {
    isChanged: Object.keys(changed).length > 0,
    priceOf: (region: string, storageClass: string): number =>
      changed[region]?.[storageClass] ?? listed[storageClass] ?? listed['STANDARD'] ?? 0,
    setPrice: (region: string, storageClass: string, price: number) =>
      setChanged((before) => ({ ...before, [region]: { ...before[region], [storageClass]: price } })),
    forget: () => setChanged({}),
  };
}

export type PriceList = ReturnType<typeof usePrices>;

function readChanged(): Prices {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    if (typeof found !== 'object' || found === null) return {};
    const regions = Object.entries(found).map(([region, prices]: [string, unknown]) => {
      const members = Object.entries(prices ?? {}).filter(([, price]) => typeof price === 'number' && price >= 0);
      return [region, Object.fromEntries(members)] as const;
    });
    return Object.fromEntries(regions);
  } catch {
    return {};
  }
}

type PriceOf = (storageClass: string) => number;

/** What the versions of a storage class cost a month, with what S3 bills on top of their bytes. */
export function costOfClass(storageClass: string, usage: ClassUsage, priceOf: PriceOf): number {
  const { versions, belowMinimumSize, archiveMetadata } = usage;
  const bytes = versions.bytes + belowMinimumSize.bytes;
  // The archive tiers of INTELLIGENT_TIERING have no price of their own here.
  return (
    (bytes * priceOf(storageClass) +
      archiveMetadata.bytes * priceOf(storageClass === 'INTELLIGENT_TIERING' ? 'GLACIER' : storageClass) +
      archiveMetadata.standardBytes * priceOf('STANDARD')) /
    gigabyte
  );
}

/** Uploads, restored copies and the keys of delete markers are billed as STANDARD. */
export function costOfBytes(bytes: number, priceOf: PriceOf): number {
  return (bytes * priceOf('STANDARD')) / gigabyte;
}

export function costOfBucket(usage: BucketUsage, priceOf: PriceOf): number {
  const { storageClasses, uploads, restoredCopies, deleteMarkers } = usage;
  const classes = Object.entries(storageClasses).map(([name, one]) => costOfClass(name, one, priceOf));
  const others = costOfBytes(uploads.bytes + restoredCopies.bytes + deleteMarkers.bytes, priceOf);
  return classes.reduce((sum, cost) => sum + cost, others);
}

const cents = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const small = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

const least = 0.000_001;

/** `$1.20`, `$0.0000042`: what a test stores costs little, and which of two costs less is what somebody wants to see. */
export function writeMoney(dollars: number): string {
  if (dollars > 0 && dollars < least) return `< ${small.format(least)}`;
  return dollars === 0 || dollars >= 1 ? cents.format(dollars) : small.format(dollars);
}
