import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { sizeOf, sizeOfLargeParts } from '../../../src/journal/entry-sizes';
import { AnsweredStore, type DirectCall } from '../../support/answered-store';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function measureHeap(): number {
  // What a first collection lets go is collected by the next one. In a process that has run other files, that takes several.
  let last = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 20; time += 1) {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const held = heapUsed + arrayBuffers;
    if (time >= 2 && last - held < 1000) return held;
    last = held;
  }
  return last;
}

/** The bytes that each value takes, of many that are kept. */
function heldBy(count: number, make: (index: number) => unknown): number {
  make(0);
  const kept: unknown[] = [];
  const before = measureHeap();
  for (let index = 1; index <= count; index += 1) kept.push(make(index));
  const held = (measureHeap() - before) / count;
  expect(kept).toHaveLength(count);
  return held;
}

/** A text of its own, which V8 does not cut out of another one. */
const text = (length: number, index: number) => Buffer.alloc(length, `${index} `).toString('latin1');
const list = <Item>(make: (index: number) => Item) => Array.from({ length: 300 }, (_, index) => make(index));
const version = (index: number) => ({
  ETag: text(34, index),
  Size: 1,
  StorageClass: 'STANDARD',
  Key: text(20, index),
  VersionId: text(32, index),
  IsLatest: true,
  LastModified: new Date(index),
  Owner: { ID: text(64, index) },
});

describe('the size of a part is the memory that it holds', () => {
  it.each<[string, (index: number) => unknown]>([
    ['a text', (index) => text(20_000, index)],
    ['a text with letters beyond Latin 1', (index) => Buffer.from(`${index + 1000}€`.repeat(5_000)).toString()],
    ['bytes', (index) => Buffer.alloc(20_000, index)],
    ['a list of texts', (index) => list((item) => text(40, index + item))],
    ['a list of dates', () => list((item) => new Date(item))],
    ['a list of versions', () => list(version)],
    ['the list of a batch', (index) => ({ Objects: list((item) => ({ Key: text(30, index + item) })) })],
    ['metadata', (index) => Object.fromEntries(list((item) => [`name-${item}`, text(20, index)]))],
  ])('of %s', (_, make) => {
    const ratio = sizeOf(make(1)) / heldBy(100, make);
    expect({ ratio, isNear: ratio > 0.75 && ratio < 1.5 }).toEqual({ ratio, isNear: true });
  });

  const keys = list((index) => `folder/file-${index}.txt`);
  const calls: Readonly<Record<string, DirectCall>> = {
    'a listing of versions': { method: 'GET', path: '/vault?versions' },
    'a listing of objects': { method: 'GET', path: '/vault?list-type=2&fetch-owner=true' },
    'a batch of deletes': {
      method: 'POST',
      path: '/vault?delete',
      body: `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`,
    },
    'an upload': { method: 'PUT', path: '/vault/a', body: 'x'.repeat(50_000) },
  };

  it.each(Object.keys(calls))('of %s that a journal keeps', (name) => {
    const answered = new AnsweredStore({ vault: { objects: Object.fromEntries(keys.map((key) => [key, ''])) } });
    const call = calls[name] ?? { method: 'GET', path: '/' };
    const ask = () => {
      answered.ask(call);
      return answered.last;
    };
    const last = ask();
    const counted = last === undefined ? 0 : sizeOfLargeParts(last);
    const held = heldBy(60, ask);
    // What is not large, and what the state keeps, is not counted.
    const ratio = counted / Math.max(1, held - 3_000);
    expect({ counted, held, isNear: ratio > 0.75 && ratio < 1.6 }).toEqual({ counted, held, isNear: true });
  });
});
