import { commute, findTouches } from '../../src/worlds/footprint';

const read = (input: object) => findTouches({ input, isWrite: false, isListing: false });
const write = (input: object) => findTouches({ input, isWrite: true, isListing: false });
const list = (input: object) => findTouches({ input, isWrite: false, isListing: true });

const a = { Bucket: 'vault', Key: 'a' };
const b = { Bucket: 'vault', Key: 'b' };
const part = (PartNumber: number) => ({ ...a, UploadId: 'u1', PartNumber });

describe('requests that commute', () => {
  it.each([
    ['two reads of a key', read(a), read(a)],
    ['writes of different keys', write(a), write(b)],
    ['writes of a key in different buckets', write(a), write({ ...a, Bucket: 'other' })],
    ['a listing and a write outside of its prefix', list({ Bucket: 'vault', Prefix: 'logs/' }), write(a)],
    ['a write of a key and a read of a configuration', write(a), read({ Bucket: 'vault' })],
    ['two parts of an upload', write(part(1)), write(part(2))],
    ['a batch and a write of another key', write({ Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }] } }), write(b)],
    ['a copy and a read of its source', write({ ...a, CopySource: 'vault/b' }), read(b)],
  ])('%s', (_, first, second) => {
    expect([commute(first, second), commute(second, first)]).toEqual([true, true]);
  });
});

describe('requests that do not commute', () => {
  it.each([
    ['a read and a write of a key', read(a), write(a)],
    ['two writes of a key', write(a), write(a)],
    ['a listing and a write below its prefix', list({ Bucket: 'vault', Prefix: 'a' }), write(a)],
    ['a listing of all keys and a write', list({ Bucket: 'vault' }), write(a)],
    ['a write of a configuration and a write of a key', write({ Bucket: 'vault' }), write(a)],
    ['a write of a configuration and a read of it', write({ Bucket: 'vault' }), read({ Bucket: 'vault' })],
    ['two writes of one part', write(part(1)), write(part(1))],
    ['a part and the end of its upload', write(part(1)), write({ ...a, UploadId: 'u1' })],
    ['a batch and a write of its key', write({ Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }] } }), write(a)],
    ['a copy and a write of its source', write({ ...a, CopySource: '/vault/b?versionId=1' }), write(b)],
    [
      'a copy of an encoded key and a write of it',
      write({ ...a, CopySource: 'vault/x%20y' }),
      write({ ...a, Key: 'x y' }),
    ],
    ['a copy from an access point and a write', write({ ...a, CopySource: 'arn:aws:s3:::p/object/b' }), write(b)],
    ['a rename and a write in its bucket', write({ ...a, RenameSource: 'c' }), write(b)],
    ['a list of buckets and a new bucket', read({}), write({ Bucket: 'vault' })],
  ])('%s', (_, first, second) => {
    expect([commute(first, second), commute(second, first)]).toEqual([false, false]);
  });
});
