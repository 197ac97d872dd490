import { readIpRange } from '../../formats/ip-ranges';

/** The address that requests come from, unless a test gives another one. */
export const defaultSourceAddress = '127.0.0.1';

/** Whether a text is one address, of IPv4 or IPv6, and no block of them. */
export function isAddress(text: string): boolean {
  return !text.includes('/') && readIpRange(text) !== undefined;
}
