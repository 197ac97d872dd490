import { createHash } from 'node:crypto';
import { types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { AnsweredStore, type DirectCall } from '../support/answered-store';
import { configurationCases } from '../support/configurations';
import { writingCalls, writtenBuckets } from '../support/writing-calls';

/** Changes all that a test can reach from an entry and that is not frozen, except the bytes of bodies: those are the bytes of the object. */
function change(value: unknown): void {
  if (typeof value !== 'object' || value === null || types.isUint8Array(value)) return;
  if (types.isDate(value)) value.setTime(0);
  for (const [name, member] of Object.entries(value)) {
    change(member);
    if (typeof member !== 'object')
      Reflect.set(value, name, typeof member === 'number' ? member + 1 : `${member} changed`);
  }
  if (!Object.isFrozen(value)) Reflect.set(value, Array.isArray(value) ? value.length : 'Added', 'by the test');
}

const buckets: Readonly<Record<string, BucketFixture>> = {
  ...writtenBuckets,
  given: {
    lifecycle: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] },
    objects: { k: { body: 'x', metadata: { a: '1' } } },
  },
};
function frozenIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([name, member]) => frozenIn(member, `${path}.${name}`));
  return Object.isFrozen(value) ? [path, ...within] : within;
}

const frozenBefore = frozenIn(buckets);

const described = { 'x-amz-meta-a': '1', 'x-amz-tagging': 'a=b' };
const dated =
  '<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter/><Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule></LifecycleConfiguration>';
const reads: readonly DirectCall[] = Object.values(configurationCases).map(({ query }) => ({
  method: 'GET',
  path: `/vault?${query}`,
}));
const more: readonly DirectCall[] = [
  { method: 'GET', path: '/given/k' },
  { method: 'GET', path: '/given/k' },
  { method: 'GET', path: '/given?lifecycle' },
  { method: 'PUT', path: '/vault/m', headers: described },
  { method: 'PUT', path: '/vault/m', headers: described },
  { method: 'GET', path: '/vault/m' },
  { method: 'GET', path: '/vault/m' },
  { method: 'GET', path: '/vault/m?tagging' },
  { method: 'POST', path: '/vault/m?uploads', headers: described },
  { method: 'PUT', path: '/vault?lifecycle', body: dated },
  { method: 'GET', path: '/vault?lifecycle' },
  { method: 'GET', path: '/vault?tagging' },
  { method: 'GET', path: '/vault/a' },
  { method: 'GET', path: '/vault?versions' },
  ...reads,
];

const makers: readonly ((answered: AnsweredStore) => DirectCall)[] = [
  ...Object.entries(writingCalls)
    .filter(([name]) => !name.startsWith('DELETE ?'))
    .map(
      ([, call]) =>
        ({ store }: AnsweredStore) =>
          call(store, { bucket: 'vault', key: 'a', choice: 1 }),
    ),
  ...more.map((call) => () => call),
];

const written = (state: unknown) =>
  JSON.stringify(state, (name, value) => (name === 'deviceStates' ? undefined : value));

describe('a test that changes an entry of the journal', () => {
  it('changes no bucket, no later answer and no later entry', () => {
    const [left, changed] = [new AnsweredStore(buckets), new AnsweredStore(buckets)];
    for (const make of makers) {
      const call = make(left);
      expect({ call, reply: changed.ask(make(changed)) }).toEqual({ call, reply: left.ask(call) });
      expect(changed.last).toEqual(left.last);
      change(changed.last);
    }
    expect(written(changed.picture())).toBe(written(left.picture()));
    expect(changed.store.buckets.get('vault')?.lifecycle).toEqual(left.store.buckets.get('vault')?.lifecycle);
  });

  it('changes no earlier entry', () => {
    const answered = new AnsweredStore(buckets);
    for (const make of makers) answered.ask(make(answered));
    const texts = answered.entries.map(written);
    for (let index = texts.length - 1; index > 0; index -= 1) {
      change(answered.entries[index]);
      expect(written(answered.entries[index - 1])).toBe(texts[index - 1]);
    }
  });

  it('has fixtures of its own, which are not frozen', () => {
    new AnsweredStore(buckets);
    expect(frozenIn(buckets)).toEqual(frozenBefore);
  });

  it('may send the body that it made of one', () => {
    const answered = new AnsweredStore({ vault: {} });
    const put = (letter: string) => answered.ask({ method: 'PUT', path: '/vault/k', body: letter.repeat(100) });
    put('a');
    answered.last?.body?.fill('b'.charCodeAt(0));
    const { status, headers } = put('b');
    const md5 = createHash('md5').update('b'.repeat(100)).digest('hex');
    expect({ status, etag: new Map(headers).get('ETag') }).toEqual({ status: 200, etag: `"${md5}"` });
  });
});
