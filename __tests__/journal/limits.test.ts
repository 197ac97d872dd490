import { describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { call } from '../../src/text/calls';
import { clause, joinSentences } from '../../src/text/reason';
import { entry, journalOf, messageOf, Unread } from './entries';

const keys = Array.from({ length: 1000 }, (_, index) => ({ Key: `folder/file-${index}.txt` }));
const listed = (facts: object = {}) =>
  entry(
    'ListObjectVersions',
    { Bucket: 'vault', Prefix: 'folder/' },
    { output: { IsTruncated: true, Versions: keys }, ...facts },
  );
const deleted = () =>
  entry('DeleteObjects', { Bucket: 'vault', Delete: { Objects: keys } }, { output: { Deleted: keys } });
const one = 200_000;

describe('the memory that a journal bounds', () => {
  it.each<[string, RequestEntry, readonly string[]]>([
    ['a listing', listed(), ['Versions']],
    ['a document and the answer to it', deleted(), ['Delete', 'Deleted']],
    ['metadata', entry('PutObject', { Key: 'a', Metadata: { note: 'm'.repeat(one) } }), ['Metadata']],
    ['a header', entry('GetObject', { Key: 'a' }, { headers: { host: 'h', 'x-own': 'v'.repeat(one) } }), ['x-own']],
    ['a long parameter', entry('ListObjectVersions', { Prefix: 'p'.repeat(one) }), ['Prefix']],
    [
      'many small members',
      entry('PutObject', Object.fromEntries(keys.map(({ Key }) => [Key, Key.repeat(10)]))),
      expect.arrayContaining(['folder/file-999.txt']) as never,
    ],
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

  it('does not include the rest of an object of which a range was read', () => {
    const Body = Buffer.alloc(one).subarray(0, 10);
    const [kept] = journalOf([entry('GetObject', { Key: 'a' }, { output: { Body } })]);
    const stored = kept?.operation === 'GetObject' ? kept.output?.Body : undefined;
    expect({ stored: stored?.byteLength, buffer: stored?.buffer.byteLength }).toEqual({ stored: 10, buffer: 10 });
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

describe('a request that lost parts before anybody read it', () => {
  const note = joinSentences(
    'it is late',
    clause`${call('mockS3(...)', { '...': { verifySignatures: true } })} checks it`,
  );
  const upload = (facts: object = {}, method = 'PUT') =>
    entry('PutObject', { Key: 'a', Body: Buffer.alloc(one), ...facts }, { body: Buffer.alloc(one), method });

  it.each(['PUT', 'POST'])('lost the bytes alone by %s, and has its notes', (method) => {
    const unread = () => new Unread(upload({ Metadata: { color: 'red' } }, method), {}, () => [note]);
    const [first, last] = journalOf([unread(), unread()], {}, one);
    expect(first).toMatchObject({ body: undefined, dropped: ['Body'], notes: [String(note)] });
    expect(first?.input).toEqual({ Key: 'a', Body: undefined, Metadata: { color: 'red' } });
    expect(last).toMatchObject({ body: Buffer.alloc(one), notes: [String(note)] });
    expect(last).not.toHaveProperty('dropped');
  });

  it('keeps a body that has no bytes', () => {
    const read = entry('GetObject', { Key: 'a' }, { output: { Body: Buffer.alloc(one) }, method: 'GET' });
    const [first] = journalOf([new Unread(read), new Unread(read)], {}, one);
    expect(first?.body).toEqual(Buffer.alloc(0));
    expect(first).toMatchObject({ output: { Body: undefined }, dropped: ['Body'] });
  });

  it('lost large texts, and tells its reason and its notes elsewhere', () => {
    const metadata = { Metadata: { note: 'm'.repeat(one) } };
    const unread = () => new Unread(upload(metadata), { why: note }, () => [note]);
    const journal = journalOf([unread(), unread()], {}, one);
    const first = journal.at(0);
    expect(first?.dropped).toEqual(['Body', 'Metadata']);
    if (first !== undefined)
      expect(journal.tell(first, { call: () => '--verify' })).toEqual({
        why: 'it is late; --verify checks it',
        notes: [expect.stringContaining('checks it')],
      });
  });

  it('lost large headers', () => {
    const unread = () =>
      new Unread(entry('GetObject', { Key: 'a' }, { headers: { host: 'h', 'x-own': 'v'.repeat(one) }, method: 'GET' }));
    const [first] = journalOf([unread(), unread()], {}, one);
    expect({ headers: first?.headers, dropped: first?.dropped }).toEqual({
      headers: { host: 'h' },
      dropped: ['x-own'],
    });
  });

  it('makes no notes until somebody reads them', () => {
    let made = 0;
    const journal = journalOf([new Unread(upload(), {}, () => [`note ${++made}`])]);
    expect(journal.filter(({ key }) => key === 'a')).toHaveLength(1);
    expect(made).toBe(0);
    expect([journal.at(0)?.notes, journal.at(0)?.notes]).toEqual([['note 1'], ['note 1']]);
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
