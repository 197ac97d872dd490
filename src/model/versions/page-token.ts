import { createHash } from 'node:crypto';

/** A continuation token for the place where a page ended. It looks opaque, and one that nobody issued is told from it. */
export function issuePageToken(listing: string, place: string): string {
  return `${Buffer.from(place).toString('base64url')}.${checkOf(listing, place)}`;
}

/** The place that a token of this listing stands for; undefined where the token was never issued. */
export function readPageToken(listing: string, token: string): string | undefined {
  const place = Buffer.from(token.replace(/\..*$/s, ''), 'base64url').toString();
  // base64 has several spellings of the same bytes, of which one was issued.
  return token === issuePageToken(listing, place) ? place : undefined;
}

function checkOf(listing: string, place: string): string {
  return createHash('sha256').update(`${listing}\n${place}`).digest('base64url');
}
