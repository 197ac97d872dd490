import { readIpRange } from '../../formats/ip-ranges';
import type { ConditionKeyValues } from './condition-key-values';

/** The address that requests come from, unless a test gives another one. */
export const defaultSourceAddress = '127.0.0.1';

/** Whether a text is one address, of IPv4 or IPv6, and not a block of them. */
export function isAddress(text: string): boolean {
  return !text.includes('/') && readIpRange(text) !== undefined;
}

/** The keys that no request has but those through a VPC endpoint (F660). */
const ofEndpoints: readonly string[] = [
  ...['aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'],
  'aws:vpcsourceip',
];

/** Whether values that a test gives are those of a request through a VPC endpoint. */
export function hasEndpointKeys(given: ConditionKeyValues): boolean {
  return ofEndpoints.some((key) => given(key) !== undefined);
}

/** The key that has the address of a request: through a VPC endpoint, `aws:SourceIp` is absent (F660). */
export function keyOfAddress(isThroughEndpoint: boolean): string {
  return isThroughEndpoint ? 'aws:vpcsourceip' : 'aws:sourceip';
}
