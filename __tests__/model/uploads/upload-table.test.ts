import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Upload } from '../../../src/model/uploads/upload';
import { UploadTable } from '../../../src/model/uploads/upload';

function uploadOf(key: string, completion?: Upload['completion']): Upload {
  return { key, completion } as Upload; // nothing else of it is read
}

const completion: Upload['completion'] = {
  parts: '1 e',
  etag: 'e',
  versionId: undefined,
};

describe('the table of uploads', () => {
  const [first, second, other] = [uploadOf('a'), uploadOf('a'), uploadOf('b')];
  let table: UploadTable;

  beforeEach(() => {
    table = new UploadTable().set('1', first).set('2', second).set('3', other);
  });

  it('finds the open uploads of a key', () => {
    expect({ openOfA: table.listOpen('a'), openOfB: table.listOpen('b'), openOfC: table.listOpen('c') }).toEqual({
      openOfA: [first, second],
      openOfB: [other],
      openOfC: [],
    });
  });

  it('finds the replacement of an upload', () => {
    const changed: Upload = { ...first, isNullDeleted: true };
    expect(table.set('1', changed).listOpen('a')).toEqual([changed, second]);
  });

  it('keeps a completed upload, but not among the open ones', () => {
    table.set('1', uploadOf('a', completion));
    expect({ openOfA: table.listOpen('a'), size: table.size }).toEqual({ openOfA: [second], size: 3 });
  });

  it('does not find a deleted upload', () => {
    expect({ first: table.delete('1'), second: table.delete('2'), unknown: table.delete('4') }).toEqual({
      first: true,
      second: true,
      unknown: false,
    });
    expect({ openOfA: table.listOpen('a'), size: table.size }).toEqual({ openOfA: [], size: 1 });
  });

  it('has copies that change independently', () => {
    const copy = table.copy();
    copy.delete('1');
    expect({ table: table.listOpen('a'), copy: copy.listOpen('a') }).toEqual({
      table: [first, second],
      copy: [second],
    });
  });
});
