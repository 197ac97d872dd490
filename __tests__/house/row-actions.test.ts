import { describe, expect, it } from '@jest/globals';
import { findAction } from '../../src/model/access/actions';
import { actionsFor, rowsWithActions } from '../support/row-actions';

/** Requests at the path of a bucket whose body names the objects. */
const ofObjectsInBody = new Set(['DeleteObjects', 'PostObject']);

const kinds = { SERVICE: 'none', BUCKET: 'bucket', OBJECT: 'object' } as const;

describe('the actions that a row needs', () => {
  it.each(rowsWithActions.filter(([, { action }]) => action !== 'no action'))(
    '%s: are in the catalogue, and about what the request names',
    (name, row) => {
      const kind = ofObjectsInBody.has(name) ? 'object' : kinds[row.level];
      const found = [{}, { VersionId: 'v1' }].flatMap((input) => actionsFor(row, input).map(findAction));
      expect(found.length).toBeGreaterThanOrEqual(2);
      expect(found.map((action) => action?.kind)).toEqual(found.map(() => kind));
    },
  );

  it('are missing for the operations that only IBM COS has, and for no others', () => {
    const without = rowsWithActions.filter(([, { action }]) => action === 'no action').map(([name]) => name);
    const ofCos = rowsWithActions.filter(([, row]) => row.dialect === 'ibm-cos' || row.service !== 's3');
    expect(without).toEqual(ofCos.map(([name]) => name));
  });
});
