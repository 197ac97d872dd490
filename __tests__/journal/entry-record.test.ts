import { describe, expect, it } from '@jest/globals';
import { makeEntry } from '../../src/journal/entry-record';
import { entry } from './entries';

const made = (input: Readonly<Record<string, unknown>>, facts: object = {}) =>
  makeEntry(entry('PutObject', { Bucket: 'vault', Key: 'a', ...input }, facts));

describe('the entry of a request', () => {
  it('is a plain object, with its members in the order of the service', () => {
    const { client: _, ...members } = entry('PutObject', { Bucket: 'vault' });
    const record = makeEntry({ ...members });
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(Object.keys(record)).toEqual([...Object.keys(members), 'client']);
    expect(Object.values(Object.getOwnPropertyDescriptors(record)).filter(({ get }) => get !== undefined)).toEqual([]);
  });

  it('is frozen with its parts, however deep they are, but not its bytes', () => {
    let deep: object = {};
    for (let depth = 0; depth < 20_000; depth += 1) deep = { deep };
    const record = made(
      { Tagging: { TagSet: [{ Key: 'k' }] }, deep, Body: Buffer.from('x') },
      { output: { Versions: [{ Key: 'a' }] }, error: { code: 'c', message: 'm' } },
    );
    const { input, output, headers, caller, error, notes } = record as unknown as Record<string, object>;
    const { Tagging, Body } = input as { Tagging: { TagSet: object[] }; Body: Buffer };
    const { Versions } = output as { Versions: object[] };
    for (const part of [
      record,
      input,
      output,
      headers,
      caller,
      error,
      notes,
      Tagging.TagSet[0],
      Versions,
      Versions[0],
      deep,
    ])
      expect(Object.isFrozen(part)).toBe(true);
    Body[0] = 0x79;
    expect(String(Body)).toBe('y');
  });

  it('has its bytes as a Buffer, and the same Buffer as body and as a member of the input', () => {
    const bytes = new TextEncoder().encode('first');
    const { body, input } = made({ Body: bytes }, { body: bytes });
    expect([Buffer.isBuffer(body), String(body), Reflect.get(input, 'Body') === body]).toEqual([true, 'first', true]);
  });

  it('does not keep the rest of an object of which a range was read', () => {
    const { output } = made({}, { output: { Body: Buffer.alloc(200_000).subarray(0, 10) } });
    const stored = output === undefined ? undefined : (Reflect.get(output, 'Body') as Buffer);
    expect({ stored: stored?.byteLength, buffer: stored?.buffer.byteLength }).toEqual({ stored: 10, buffer: 10 });
  });
});
