/** How values read on the page. */

export const hour = 3_600_000;
export const day = 24 * hour;

const counts = new Intl.NumberFormat('en');

/** `10,000` */
export function grouped(count: number): string {
  return counts.format(count);
}

/** `1 version`, `10,000 versions` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `2 versions, 1 delete marker`; `1 delete marker` if nothing else is left. */
export function countVersions(counts: { readonly versions: number; readonly deleteMarkers: number }): string {
  const { versions, deleteMarkers } = counts;
  const parts = [
    ...(versions > 0 || deleteMarkers === 0 ? [counted(versions, 'version')] : []),
    ...(deleteMarkers > 0 ? [counted(deleteMarkers, 'delete marker')] : []),
  ];
  return parts.join(', ');
}

/** `140 KB`; whole bytes up to 1 KB. */
export function writeBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (unit === 0) return counted(bytes, 'byte');
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `2026-03-01 12:00:05`, in UTC as S3 counts days. */
export function writeMoment(moment: string | number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** `12:00:05` on the day of `now`, and `2026-02-27 12:00` on any other: the clock of a mock moves by days. */
export function writeTime(moment: string | number, now: string | number): string {
  const text = writeMoment(moment);
  return writeDate(moment) === writeDate(now) ? text.slice(11) : text.slice(0, 16);
}

/** `2026-03-01` */
export function writeDate(moment: string | number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** `in 3 days`, `5 hours ago` */
export function writeDistance(moment: string | number, now: string | number): string {
  const distance = new Date(moment).getTime() - new Date(now).getTime();
  const size = Math.abs(distance);
  if (size < 60_000) return 'now';
  const [unit, noun] = size < hour ? [60_000, 'minute'] : size < 2 * day ? [hour, 'hour'] : [day, 'day'];
  const amount = counted(Math.round(size / unit), noun);
  return distance > 0 ? `in ${amount}` : `${amount} ago`;
}

/**
 * Writes control characters as JSON does, also the characters that turn the direction of a text: a key can contain them, and would look
 * like another key.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => {
    const code = found.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A text of several lines, such as a stack. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** A key; in quotes if it begins or ends with a blank, or has nothing but blanks. */
export function writeKey(key: string): string {
  return key === key.trim() && key !== '' ? visible(key) : `"${visible(key)}"`;
}
