/**
 * Sorts by UTF-16 units as the key sorts by its UTF-8 bytes, which is S3's order. The two differ for characters beyond U+FFFF: their surrogates
 * are below U+E000, although the characters are above it. So the two ranges change places.
 */
export function makeSortKey(key: string): string {
  return /[\ud800-\uffff]/.test(key) ? shift(key) : key;
}

function shift(key: string): string {
  let shifted = '';
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index);
    shifted += String.fromCharCode(unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x0800);
  }
  return shifted;
}

/** Undefined if no sort key is above those with the prefix. */
export function sortKeyAfterPrefix(sortKey: string): string | undefined {
  for (let length = sortKey.length; length > 0; length -= 1) {
    const unit = sortKey.charCodeAt(length - 1);
    if (unit < 0xffff) return sortKey.slice(0, length - 1) + String.fromCharCode(unit + 1);
  }
  return undefined;
}
