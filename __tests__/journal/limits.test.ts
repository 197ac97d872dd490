import { describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { makeEntry } from '../../src/journal/entry-record';
import { call } from '../../src/text/calls';
import { clause, joinSentences } from '../../src/text/reason';
import { entry, journalOf, messageOf } from './entries';

const keys = Array.from({ length: 1000 }, (_, index) => ({ Key: `folder/file-${index}.txt` }));
const listed = (facts: object = {}) =>
  entry(
    'ListObjectVersions',
    { Bucket: 'vault', Prefix: 'folder/' },
    { output: { IsTruncated: true, Versions: keys }, ...facts },
  );
const deleted = () =>
  entry('DeleteObjects', { Bucket: 'vault', Delete: { Objects: keys } }, { output: { Deleted: keys } });
const one = 100_000;

describe('the memory that a journal bounds', () => {
  it.each<[string, RequestEntry, readonly string[]]>([
    ['a listing', listed(), ['Versions']],
    ['a document and the answer to it', deleted(), ['Delete', 'Deleted']],
    ['metadata', entry('PutObject', { Key: 'a', Metadata: { note: 'm'.repeat(one) } }), ['Metadata']],
    ['a header', entry('GetObject', { Key: 'a' }, { headers: { host: 'h', 'x-own': 'v'.repeat(one) } }), ['x-own']],
    ['a long parameter', entry('ListObjectVersions', { Prefix: 'p'.repeat(one) }), ['Prefix']],
  ])('includes %s, and the entry says what it lost', (_name, large, dropped) => {
    const journal = journalOf([large, large, large], {}, one);
    expect([...journal].map((kept) => kept.dropped)).toEqual([dropped, dropped, undefined]);
    expect(journal.last()).toEqual(large);
    expect(journal.dropped).toBe(0);
  });

  it('leaves the light members of an entry as they were', () => {
    const [first] = journalOf([listed({ headers: { host: 'vault' } }), listed()], {}, one);
    expect(first).toMatchObject({
      input: { Bucket: 'vault', Prefix: 'folder/' },
      output: { IsTruncated: true, Versions: undefined },
      headers: { host: 'vault' },
      status: 200,
    });
  });

  it('does not include ordinary requests, so they never lose anything', () => {
    const headers = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`header-${index}`, 'v'.repeat(60)]));
    const ordinary = entry(
      'PutObject',
      { Bucket: 'vault', Key: 'k'.repeat(1024) },
      { headers, output: { ETag: '"e"' } },
    );
    const journal = journalOf([ordinary, ordinary, ordinary], {}, 1);
    expect(journal.at(0)).toEqual(ordinary);
  });

  it('includes the whole document of which a member has a few words', () => {
    const body = Buffer.from(`<Tagging>${' '.repeat(one)}<Tag/></Tagging>`);
    const tagged = entry('PutObjectTagging', { Key: 'a', Tagging: { TagSet: [{ Key: 'colour' }] } }, { body });
    expect([...journalOf([tagged, tagged], {}, one)].map(({ dropped }) => dropped)).toEqual([['Tagging'], undefined]);
  });

  it('includes the whole document beside the same document as bytes', () => {
    const body = Buffer.alloc(one);
    const input = { Bucket: 'vault', Body: body, CORSConfiguration: { CORSRules: [{ ID: 'few' }] } };
    const journal = journalOf(
      [entry('PutBucketCors', input, { body }), entry('PutBucketCors', input, { body })],
      {},
      one,
    );
    expect([...journal].map(({ dropped }) => dropped)).toEqual([['Body', 'CORSConfiguration'], undefined]);
  });

  it('does not include the body once more for metadata and dates', () => {
    const body = Buffer.alloc(one);
    const input = { Key: 'a', Body: body, Metadata: { color: 'red' }, Expires: new Date(0) };
    const [kept] = journalOf([entry('PutObject', input, { body })], {}, one);
    expect(kept).toMatchObject({ input: { Metadata: { color: 'red' }, Expires: new Date(0) }, body });
  });

  it('does not name the body, whose absence shows', () => {
    const refused = entry(undefined, {}, { body: Buffer.alloc(one) });
    expect(journalOf([refused, refused], {}, one).at(0)).toMatchObject({ body: undefined });
    expect(journalOf([refused, refused], {}, one).at(0)).not.toHaveProperty('dropped');
  });

  it('is given back when the entry that has it is dropped', () => {
    const journal = journalOf(
      [listed(), ...Array.from({ length: 5 }, () => entry('GetObject')), listed()],
      { limit: 2 },
      one,
    );
    expect([...journal].map(({ dropped }) => dropped)).toEqual([undefined, undefined]);
    journal.clear();
    for (const large of [listed(), listed()]) journal.append(large);
    expect([...journal].map(({ dropped }) => dropped)).toEqual([['Versions'], undefined]);
  });

  it('is named in the line of the entry that lost it', () => {
    expect(`${journalOf([deleted(), deleted()], {}, one)}`.split('\n')[1]).toBe(
      '  1. 12:00:05.123  DeleteObjects  vault  200  (Delete dropped) (Deleted dropped)  aws-sdk-js/3.1169.0',
    );
  });
});

