import type { Dialect } from '../dialects';
import { nearestName } from '../text/spelling';

/**
 * The known region that a client most likely means by an unknown one; undefined if the region is known, if it is not nearly spelled like
 * one, or if it is the next number of an area, since AWS names new regions so (F30).
 */
export function probableRegion(region: string | undefined, { requests: { regions } }: Dialect): string | undefined {
  if (region === undefined || regions.includes(region) || isNextNumber(region, regions)) return undefined;
  return nearestName(region, regions);
}

function isNextNumber(region: string, regions: readonly string[]): boolean {
  const { area, number } = /^(?<area>.+-)(?<number>\d+)$/.exec(region)?.groups ?? {};
  return area !== undefined && regions.includes(`${area}${Number(number) - 1}`);
}
