import { expect, it } from '@jest/globals';
import { actionsOfOperations } from '../../src/model/access/operation-actions';
import { operations } from '../../src/operations/table';

it.each([...actionsOfOperations])('%s needs %s', (name, action) => {
  const row = Object.entries(operations).find(([operation]) => operation === name)?.[1];
  // The rows whose action depends on the request have functions.
  const needed: unknown = row !== undefined && 'action' in row ? row.action : undefined;
  if (typeof needed === 'string') expect(needed).toBe(action);
  else expect(needed).not.toBeUndefined();
});