describe('an entry that lost its large parts', () => {
  const note = joinSentences(
    'it is late',
    clause`${call('mockS3(...)', { '...': { verifySignatures: true } })} checks it`,
  );
  const upload = (facts: object = {}) =>
    makeEntry({
      ...entry('PutObject', { Key: 'a', Body: Buffer.alloc(one), ...facts }, { body: Buffer.alloc(one) }),
      why: note,
      notes: [note],
    });

  it('is another entry, so that a test which holds the first one keeps the parts', () => {
    const held = upload();
    const journal = journalOf([held, upload()], {}, one);
    expect({
      held: held.body?.byteLength,
      kept: journal.at(0)?.body,
      isFrozen: Object.isFrozen(journal.at(0)),
    }).toEqual({
      held: one,
      kept: undefined,
      isFrozen: true,
    });
  });

  it('has its other members, and tells its reason and its notes elsewhere', () => {
    const journal = journalOf([upload({ Metadata: { color: 'red' } }), upload()], {}, one);
    const first = journal.at(0);
    expect(first).toMatchObject({ dropped: ['Body'], why: String(note), notes: [String(note)] });
    expect(first?.input).toEqual({ Key: 'a', Body: undefined, Metadata: { color: 'red' } });
    if (first !== undefined)
      expect(journal.tell(first, { call: () => '--verify' })).toEqual({
        why: 'it is late; --verify checks it',
        notes: [expect.stringContaining('checks it')],
      });
  });

  it('keeps a body that has no bytes', () => {
    const read = entry('GetObject', { Key: 'a' }, { output: { Body: Buffer.alloc(one) }, method: 'GET' });
    const [first] = journalOf([read, read], {}, one);
    expect(first?.body).toEqual(new Uint8Array(0));
    expect(first).toMatchObject({ output: { Body: undefined }, dropped: ['Body'] });
  });

  it('lost large headers by their names', () => {
    const large = entry('GetObject', { Key: 'a' }, { headers: { host: 'h', 'x-own': 'v'.repeat(one) } });
    const [first] = journalOf([large, large], {}, one);
    expect({ headers: first?.headers, dropped: first?.dropped }).toEqual({
      headers: { host: 'h' },
      dropped: ['x-own'],
    });
  });
});

describe('an assertion on a request that lost members', () => {
  const journal = journalOf([deleted(), listed(), deleted(), listed()], {}, one);

  it('fails, and so does its negation, if it asks for one', () => {
    const input = { Delete: { Objects: [{ Key: 'other' }] } };
    for (const act of [
      () => journal.expect('DeleteObjects', input),
      () => journal.expectNone('DeleteObjects', input),
    ]) {
      expect(messageOf(act)).toMatch(/^It is unknown whether DeleteObjects with /);
      expect(messageOf(act)).toContain('     - Delete: its bytes were dropped to save memory');
    }
  });

  it('is decided if it asks for others', () => {
    expect(() => journal.expectTimes('DeleteObjects', 2, { Bucket: 'vault' })).not.toThrow();
    expect(() => journal.expectNone('DeleteObjects', { Bucket: 'other', Delete: {} })).not.toThrow();
  });

  it('is decided if only the answer lost some', () => {
    const { objectContaining } = expect;
    expect(() =>
      journal.expectTimes('ListObjectVersions', 2, objectContaining({ Prefix: 'folder/' }) as never),
    ).not.toThrow();
    expect(() => journal.expectNone('ListObjectVersions', objectContaining({ Prefix: 'x' }) as never)).not.toThrow();
  });
});
