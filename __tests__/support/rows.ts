import { type OperationName, operations } from '../../src/operations/table';
import type { DialectName } from '../../src/wire';
import { cosHost } from './clients/story-client';
import { familyCases } from './configuration-families';
import type { WireCall } from './wire-client';

interface TableRow {
  readonly pattern: string;
  readonly requires: string | undefined;
  readonly dialect: DialectName | undefined;
}

/** The smallest request of an operation that names a bucket: `vault`, and its key `report.pdf`. */
export interface RowCall extends WireCall {
  readonly name: OperationName;
  readonly method: string;
  readonly dialect: DialectName;
}

// F1020
const askedFor: ReadonlyMap<string, Pick<WireCall, 'path' | 'body'>> = new Map([
  [
    'PutBucketInventoryConfiguration',
    {
      path: '/vault?inventory&id=ID',
      body: `<InventoryConfiguration>${familyCases.inventory.smallest}</InventoryConfiguration>`,
    },
  ],
]);

/** A request for every row of the table that names a bucket, except the one that makes it and a form, which has its own credentials. */
export const rowCalls: readonly RowCall[] = Object.entries(operations as unknown as Readonly<Record<string, TableRow>>) // without the types of their inputs
  .filter(([name, { pattern }]) => pattern.includes('{Bucket}') && name !== 'CreateBucket' && name !== 'PostObject')
  .map(([name, { pattern, requires, dialect = 'aws' }]) => {
    const [, method = '', path = ''] = /^(\S+) (.+)$/.exec(pattern) ?? [];
    return {
      name: name as OperationName, // a key of the table
      method,
      path: path.replace('{Bucket}', 'vault').replace('{Key+}', 'report.pdf').replaceAll('{}', '1'),
      dialect,
      ...(dialect === 'ibm-cos' && { host: cosHost }),
      headers: requires === undefined ? {} : { [requires]: '/vault/report.pdf' },
      ...askedFor.get(name),
    };
  });
