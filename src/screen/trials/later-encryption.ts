import type { RequestEntry } from '../../journal/entry';
import { findRequestsOnKey } from '../../journal/key-requests';
import { isArray, memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import type { FailedError } from '../../thrown-errors';
import type { WireRequest } from '../../wire';
import { readAnswer } from '../answer-texts';
import type { ComparedTexts } from '../compared-texts';
import type { Asked, Hint } from '../hint';
import { findOtherObject, listDifferences } from '../library-assertions';
import { listMissing } from './expectation';
import { findLastRead, findReadKey, pathOfKey } from './locks';
import { makeRead, withBody, withHeader } from './wire';

/** The default encryption of a bucket is put, and an object that is there keeps its own. */
export const tryEncryptedCopy: Hint = {
  tries: 'a copy of an object onto itself with the default encryption that was put after it',
  of: 'writes',
  changes: (asked) => {
    const { entry, wire, errors } = asked;
    const parts = listParts(entry);
    const key = findAsserted(errors, entry)?.key ?? findReadKey(asked);
    if (parts.length === 0 || key === undefined || isWrittenSince(asked, key)) return [];
    const path = pathOfKey(wire, key);
    const named = parts.map(({ member, value }) => `${member}: ${writeValue(value)}`).join(', ');
    return [
      {
        wire: makeRead(wire, 'HEAD', path),
        options: { first: makeCopy(wire, { path, source: `${entry.bucket}/${encodeURIComponent(key)}`, parts }) },
        says: () =>
          `${writeKey(key)} was written before it, and a default encryption applies to what is written after it. Copy the object onto itself with ${named}, and it has what the test expects.`,
      },
    ];
  },
  succeeds: ({ refusal, output }, asked) => {
    const { entry, errors, compared } = asked;
    if (refusal !== undefined) return false;
    const texts = readAnswer(output);
    const values = listParts(entry).map(({ value }) => value);
    const asserted = findAsserted(errors, entry);
    const missing = asserted
      ? [listDifferences(asserted.text).map(({ member, expected = '' }) => (ofEncryption.test(member) ? expected : ''))]
      : compared.filter((one) => isOfAnswer(one, asked)).map(listMissing);
    return missing.some((all) => all.some((text) => values.includes(text)) && all.every((text) => texts.has(text)));
  },
};

/** The members of an object that a default encryption sets, as an assertion names them. */
const ofEncryption = /^encryption\b/;

/** Whether a test has compared the encryption that the last read of an object has answered: other values can have the name of an algorithm. */
function isOfAnswer({ received, isUndefined }: ComparedTexts, { entry, entries }: Asked): boolean {
  const read = findLastRead(entries.slice(entries.indexOf(entry) + 1));
  const [algorithm, key] = [memberOf(read?.output, 'ServerSideEncryption'), memberOf(read?.output, 'SSEKMSKeyId')];
  const isReceived = [algorithm, key].some((text) => typeof text === 'string' && received.has(text));
  return isReceived || (isUndefined && (algorithm === undefined || key === undefined));
}

interface Part {
  readonly header: string;
  readonly member: string;
  readonly value: string;
}

/** What a request has made the default of its bucket, as a copy names it. */
function listParts({ operation, input }: RequestEntry): readonly Part[] {
  const rules = memberOf(memberOf(input, 'ServerSideEncryptionConfiguration'), 'Rules');
  const byDefault =
    operation === 'PutBucketEncryption' && isArray(rules)
      ? memberOf(rules[0], 'ApplyServerSideEncryptionByDefault')
      : undefined;
  const parts = [
    {
      header: 'x-amz-server-side-encryption',
      member: 'ServerSideEncryption',
      value: memberOf(byDefault, 'SSEAlgorithm'),
    },
    {
      header: 'x-amz-server-side-encryption-aws-kms-key-id',
      member: 'SSEKMSKeyId',
      value: memberOf(byDefault, 'KMSMasterKeyID'),
    },
  ];
  return parts.flatMap(({ value, ...part }) => (typeof value === 'string' ? { ...part, value } : []));
}

function findAsserted(errors: readonly FailedError[], { bucket }: RequestEntry) {
  const object = findOtherObject(errors);
  return object?.bucket === bucket ? object : undefined;
}

/** Whether a request has written the object after the default was put, so that it did not get the default for another reason. */
function isWrittenSince({ entry, entries }: Asked, key: string): boolean {
  const since = entries.slice(entries.indexOf(entry) + 1);
  return findRequestsOnKey({ dropped: 0, slice: () => [...since] }, entry.bucket ?? '', key).length > 0;
}

interface Copied {
  readonly path: string;
  readonly source: string;
  readonly parts: readonly Part[];
}

function makeCopy(wire: WireRequest, { path, source, parts }: Copied): WireRequest {
  const read = makeRead(wire, 'PUT', path);
  let made = { ...read, ...withBody(read, new Uint8Array()) };
  for (const [name, value] of [
    ['x-amz-copy-source', source],
    ...parts.map(({ header, value }) => [header, value] as const),
  ] as const)
    made = { ...made, ...withHeader(made, name, value) };
  return made;
}
