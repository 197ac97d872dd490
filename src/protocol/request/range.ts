type Range = { readonly first: number; readonly last: number } | 'whole' | 'unsatisfiable';

/**
 * Reads the bytes that a Range header asks for. S3 ignores a header that it does not understand, or that names several ranges (F64). `last`
 * is the last requested byte that exists.
 */
export function readRange(header: string | undefined, size: number): Range {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') return suffix(Number(to), size);
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'unsatisfiable' : { first, last };
}

function suffix(length: number, size: number): Range {
  if (length === 0) return 'unsatisfiable';
  // Nothing is all that an empty object ends with (F575).
  return size === 0 ? 'whole' : { first: Math.max(0, size - length), last: size - 1 };
}
