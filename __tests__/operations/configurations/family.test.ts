import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type BucketHandle, mockS3 } from 's3-versioning-mock/jest';
import { type ConfigurationCase, configurationCases, documentNames } from '../../support/configurations';
import { answerDocument, errorDocument, undeclared } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

type Case = ConfigurationCase<(typeof documentNames)[number]>;

const malformed = errorDocument(
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
);
const ofVault = '<BucketName>vault</BucketName>';
const md5Of = (text: string) => createHash('md5').update(text).digest('base64');

const literalOf = (handle: BucketHandle, name: string): unknown => Reflect.get(handle, name);

const table = documentNames.map((name) => [name, configurationCases[name]] as readonly [string, Case]);

describe.each(table)('the configuration %s', (name, row) => {
  const { query, root, document, initially, deleted } = row;
  const literal = row.literal ?? row.value;
  // There is no way back to a bucket without it.
  const staysPut = deleted === undefined && row.emptyRoot !== 'accepted';
  const s3 = mockS3({ buckets: { vault: row.bucket ?? {}, ...row.others } });
  const path = `/vault?${query}`;
  const body = `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${document}</${root}>`;

  const put = (text: string, headers: Readonly<Record<string, string | undefined>> = {}, to = path) =>
    send({ method: 'PUT', path: to, body: text, headers: { 'Content-MD5': md5Of(text), ...headers } });
  const get = () => send({ path });
  const documentOf = (answer: typeof initially) =>
    typeof answer === 'string'
      ? (row.written?.(answer) ?? answerDocument(root, answer))
      : errorDocument(answer[0], answer[1], ofVault);

  it('has its default on a new bucket', async () => {
    expect(await answered(get())).toEqual({
      status: typeof initially === 'string' ? 200 : 404,
      text: documentOf(initially),
    });
    expect(literalOf(s3.bucket('vault'), name)).toBeUndefined();
  });

  it('is answered as it was put', async () => {
    const answer = await put(body);
    expect({ status: answer.status, text: answer.text, contentType: answer.header('content-type') }).toEqual({
      status: 200,
      text: '',
      contentType: undefined,
    });
    expect(await answered(get())).toEqual({ status: 200, text: documentOf(document) });
    expect(literalOf(s3.bucket('vault'), name)).toEqual(literal);
    expect(s3.bucket('vault')).toHaveConfiguration(name as 'publicAccessBlock', row.value as object);
  });

  it('is replaced whole and once more by a fixture', async () => {
    Reflect.set(s3.bucket('vault'), name, row.value);
    expect((await get()).text).toBe(documentOf(document));
    expect(literalOf(s3.bucket('vault'), name)).toEqual(literal);
    const unset = () => Reflect.set(s3.bucket('vault'), name, undefined);
    if (!staysPut) {
      unset();
      expect((await get()).text).toBe(documentOf(deleted ?? initially));
      return;
    }
    expect(unset).toThrow(`bucket 'vault': ${name} cannot be unset, as on S3.`);
    expect(() => s3.createBucket('never', { [name]: null })).toThrow('cannot be unset, as on S3.');
    expect((await get()).text).toBe(documentOf(document));
  });

  it('comes back with a snapshot, and through JSON', async () => {
    await put(body);
    const before = s3.snapshot();
    const options = JSON.parse(JSON.stringify(s3));
    s3.reset();
    s3.restore(before);
    expect((await get()).text).toBe(documentOf(document));
    expect(options.buckets.vault[name]).toEqual(literal);
    s3.createBucket('copy', options.buckets.vault);
    expect(literalOf(s3.bucket('copy'), name)).toEqual(literal);
    expect(String(s3.bucket('copy'))).toContain(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
  });

  it('is gone with its bucket, and after a reset', async () => {
    await put(body);
    s3.reset();
    expect((await get()).text).toBe(documentOf(initially));
  });

  if (deleted !== undefined) {
    it('is deleted, once and again', async () => {
      await put(body);
      for (const _time of [1, 2]) {
        expect(await answered(send({ method: 'DELETE', path }))).toEqual({ status: 204, text: '' });
        expect((await get()).text).toBe(documentOf(deleted));
      }
    });

    it('keeps in a snapshot and in JSON that it was deleted', async () => {
      await send({ method: 'DELETE', path });
      const options = JSON.parse(JSON.stringify(s3));
      s3.createBucket('copy', options.buckets.vault);
      expect((await send({ path: `/copy?${query}` })).text).toBe(documentOf(deleted).replace('vault', 'copy'));
    });
  } else {
    it('cannot be deleted', async () => {
      const answer = await send({ method: 'DELETE', path });
      expect({ status: answer.status, allow: answer.header('allow') }).toEqual({ status: 405, allow: 'GET, PUT' });
    });
  }

  it.each(malformedDocuments(row))('refuses %s as malformed', async (_what, text) => {
    const answer = await put(text);
    // Measured: justincormack/argmin crates/s3-tests/tests/malformed_xml.rs. F627
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 400,
      text: query === 'ownershipControls' ? undeclared(malformed) : malformed,
    });
    expect(literalOf(s3.bucket('vault'), name)).toBeUndefined();
    expect(s3.requests.at(-1)?.why).toEqual(expect.any(String));
  });

  if (row.emptyRoot !== undefined) {
    const refusal = row.emptyRoot;
    it(`${refusal === 'accepted' ? 'accepts' : 'refuses'} an empty root`, async () => {
      const answer = await put(`<${root}/>`);
      if (refusal === 'accepted')
        expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
      else
        expect({ status: answer.status, text: answer.text }).toEqual({ status: 400, text: errorDocument(...refusal) });
    });
  }

  it('refuses a request without a body', async () => {
    // S3 looks for a digest that it requires first.
    expect(await answered(put('', row.digest === 'required' ? {} : { 'Content-MD5': undefined }))).toEqual({
      status: 400,
      text: errorDocument('MissingRequestBodyError', 'Request Body is empty'),
    });
  });

  it(`checks a digest${row.digest === 'required' ? ', and requires one' : ' that is sent'}`, async () => {
    expect(await put(body, { 'Content-MD5': md5Of('another') })).toMatchObject({
      status: 400,
      text: expect.stringContaining('<Code>BadDigest</Code>'),
    });
    const without = await put(body, { 'Content-MD5': undefined });
    expect(without.status).toBe(row.digest === 'required' ? 400 : 200);
  });

  it('is not read by HEAD', async () => {
    const answer = await send({ method: 'HEAD', path });
    expect({ status: answer.status, allowsGet: answer.header('allow')?.includes('GET') }).toEqual({
      status: 405,
      allowsGet: true,
    });
  });

  it('must be known to a fixture, its members too', () => {
    expect(() => Reflect.set(s3.bucket('vault'), name, { Strange: true })).toThrow(TypeError);
    expect(() => Reflect.set(s3.bucket('vault'), name, 42)).toThrow(new RegExp(`bucket 'vault': ${name}.*42`));
    expect(() => s3.createBucket('never', { [name]: { Strange: true } })).toThrow(/Strange/);
    expect(() => s3.bucket('never')).toThrow(/there is no bucket/);
  });

  it(`is ${row.awsOnly ? 'not implemented by' : 'read by'} IBM COS`, async () => {
    const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
    const answer = await send({ path, host });
    expect(answer.status === 501).toBe(row.awsOnly === true);
  });
});

function malformedDocuments({ root, document, malformed: more, emptyRoot }: Case): readonly [string, string][] {
  const made: [string, string][] = [
    ['XML that is not well-formed', `<${root}>`],
    ['an unknown member', `<${root}>${document}<Strange/></${root}>`],
    ['text beside the members', `<${root}>text${document}</${root}>`],
    ...(emptyRoot === undefined ? [['an empty root', `<${root}/>`] as [string, string]] : []),
  ];
  return [
    ...made,
    ...Object.entries(more).map(([what, text]): [string, string] => [what, `<${root}>${text}</${root}>`]),
  ];
}
