import { types } from 'node:util';
import { isRecord } from '../text/value-kinds';

/** A frozen copy of a document's value, with its dates as a function writes them. */
export function frozenCopy(value: unknown, date: (date: Date) => unknown): unknown {
  if (types.isDate(value)) return date(value);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => frozenCopy(item, date)));
  if (!isRecord(value)) return value;
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, frozenCopy(member, date)])),
  );
}
