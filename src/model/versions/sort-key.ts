/**
 * S3 sorts by UTF-8 bytes, JavaScript by UTF-16 units: the surrogates of characters beyond U+FFFF are below U+E000, although the characters
 * are above it. So the two ranges change places.
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

export function sortKeyAfterPrefix(sortKey: string): string | undefined {
  for (let length = sortKey.length; length > 0; length -= 1) {
    const unit = sortKey.charCodeAt(length - 1);
    if (unit < 0xffff) return sortKey.slice(0, length - 1) + String.fromCharCode(unit + 1);
  }
  return undefined;
}
