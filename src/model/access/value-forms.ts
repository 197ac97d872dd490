import { parseIsoDate } from '../../formats/dates';

/** Reads a number of a condition, whole or decimal; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** A date of https://www.w3.org/TR/NOTE-datetime: a month, a day, or a time with its zone. A year alone is a number of seconds. */
const dateForm = /^(\d{4}-\d\d)(-\d\d)?(?:(T\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads a date of a condition, in ISO 8601 or in seconds since 1970; milliseconds, or undefined for anything else. */
export function readDate(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const [, month, day, time, seconds = ':00', zone] = dateForm.exec(text) ?? [];
  if (month === undefined || (time !== undefined && day === undefined)) return undefined;
  return parseIsoDate(`${month}${day ?? '-01'}${time ?? 'T00:00'}${seconds}${zone ?? 'Z'}`);
}

/** Reads a boolean of a condition; undefined for anything else. */
export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}
