import { describe, expect, it } from '@jest/globals';
import {
  conditionOrders,
  formOrders,
  type OperationOrder,
  orders,
  signatureOrders,
} from '../../src/protocol/request/orders';
import { stages } from '../../src/protocol/request/stages';
import { textOf } from './files';

const known = new Set(
  textOf('docs/facts.md')
    .match(/^### F\d+\b/gm)
    ?.map((heading) => heading.slice(4)),
);

const ofOperations: readonly (readonly [string, OperationOrder])[] = Object.entries(orders);
const families = [
  ...ofOperations.map(([name, { early, stages: between, late }]) => [name, [...early, ...between, ...late]] as const),
  ...Object.entries({ ...conditionOrders, ...formOrders, ...signatureOrders }),
];

describe('src/protocol/request/orders.ts', () => {
  it.each(families)('%s: each row has a fact of docs/facts.md, and a refusal', (_name, rows) => {
    expect(rows.filter(({ fact, refusals }) => !known.has(fact) || refusals.length === 0)).toEqual([]);
  });

  it.each(ofOperations)('%s: the rows of stages are in the order of the stages', (name, { stages: rows }) => {
    const order = rows.map(({ stage }) => stages.indexOf(stage));
    // Its document is read before the right is asked (F1604).
    const moved = name === 'CompleteMultipartUpload' ? order.slice(0, -1) : order;
    expect(moved).toEqual(moved.toSorted((a, b) => a - b));
  });
});
