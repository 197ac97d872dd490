import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  findOperation,
  type OperationAlias,
  type OperationName,
  operationAliases,
  operations,
} from '../../src/operations/table';
import type { RoutableRequest } from '../../src/protocol/request/route';
import type { DialectName } from '../../src/wire';
import { root, textOf } from './files';
import { ofOtherHosts } from './other-hosts';

interface TableRow {
  readonly pattern: string;
  readonly requires: string | undefined;
  readonly takesForm: boolean;
  readonly dialect: DialectName | undefined;
  readonly service: RoutableRequest['service'];
  readonly aliases: readonly string[];
}

const rows = Object.entries(operations as unknown as Readonly<Record<string, TableRow>>); // the types of their inputs do not matter here
const known = new Set([...rows.map(([name]) => name), ...rows.flatMap(([, { aliases }]) => aliases)]);

function smallestRequest({ pattern, requires, takesForm, service }: TableRow, dialect: DialectName): RoutableRequest {
  const [, method = '', path = '', query = ''] = /^(\S+) ([^?]+)\??(.*)$/.exec(pattern) ?? [];
  return {
    method,
    path: path.replace('{Bucket}', 'vault').replace('{Key+}', 'report.pdf'),
    service,
    dialect: { name: dialect },
    bucket: path.includes('{Bucket}') ? 'vault' : undefined,
    key: path.includes('{Key+}') ? 'report.pdf' : undefined,
    query: new Map([...new URLSearchParams(query.replaceAll('{}', '1'))]),
    headers: new Map([
      ...(requires === undefined ? [] : [[requires, '/vault/report.pdf'] as const]),
      ...(takesForm ? [['content-type', 'multipart/form-data'] as const] : []),
    ]),
  };
}

describe('the smallest request of a row', () => {
  it.each(
    rows
      .flatMap(([name, row]) => (['aws', 'ibm-cos'] as const).map((dialect) => ({ name, row, dialect })))
      .filter(({ row, dialect }) => row.dialect === undefined || row.dialect === dialect),
  )('$name routes to it in the dialect $dialect', ({ name, row, dialect }) => {
    const found = findOperation(smallestRequest(row, dialect));
    expect(found.row?.name).toBe(name);
  });
});

describe('every operation that an SDK has', () => {
  it('@aws-sdk/client-s3: is a row or an alias', () => {
    const folder = path.join(root, 'node_modules/@aws-sdk/client-s3/dist-types/commands');
    const commands = readdirSync(folder).flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(100);
    expect(missing(commands)).toEqual([]);
  });

  it.each(['aws-sdk', 'ibm-cos-sdk'])('%s: is a row or an alias', (sdk) => {
    const api: unknown = JSON.parse(textOf(`node_modules/${sdk}/apis/s3-2006-03-01.min.json`));
    const named = Object.keys((api as { readonly operations: object }).operations); // the SDK generates the file in this form
    expect(named.length).toBeGreaterThan(60);
    expect(missing(named)).toEqual([]);
  });

  it('is left out for a reason that still holds', () => {
    expect(Object.keys(ofOtherHosts).filter((name) => known.has(name))).toEqual([]);
  });
});

function missing(names: readonly string[]): readonly string[] {
  return names.filter((name) => !known.has(name) && !Object.hasOwn(ofOtherHosts, name));
}

describe('an older name', () => {
  // The compiler requires each name of the type here; the test compares the rows with them.
  const written: Readonly<Record<OperationAlias, OperationName>> = {
    GetBucketLifecycle: 'GetBucketLifecycleConfiguration',
    GetBucketNotification: 'GetBucketNotificationConfiguration',
    PutBucketLifecycle: 'PutBucketLifecycleConfiguration',
    PutBucketNotification: 'PutBucketNotificationConfiguration',
  };

  it('is the same in the type and in the rows', () => {
    const ofRows = rows.flatMap(([name, { aliases }]) => aliases.map((alias) => [alias, name]));
    expect(Object.fromEntries(ofRows)).toEqual(written);
    expect(operationAliases).toEqual(written);
  });

  it('is the present name without Configuration, which the types of entries rely on', () => {
    expect(Object.entries(written).filter(([alias, name]) => name !== `${alias}Configuration`)).toEqual([]);
  });
});
