import { readIpRange } from '../../formats/ip-ranges';
import type { ConditionKeyValues } from './condition-key-values';

export const defaultSourceAddress = '127.0.0.1';

export function isAddress(text: string): boolean {
  return !text.includes('/') && readIpRange(text) !== undefined;
}

const ofEndpoints: readonly string[] = [
  ...['aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'],
  'aws:vpcsourceip',
];

export function hasEndpointKeys(given: ConditionKeyValues): boolean {
  return ofEndpoints.some((key) => given(key) !== undefined);
}

/** Through a VPC endpoint, `aws:SourceIp` is absent (F660). */
export function keyOfAddress(isThroughEndpoint: boolean): string {
  return isThroughEndpoint ? 'aws:vpcsourceip' : 'aws:sourceip';
}
