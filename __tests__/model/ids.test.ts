import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../src/model/ids';

const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);

describe('the shape of', () => {
  const ids = new Ids('seed');

  it('a request id: 16 of the capital letters and digits that S3 uses', () => {
    const all = times(2000, () => ids.requestId());
    expect(all.filter((id) => !/^[0-9A-HJKMNP-TV-Z]{16}$/.test(id))).toEqual([]);
    expect(new Set(all.join('')).size).toBe(32);
    for (let at = 0; at < 16; at += 1) expect(new Set(all.map((id) => id[at])).size).toBe(32);
  });

  it('a host id: 76 characters of base64', () => {
    const all = times(500, () => ids.hostId());
    expect(all.filter((id) => !/^[A-Za-z0-9+/]{75}=$/.test(id))).toEqual([]);
    expect(new Set(all.join('')).size).toBe(65);
  });

  it('a UUID of version 4', () => {
    const all = times(500, () => ids.uuid('request'));
    expect(all.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual(
      [],
    );
  });

  it('text: of the given length and alphabet', () => {
    expect(times(100, () => ids.text('token', 'ab', 7)).filter((text) => !/^[ab]{7}$/.test(text))).toEqual([]);
    expect(ids.text('token', 'x', 3)).toBe('xxx');
    expect(ids.text('token', 'x', 0)).toBe('');
  });
});

describe('ids', () => {
  it.each(['requestId', 'hostId'] as const)('do not repeat: 100,000 of %s', (name) => {
    const ids = new Ids('seed');
    expect(new Set(times(100_000, () => ids[name]())).size).toBe(100_000);
  });

  it('are spread evenly over their alphabet', () => {
    const ids = new Ids('seed');
    const counts = new Map<string, number>();
    for (const digit of ids.text('token', '0123456789', 100_000)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBeGreaterThan(9500);
    expect(Math.max(...counts.values())).toBeLessThan(10_500);
  });

  it('are the same with the same seed', () => {
    const [first, second] = [new Ids('seed'), new Ids('seed')];
    expect(times(10, () => first.requestId())).toEqual(times(10, () => second.requestId()));
  });

  it('differ with another seed', () => {
    const [first, second] = [new Ids('seed'), new Ids('another seed')];
    const drawn = new Set([...times(100, () => first.requestId()), ...times(100, () => second.requestId())]);
    expect(drawn.size).toBe(200);
  });

  it('for one purpose do not change those for another', () => {
    const [undisturbed, disturbed] = [new Ids('seed'), new Ids('seed')];
    times(17, () => disturbed.requestId());
    disturbed.text('mfa', 'abc', 5);
    expect(disturbed.text('credentials', 'ABCDEFGH', 20)).toBe(undisturbed.text('credentials', 'ABCDEFGH', 20));
  });

  it('for different purposes differ', () => {
    const ids = new Ids('seed');
    expect(ids.text('account', 'ABCDEFGH', 20)).not.toBe(ids.text('credentials', 'ABCDEFGH', 20));
  });
});

describe('the state of ids', () => {
  it('repeats the same ids when restored', () => {
    const ids = new Ids('seed');
    ids.requestId();
    const { state } = ids;
    const [request, token] = [ids.requestId(), ids.uuid('token')];
    ids.restore(state);
    expect({ requestId: ids.requestId(), uuid: ids.uuid('token') }).toEqual({ requestId: request, uuid: token });
  });

  it('goes on by itself in a copy', () => {
    const ids = new Ids('seed');
    ids.requestId();
    const copy = ids.copy();
    const ofCopy = { requestId: copy.requestId(), rule: copy.uuid('rule') };
    expect({ requestId: ids.requestId(), rule: ids.uuid('rule') }).toEqual(ofCopy);
  });

  it('does not change with ids made later', () => {
    const ids = new Ids('seed');
    ids.requestId();
    const { state } = ids;
    const before = new Map(state);
    ids.requestId();
    expect(state).toEqual(before);
  });
});
