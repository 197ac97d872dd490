import type { RequestEntry } from '../journal/entry';
import type { HandleRead, HandleReads, UsageRead } from '../journal/handle-reads';
import type { Store } from '../model/store';
import { listCurrentKeys } from '../model/versions/listings';
import { isObject, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { readText } from '../preset/version-copies';
import type { ComparedTexts } from './compared-texts';

/** What a test has last read by a handle, with its place among the requests of the test. */
export interface LastHandleRead extends Pick<HandleRead, 'bucket' | 'key' | 'isOfVersions'> {
  /** How many requests of the test had come before. */
  readonly before: number;
}

/** Returns undefined if the test has read nothing by a handle. */
export function placeHandleRead(read: HandleRead | undefined, earlier: number): LastHandleRead | undefined {
  if (read === undefined || read.after < earlier) return undefined;
  return { bucket: read.bucket, key: read.key, isOfVersions: read.isOfVersions, before: read.after - earlier };
}

/** Undefined if a request has read something since then: an assertion compares what the test has read last. */
export function findHandleRead(
  read: HandleRead | undefined,
  entries: readonly RequestEntry[],
  earlier: number,
): LastHandleRead | undefined {
  const placed = placeHandleRead(read, earlier);
  return placed === undefined || hasReadSince(entries, placed.before) ? undefined : placed;
}

export function hasReadSince(entries: readonly RequestEntry[], before: number): boolean {
  return entries.slice(before).some(({ method }) => method === 'GET' || method === 'HEAD');
}

/** The usage of a bucket that a test has read after its reads by requests; undefined if it has read something else since then. */
export function findUsageRead(
  { usage }: Pick<HandleReads, 'usage'>,
  entries: readonly RequestEntry[],
  earlier: number,
): UsageRead | undefined {
  return usage === undefined || usage.after < earlier || hasReadSince(entries, usage.after - earlier)
    ? undefined
    : usage;
}

/** Whether a test has last read `s3.events`, after its reads by requests. */
export function hasReadEvents(
  { beforeEvents }: Pick<HandleReads, 'beforeEvents'>,
  entries: readonly RequestEntry[],
  earlier: number,
): boolean {
  return beforeEvents !== undefined && beforeEvents >= earlier && !hasReadSince(entries, beforeEvents - earlier);
}

/** Whether a test has last read `s3.requests`, after its reads by requests. */
export function hasReadRequests(
  { beforeRequests }: Pick<HandleReads, 'beforeRequests'>,
  entries: readonly RequestEntry[],
  earlier: number,
): boolean {
  return beforeRequests !== undefined && beforeRequests >= earlier && !hasReadSince(entries, beforeRequests - earlier);
}

/** Whether a test has read another object by a handle after a request, which is its place among those of the test, so that it compares that one. */
export function comparesAnother(
  { bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>,
  place: number,
  read: LastHandleRead | undefined,
): boolean {
  if (read?.key === undefined || key === undefined || read.before <= place) return false;
  return read.bucket !== bucket || read.key !== key;
}

/** The most keys of a bucket that are looked at. */
const KEYS = 20;
/** A longer body is not compared with what a runner prints. */
const LONGEST_BODY = 1000;

/** Returns the keys that a handle read. */
export function listKeysOf({ bucket, key }: Pick<LastHandleRead, 'bucket' | 'key'>, store: Store): readonly string[] {
  if (key !== undefined) return [key];
  const named = store.buckets.get(bucket);
  return named === undefined ? [] : listCurrentKeys(named).slice(0, KEYS);
}

/** The texts by which an assertion can compare a version. */
export function readTexts(store: Store, version: Version): readonly string[] {
  const id = versionIdOf(store, version);
  const isShort = isObject(version) && version.content.body.byteLength <= LONGEST_BODY;
  return isShort ? [id, readText(version)] : [id];
}

/** Whether a test received all that it expected of a read, and more, and whether that is what the handle has. */
export function hasMoreThanExpected(compared: ComparedTexts, read: LastHandleRead, store: Store): boolean {
  const { expected, received, numbers } = compared;
  const { versions } = store.buckets.get(read.bucket) ?? {};
  if (versions === undefined) return false;
  const keys = listKeysOf(read, store);
  const all = keys.flatMap((key) => [...versions.of(key)]);
  const [least, most] = numbers;
  if (least !== undefined && most !== undefined)
    return (
      most > least && ((read.isOfVersions && most === all.length) || (read.key === undefined && most === keys.length))
    );
  const extra = [...received].filter((text) => !expected.has(text));
  if (extra.length === 0 || [...expected].some((text) => !received.has(text))) return false;
  const known = new Set([...keys, ...all.flatMap((version) => readTexts(store, version))]);
  return extra.some((text) => known.has(text));
}

/** Whether a number is that of the keys or versions which a test has last read by a handle. */
export function isNumberOf(number: number, read: LastHandleRead, store: Store): boolean {
  const { versions } = store.buckets.get(read.bucket) ?? {};
  if (versions === undefined) return false;
  const keys = listKeysOf(read, store);
  return [keys.length, keys.flatMap((key) => [...versions.of(key)]).length].includes(number);
}

/** Whether a test expected more than nothing, and received nothing. */
export function hasNothing({ expected, received, numbers, isUndefined }: ComparedTexts): boolean {
  const [least = 0, most] = numbers;
  return isUndefined || (most === 0 && least > 0) || (received.size === 0 && expected.size > 0);
}
