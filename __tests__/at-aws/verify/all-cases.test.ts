import { expect, it, jest } from '@jest/globals';
import { plan } from '../../../src/facts/run';
import { cases } from '../../facts/cases';
import { DollarBudget } from '../dollar-budget';
import { defaultDollars } from '../terms';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const service = {
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  keys: { accessKeyId: 'A', secretAccessKey: 'S' },
};

it('a run at AWS costs a quarter of a dollar at most with all cases', async () => {
  const budget = new DollarBudget(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const planned = await plan({ ...service, prefix: 'facts' }, cases, budget);
  expect({ isAll: planned.cases > 200, fits: budget.dollars <= defaultDollars }).toEqual({ isAll: true, fits: true });
});
