import { encodeUrl } from '../../formats/url-encoding';

/** A key as messages have it, and as filters compare it: encoded as forms are, except that `/` stays (F763). */
export function encodeEventKey(key: string): string {
  return encodeUrl(key);
}
