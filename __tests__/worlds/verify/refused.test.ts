import { describe, expect, it } from '@jest/globals';
import { layNetworkBelow } from '../../support/network-below';
import { startedMocks } from '../../support/started-mocks';
import { send } from '../../support/wire-client';

const start = startedMocks();
const put = (key: string) => send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body: 'data' });

// These tests take as long as stop() waits for code that hangs.
describe('code that hangs for longer than stop() waits for it', () => {
  it('is refused in memory, until it ends; other code is not', async () => {
    const network = layNetworkBelow(() => 1);
    try {
      const s3 = start({ buckets: { vault: {} } });
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const late: unknown[] = [];
      const code = (async () => {})();
      let ended: Promise<void> = code;
      const forked = s3.fork(() => {
        ended = released.then(async () => {
          late.push((await put('late')).status);
        });
        return ended;
      });
      const refused = expect(forked).rejects.toMatchObject({ code: 'NOT_RUNNING' });
      await s3.stop();
      await refused;
      const next = start({ buckets: { vault: {} } });
      const own = (await put('own')).status;
      await next.stop();
      const before = network.lookedUp.length;
      release();
      await ended;
      expect({ late, own, keys: next.bucket('vault').keys }).toEqual({
        late: [400],
        own: 200,
        keys: ['own'],
      });
      expect({ before, after: network.lookedUp, connected: network.connected }).toEqual({
        before: 0,
        after: [],
        connected: [],
      });
      await put('real').catch(() => {});
      expect(network.lookedUp).toEqual(['vault.s3.amazonaws.com']);
    } finally {
      network.restore();
    }
  });
});
