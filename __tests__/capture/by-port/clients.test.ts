import { describe, expect, it } from '@jest/globals';
import { type ClientRules, guardConstructor } from '../../../src/capture/by-port/clients';

class Connecting {
  static readonly OPEN = 1;
  constructor(readonly address: string) {}
}

const rules: ClientRules = {
  isOver: () => false,
  errorOfClient: ({ host, port }, { name }) => (host === 's3.test' ? new Error(`${name} ${host}:${port}`) : undefined),
};

const guard = (present: readonly ClientRules[]): typeof Connecting =>
  guardConstructor('Connecting', Connecting as never, () => present) as never; // it stands for the class

describe('a class that connects when it is constructed', () => {
  it.each([
    ['wss://s3.test/key', 'Connecting s3.test:443'],
    ['ws://s3.test?key', 'Connecting s3.test:80'],
    ['https://user@s3.test:9000/', 'Connecting s3.test:9000'],
  ])('refuses %s', (address, message) => {
    const Guarded = guard([rules]);
    expect(() => new Guarded(address)).toThrow(message);
  });

  it('stays the same class to code: its instances, its members and its heirs', () => {
    const Guarded = guard([rules]);
    class Heir extends Guarded {}
    expect(new Guarded('wss://other.test')).toBeInstanceOf(Connecting);
    expect(new Connecting('wss://s3.test')).toBeInstanceOf(Guarded);
    expect(new Heir('wss://other.test')).toBeInstanceOf(Heir);
    expect(() => new Heir('wss://s3.test')).toThrow('Connecting s3.test:443');
    expect({ open: Guarded.OPEN, name: Guarded.name, length: Guarded.length }).toMatchObject({
      ...{ open: 1, name: 'Connecting' },
    });
  });

  it('connects as before if no mock runs', () => {
    expect(new (guard([]))('wss://s3.test').address).toBe('wss://s3.test');
  });
});
