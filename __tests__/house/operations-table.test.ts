import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { reasonsOfControl } from '../../src/operations/control/lacking';
import { controlOperations } from '../../src/operations/control/table';
import { reasonsOfLack } from '../../src/operations/lacking/rows';
import { operations } from '../../src/operations/table';
import { stsOperations } from '../../src/sts/table';
import { lackingCall } from '../support/lacking';
import { describeActions, type RowWithActions } from '../support/row-actions';
import { send } from '../support/wire-client';
import { root, textOf } from './files';
import { mendedBy } from './mended-by';
import { operationNotes } from './operation-notes';
import { ofOtherHosts } from './other-hosts';

const page = 'docs/reference/operations.md';

interface Row extends RowWithActions {
  readonly requires: string | undefined;
  readonly takesForm: boolean;
  readonly handle: unknown;
}

const rows = Object.entries(operations as unknown as Readonly<Record<string, Row>>) // the types of their inputs do not matter here
  .toSorted(([one], [other]) => (one < other ? -1 : 1));
const answered = rows.filter(([, { handle }]) => handle !== undefined);
const lacking = rows.filter(([, { handle }]) => handle === undefined);
const reasonOf = (name: string) => new Map<string, string>(reasonsOfLack).get(name);

function requestOf({ pattern, requires, takesForm }: Row): string {
  return `\`${pattern}\`${requires === undefined ? '' : ` with \`${requires}\``}${takesForm ? ' with a form' : ''}`;
}

function serviceOf({ dialect, service }: Row): string {
  if (service !== 's3') return "IBM Cloud's token service";
  return dialect === undefined ? '' : dialect === 'aws' ? 'Amazon S3' : 'IBM COS';
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`)
    .join('\n');
}

const reasonsOfGroups = [...new Set(reasonsOfControl.values())].map(
  (reason) => [[...reasonsOfControl].filter(([, one]) => one === reason).map(([name]) => name), reason] as const,
);

const written = `# Operations

This page lists every operation of S3 and IBM COS, and says whether the mock answers it. It is generated from the table of the library.
In the column *Request*, \`{}\` is any value, and \`*\` is a value that is not empty. If only one of the services has the operation, the column *Only* names this service.
The column *Actions* lists the actions that the policies of the caller and of the bucket have to allow; a request needs all of them. If a request also needs a right to something
else, such as the source of a copy, see [F521](facts.md#f521-actions-that-depend-on-what-a-request-finds).

## Answered

${answered.length} operations.

${tableOf(
  ['Operation', 'Notes', 'Request', 'Only', 'Actions'],
  answered.map(([name, row]) => [
    `\`${name}\``,
    operationNotes[name] ?? '',
    requestOf(row),
    serviceOf(row),
    describeActions(row),
  ]),
)}

## Not answered

${lacking.length} operations. The mock records each request under the name of its operation, with its document, and answers \`400 S3MockNotImplemented\`, which no SDK
retries. If \`s3\` is the mock, \`const s3 = mockS3()\`, your test can give another answer: \`s3.on('${lackingCall.name}').reply({ status: 200 })\`.

${tableOf(
  ['Operation', 'Request', 'Only', 'Actions', 'Why'],
  lacking.map(([name, row]) => [
    `\`${name}\``,
    requestOf(row),
    serviceOf(row),
    describeActions(row),
    reasonOf(name) ?? 'not built so far',
  ]),
)}

## Of other hosts

SDKs list these operations among those of S3, but other hosts answer them. The mock refuses requests to these hosts, and says why.

${tableOf(
  ['Operation', 'Why'],
  Object.entries(ofOtherHosts).map(([name, why]) => [`\`${name}\``, why]),
)}

## Of STS

Requests for these operations go to the [hosts of STS](../hosts.md), and the same journal contains them. If the mock lacks an operation, it answers \`400 S3MockNotImplemented\` here too.

${tableOf(
  ['Operation', 'Signed', 'Why the mock does not answer it'],
  Object.entries(stsOperations).map(([name, { isSigned, whyLacking }]) => [
    `\`${name}\``,
    isSigned ? 'yes' : 'no',
    whyLacking ?? '',
  ]),
)}

## Of S3 Control

Requests for these operations go to the [hosts of S3 Control](../hosts.md), and the same journal contains them. SDKs use the names GetPublicAccessBlock, PutPublicAccessBlock and DeletePublicAccessBlock
both for the block of an account and for the block of a bucket.

${tableOf(
  ['Operation', 'Request', 'Actions'],
  Object.entries(controlOperations)
    .filter(([, { handle }]) => handle !== undefined)
    .map(([name, { pattern, action }]) => [`\`${name}\``, `\`${pattern}\``, `\`${String(action)}\``]),
)}

The mock answers the other operations with \`400 S3MockNotImplemented\`:

${reasonsOfGroups.map(([names, reason]) => `- ${reason}: ${names.map((name) => `\`${name}\``).join(', ')}`).join('\n')}
`;

if (process.env['WRITE_OPERATIONS']) writeFileSync(join(root, page), written);

describe(page, () => {
  it('is the one that npm run generate operations makes', () => {
    mendedBy('npm run generate operations', () => expect(readFileSync(join(root, page), 'utf8')).toBe(written));
  });

  it('has notes of answered operations only', () => {
    const names = answered.map(([name]) => name);
    expect(Object.keys(operationNotes).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has at least as many operations as the README names', () => {
    const [, named] = /more than (\d+) operations\]/i.exec(textOf('README.md')) ?? [];
    expect(answered.length).toBeGreaterThan(Number(named));
  });
});

describe('a reason for which an operation is lacking', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  it('is of an operation that is lacking', () => {
    const names = lacking.map(([name]) => name);
    expect([...reasonsOfLack.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  // F231
  it('is the why of its requests', async () => {
    const { name } = lackingCall;
    await send(lackingCall);
    expect(s3.requests.last()?.why).toBe(
      `the mock does not implement ${name}${reasonOf(name) ? `: ${reasonOf(name)}` : ''}; s3.on('${name}').reply({ status: 200, body: '...' }) answers it`,
    );
  });
});
