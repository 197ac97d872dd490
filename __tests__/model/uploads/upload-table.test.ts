import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Upload } from '../../../src/model/uploads/upload';
import { UploadTable } from '../../../src/model/uploads/upload-table';

/** As much of an upload as the table looks at. */
function uploadOf(key: string, state: Upload['state'] = 'open'): Upload {
  return { key, state } as Upload; // nothing else of it is read
}

describe('the table of uploads', () => {
  const [first, second, other] = [uploadOf('a'), uploadOf('a'), uploadOf('b')];
  let table: UploadTable;

  beforeEach(() => {
    table = new UploadTable([
      ['1', first],
      ['2', second],
      ['3', other],
    ]);
  });

  it('finds the open uploads of a key', () => {
    expect([table.openOf('a'), table.openOf('b'), table.openOf('c')]).toEqual([[first, second], [other], []]);
  });

  it('finds what took the place of an upload', () => {
    const changed: Upload = { ...first, changed: 'put' };
    expect(table.set('1', changed).openOf('a')).toEqual([changed, second]);
  });

  it('keeps a completed upload, and finds it no more as an open one', () => {
    table.set('1', uploadOf('a', 'completed'));
    expect([table.openOf('a'), table.size]).toEqual([[second], 3]);
  });

  it('finds no upload that was taken away', () => {
    expect([table.delete('1'), table.delete('2'), table.delete('4')]).toEqual([true, true, false]);
    expect([table.openOf('a'), table.size]).toEqual([[], 1]);
  });

  it('has copies that go their own way', () => {
    const copy = table.copy();
    copy.delete('1');
    expect([table.openOf('a'), copy.openOf('a')]).toEqual([[first, second], [second]]);
  });
});
