import { createHash } from 'node:crypto';

/** Looks opaque, and carries a checksum by which made-up tokens are refused. */
export function writePageToken(listing: string, place: string): string {
  const checksum = createHash('sha256').update(`${listing}\n${place}`).digest('base64url');
  return `${Buffer.from(place).toString('base64url')}.${checksum}`;
}

export function readPageToken(listing: string, token: string): string | undefined {
  const place = Buffer.from(token.replace(/\..*$/s, ''), 'base64url').toString();
  // base64 has several spellings of the same bytes; only one was issued.
  return token === writePageToken(listing, place) ? place : undefined;
}
