import { afterEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { screenOf } from '../support/failed-tests';
import { put } from '../support/objects';
import { send } from '../support/wire-client';

const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const Events = ['s3:ObjectCreated:*'] as const;
const notification = {
  QueueConfigurations: [{ QueueArn: queue, Events }],
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: lambda, Events: ['s3:ObjectTagging:*' as const] }],
};

const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';

let control: MockControl;
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

async function answered(destination: string, answer: unknown) {
  control = createMock({ buckets: { vault: { notification } } }, mockS3);
  control.lifetime.start();
  const s3 = control.mock;
  s3.deliverTo(destination, () => answer);
  await put('/vault/a.jpg');
  await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/a.jpg?tagging', body: tagging });
  await s3.events.settled();
  const notes = s3.events.filter((event) => event.destination === destination).flatMap((event) => event.notes);
  const screen = screenOf(control);
  return { notes, screen, lines: String(s3.events) };
}

describe('the answer of a handler to a batch (F1580)', () => {
  it.each([
    ['batchItemFailure', { batchItemFailure: [{ itemIdentifier: '1' }] }],
    ['BatchItemFailures', { BatchItemFailures: [] }],
    ['batchItemsFailures', { batchItemsFailures: [] }],
    ['failed', { failed: [{ itemIdentifier: '1' }] }],
  ])('is a success with a note if it is misspelt, as %s', async (name, answer) => {
    const note = `the handler returned ${name}, which Lambda ignores, so that all messages count as done. Did you mean batchItemFailures?`;
    const { notes, screen, lines } = await answered(queue, answer);
    expect(notes).toEqual([note]);
    expect(lines).toContain(`note: ${note}`);
    expect(screen).toBe(`Return values that Lambda ignores or reads in another way:\n  ${queue}: ${note}`);
  });

  it('is a success with a note if it is text', async () => {
    const { notes } = await answered(queue, JSON.stringify({ batchItemFailures: [{ itemIdentifier: '1' }] }));
    expect(notes).toEqual([
      expect.stringMatching(/^the handler returned batchItemFailures as text, which Lambda ignores/),
    ]);
  });

  it('is a success with a note if it is the list of failures alone', async () => {
    const { notes } = await answered(queue, [{ itemIdentifier: '1' }]);
    expect(notes).toEqual([expect.stringMatching(/a list, which Lambda ignores.*return { batchItemFailures: list }$/)]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty list', { batchItemFailures: [] }],
    ['something else', { statusCode: 200, body: 'done' }],
    ['a text', 'done'],
    ['a list', ['done']],
  ])('has no note if it is %s', async (_what, answer) => {
    expect(await answered(queue, answer)).toMatchObject({ notes: [], screen: undefined });
  });
});

describe('the answer of a function that has no batches (F1580)', () => {
  it('is read by nobody, which is noted if it names failures', async () => {
    const { notes } = await answered(lambda, { batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(notes).toEqual([
      'the handler returned batchItemFailures, which Lambda reads only for the batches of a queue; throw an error, so that the event is sent again',
    ]);
  });

  it('has no note if it names none', async () => {
    expect((await answered(lambda, { batchItemFailures: [] })).notes).toEqual([]);
  });
});

describe('the notes of an event', () => {
  it('are of the present test', async () => {
    await answered(queue, { batchItemFailure: [] });
    control.lifetime.endRequestsOfTest();
    expect(screenOf(control)).toBeUndefined();
  });
});
