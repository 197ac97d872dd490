import { parseIsoDate } from '../../formats/dates';

export function readNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** https://www.w3.org/TR/NOTE-datetime. A year alone is a number of seconds. */
const dateForm = /^(\d{4}-\d\d)(-\d\d)?(?:(T\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** ISO 8601 or seconds since 1970, as milliseconds. */
export function readDate(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const [, month, day, time, seconds = ':00', zone] = dateForm.exec(text) ?? [];
  if (month === undefined || (time !== undefined && day === undefined)) return undefined;
  return parseIsoDate(`${month}${day ?? '-01'}${time ?? 'T00:00'}${seconds}${zone ?? 'Z'}`);
}

export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}

export function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** IAM accepts more in a policy: ISO 8601 with few rules, also a year alone; or seconds since 1970 (F581). */
const legacyDate =
  /^(-?\d+)(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:t(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?(?:z|[+-](\d\d)(?::?(\d\d))?)?)?)?)?)?$/i;

/** Month, day, hour, minute, second, and hour and minute of the zone. */
const mostOfParts = [12, 31, 23, 59, 59, 23, 59];
const mostSeconds = 2n ** 63n - 1n;

export function isLegacyDate(text: string): boolean {
  if (/^\d+$/.test(text)) return BigInt(text) <= mostSeconds;
  const [, year, ...parts] = legacyDate.exec(text) ?? [];
  if (year === undefined || Math.abs(Number(year)) > mostYear) return false;
  return parts.every((part, index) => {
    const number = Number(part ?? 1);
    return number <= (mostOfParts[index] ?? 0) && (number > 0 || index > 1);
  });
}

const mostYear = 292_275_054;
