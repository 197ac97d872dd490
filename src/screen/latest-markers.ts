import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';

/** What V8 and JavaScriptCore say if code reads a member of a version that it has not found. */
const ofVersions =
  /\(reading '(?:Key|VersionId|IsLatest|ETag|Size|LastModified|StorageClass)'\)|\(evaluating '[^'\n]{0,100}\.(?:Key|VersionId|IsLatest|ETag|Size|LastModified|StorageClass)'\)/;

/** Says that the latest version of each listed key is a delete marker, where code has found none of the versions that are objects. */
export function writeNoLatest(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const last = entries.findLast(({ output }) => output !== undefined);
  if (last?.operation !== 'ListObjectVersions' || !errors.some(isOfUndefined)) return undefined;
  const all = listEntries(last);
  const versions = all.flatMap((one) => memberOf(one, 'Versions') ?? []);
  const marker = all
    .flatMap((one) => memberOf(one, 'DeleteMarkers') ?? [])
    .find((one) => isLatest(one) && versions.some((version) => memberOf(version, 'Key') === memberOf(one, 'Key')));
  if (marker === undefined || versions.some(isLatest) || entries.some((one) => isPageWithLatest(one, last)))
    return undefined;
  return `The answer to ${writeCall(last)} has no version with IsLatest: true in Versions, since the latest one of ${writeKey(String(memberOf(marker, 'Key')))} is a delete marker, in DeleteMarkers. If the code looks for IsLatest, take the first one of the key in Versions, which is its newest object.`;
}

function listEntries({ output }: RequestEntry): readonly unknown[] {
  const listed = memberOf(output, 'Entries');
  return isArray(listed) ? listed : [];
}

/** Whether another page of the same listing has the latest version of a key, which code can have found in all of the pages. */
function isPageWithLatest(one: RequestEntry, { operation, bucket, input }: RequestEntry): boolean {
  return (
    one.operation === operation &&
    one.bucket === bucket &&
    memberOf(one.input, 'Prefix') === memberOf(input, 'Prefix') &&
    listEntries(one).some((entry) => isLatest(memberOf(entry, 'Versions')))
  );
}

function isLatest(one: unknown): boolean {
  return memberOf(one, 'IsLatest') === true;
}

function isOfUndefined(error: FailedError): boolean {
  return error.name === 'TypeError'
    ? ofVersions.test(error.message)
    : isAssertion(error) && readCompared(error).isUndefined;
}
