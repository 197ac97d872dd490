import { URLSearchParams } from 'node:url';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { canBeOfObject, type Tag } from '../model/tagging';
import { isArray, isRecord, memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import { readJson } from './compared-forms';
import { type Comparison, listValues } from './compared-texts';

/**
 * Reads what code has made JSON of: an object whose members are tags, the list of a TagSet, or one tag. Returns undefined if a part of it is no tag,
 * since nobody knows then what the code means.
 */
function readJsonTags(text: string): { readonly tags: readonly Tag[]; readonly isObject: boolean } | undefined {
  const value = readJson(text)?.value;
  const list = memberOf(value, 'TagSet') ?? (isOneTag(value) ? [value] : value);
  const isObject = !isArray(list);
  const parts: readonly unknown[] = isObject
    ? Object.entries(isRecord(list) ? list : {}).map(([Key, Value]) => ({ Key, Value }))
    : list;
  const tags = parts.flatMap(readTag);
  return tags.length === parts.length ? { tags, isObject } : undefined;
}

function isOneTag(value: unknown): boolean {
  const names = isRecord(value) ? Object.keys(value) : [];
  return names.length === 2 && names.includes('Key') && names.includes('Value');
}

function readTag(value: unknown): readonly Tag[] {
  const [Key, Value] = [memberOf(value, 'Key'), memberOf(value, 'Value')];
  const isPlain = typeof Value === 'string' || typeof Value === 'number' || typeof Value === 'boolean';
  return typeof Key === 'string' && isPlain ? [{ Key, Value: String(Value) }] : [];
}

/** What S3 says of tags that it cannot read, or of the header that has them. */
function isOfTagging({ error }: RequestEntry): boolean {
  return error?.code === 'InvalidTag' || error?.message.includes('x-amz-tagging') === true;
}

/** Code has sent the tags of a write as JSON. Says what to send, if S3 takes these tags. */
export function writeJsonTagging(entry: RequestEntry): string | undefined {
  const sent = memberOf(entry.input, 'Tagging');
  const read = typeof sent === 'string' && isOfTagging(entry) ? readJsonTags(sent) : undefined;
  if (read === undefined || read.tags.length === 0 || !canBeOfObject(read.tags)) return undefined;
  const query = new URLSearchParams(read.tags.map(({ Key, Value }): [string, string] => [Key, Value])).toString();
  const made = read.isObject ? ', as new URLSearchParams(tags).toString() makes it of an object' : '';
  return `the Tagging of a write is a query string, and this one is JSON: write Tagging: ${writeValue(query)}${made}`;
}

/** Whether the values of an assertion are these tags with their values, and in which order they have the keys. */
function readOrder(values: readonly string[], tags: readonly Tag[]): readonly string[] {
  const byKey = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  const keys = values.filter((text) => byKey.has(text));
  // Only whole tags say which value belongs to which key.
  const isWhole = keys.length === tags.length && values.length === 2 * keys.length;
  const areTags = keys.every((key, index) => values.slice(2 * index, 2 * index + 2).includes(byKey.get(key) ?? key));
  return isWhole && areTags ? keys : [];
}

/** Whether a service answers tags in an order of its own. */
const sortsTags = { aws: true, 'ibm-cos': false } as const;

/** A test compares a list of tags, and S3 answers tags in an order of its own. */
export const hintAtTagOrder: Comparison = ({ expected, received, entries, readsHandle }) => {
  const entry = entries.findLast(({ output }) => isArray(memberOf(output, 'TagSet')));
  const list = memberOf(entry?.output, 'TagSet');
  if (entry === undefined || !sortsTags[entry.dialect] || !isArray(list) || readsHandle === true) return undefined;
  const tags = list.flatMap(readTag);
  const [asked, found] = [expected, received].map((side) => readOrder(listValues(side), tags));
  const isSame = found?.join('\n') === tags.map(({ Key }) => Key).join('\n');
  if (!isSame || asked?.length !== tags.length || asked.join('\n') === found?.join('\n')) return undefined;
  return `${writeCall(entry)} has the tags that the test expects in another order: S3 keeps no order of tags. Compare them sorted by Key, or as an object of their keys and values.`;
};
