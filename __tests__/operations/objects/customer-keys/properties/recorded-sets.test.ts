import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../../../support/documents';
import { closingRefusalHead } from '../../../../support/heads';
import {
  digestOf,
  headersOf,
  insecure,
  type Outcome,
  recordedHeaders,
  recordedSets,
  refusalOf,
  type SentSet,
} from '../../../../support/recorded-customer-keys';
import { checkRows } from '../../../../support/rows-of-table';
import { rowsOfColumn } from '../../../../support/runs';
import { addPart, begin, complete, type Headers, undeclared } from '../../../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../../../support/wire-client';

const s3 = mockS3({ sseC: 'allowed', buckets: { vault: { versioning: 'Enabled', objects: { plain: 'data' } } } });

beforeEach(async () => {
  await send({ method: 'PUT', path: '/vault/key', body: 'data', headers: recordedHeaders });
  const id = await begin('/vault/parts', recordedHeaders);
  await complete('/vault/parts', id, await addPart('/vault/parts', id, 1, 'data', recordedHeaders), recordedHeaders);
});

interface Operation {
  readonly operation: string;
  readonly of: 'write' | 'part' | 'read' | 'source' | 'completion';
  readonly form: 'declared' | 'undeclared';
  readonly ask: (headers: Headers, secure?: boolean) => Promise<WireAnswer>;
}

const whole =
  (call: WireCall) =>
  (headers: Headers, secure = true) =>
    send({ ...call, secure, headers: { ...call.headers, ...headers } });
const inUpload = (call: Partial<WireCall>, encryption: Headers) => async (headers: Headers, secure?: boolean) => {
  const path = `/vault/k?partNumber=1&uploadId=${await begin('/vault/k', encryption)}`;
  return whole({ method: 'PUT', path, ...call })(headers, secure);
};
const completion = async (headers: Headers, secure?: boolean) => {
  const id = await begin('/vault/k', recordedHeaders);
  const body = `<CompleteMultipartUpload>${await addPart('/vault/k', id, 1, 'data', recordedHeaders)}</CompleteMultipartUpload>`;
  return whole({ method: 'POST', path: `/vault/k?uploadId=${id}`, body })(headers, secure);
};
const from = (source: string) => ({ 'x-amz-copy-source': source });
const put = { method: 'PUT', path: '/vault/k' };
const attributes = { 'x-amz-object-attributes': 'ETag' };

const operations: readonly Operation[] = [
  { operation: 'PutObject', of: 'write', form: 'declared', ask: whole({ ...put, body: 'data' }) },
  {
    operation: 'CreateMultipartUpload',
    of: 'write',
    form: 'declared',
    ask: whole({ method: 'POST', path: '/vault/k?uploads' }),
  },
  { operation: 'CopyObject', of: 'write', form: 'undeclared', ask: whole({ ...put, headers: from('/vault/plain') }) },
  { operation: 'UploadPart', of: 'part', form: 'declared', ask: inUpload({ body: 'data' }, recordedHeaders) },
  {
    operation: 'UploadPartCopy',
    of: 'part',
    form: 'undeclared',
    ask: inUpload({ headers: from('/vault/plain') }, recordedHeaders),
  },
  { operation: 'GetObject', of: 'read', form: 'declared', ask: whole({ path: '/vault/key' }) },
  { operation: 'GetObject of parts', of: 'read', form: 'declared', ask: whole({ path: '/vault/parts' }) },
  { operation: 'HeadObject', of: 'read', form: 'declared', ask: whole({ method: 'HEAD', path: '/vault/key' }) },
  {
    operation: 'GetObjectAttributes',
    of: 'read',
    form: 'declared',
    ask: whole({ path: '/vault/key?attributes', headers: attributes }),
  },
  {
    operation: 'CopyObject from a key',
    of: 'source',
    form: 'undeclared',
    ask: whole({ ...put, headers: from('/vault/key') }),
  },
  {
    operation: 'UploadPartCopy from a key',
    of: 'source',
    form: 'undeclared',
    ask: inUpload({ headers: from('/vault/key') }, {}),
  },
  { operation: 'CompleteMultipartUpload', of: 'completion', form: 'undeclared', ask: completion },
];

/** The lines of the answer to a set that is not refused which say how the object is encrypted. */
function encryptionLines({ operation, of }: Operation, set: SentSet, outcome: Outcome): readonly string[] {
  if (operation === 'GetObjectAttributes') return [];
  if (of === 'source') return ['x-amz-server-side-encryption: AES256'];
  const algorithm = 'x-amz-server-side-encryption-customer-algorithm: AES256';
  // A completion that names no whole key is not told which one the object has.
  if (outcome === 'ignored') return [algorithm];
  return [algorithm, `x-amz-server-side-encryption-customer-key-MD5: ${digestOf(set)}`];
}

// Recorded: dyus/meeseeks-s3, tests/{put_object,create_multipart_upload,copy_object,upload_part,upload_part_copy,get_object,head_object,
// get_multipart_upload,complete_multipart_upload}_sse_c/golden. F95, F610, F611, F612
describe.each(operations)('$operation with the headers of a key', (operation) => {
  const { of, form, ask } = operation;
  const withoutBody = operation.operation === 'HeadObject' && { text: '' };
  const kind = of === 'source' ? 'source' : 'object';

  it('is answered as recorded for each set of them', async () => {
    const versionsWritten = () => s3.bucket('vault').versions('k').length;
    const check = async ({ outcome, ...set }: (typeof rows)[number]) => {
      const before = versionsWritten();
      const answer = await ask(headersOf(set, kind));
      const refused = refusalOf(set, outcome, form);
      if (refused) {
        expect(answer).toMatchObject({ ...refused, ...withoutBody });
        expect(versionsWritten()).toBe(before);
        return;
      }
      expect(answer.status).toBe(200);
      const lines = answer.head.filter((line) => line.startsWith('x-amz-server-side-encryption'));
      expect(lines).toEqual(encryptionLines(operation, set, outcome));
    };
    // `npm test` tries each set with one operation of a kind.
    const ofKind = operations.filter((one) => one.of === of);
    const sets = rowsOfColumn(recordedSets, ofKind.indexOf(operation), ofKind.length);
    const rows = sets.map((set) => ({ ...set, outcome: set[of] }));
    await checkRows({ rows, nameOf: ({ what, outcome }) => `${what}: ${outcome}`, check });
  });

  it('is refused over plain HTTP, before anything else of the key is judged', async () => {
    const text = (form === 'declared' ? errorDocument : undeclared)(...insecure);
    const answer = await ask(headersOf({ algorithm: 'X', key: 'no!', digest: '' }, kind), false);
    expect(answer).toMatchObject({ status: 400, head: closingRefusalHead(), text, ...withoutBody });
  });
});
