import { expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { startedMocks } from '../../support/started-mocks';

const start = startedMocks();

// undici looks at its timers once a second.
it.each(['in memory', 'at a port'])(
  'the bodyTimeout of undici ends the wait for an answer that stalls %s',
  async (place) => {
    const s3 = start({ buckets: { vault: { objects: { 'report.pdf': 'the report' } } } });
    s3.on('GetObject').stall({ after: 3 });
    const base = place === 'at a port' ? (await s3.listen()).url : 'https://s3.amazonaws.com';
    const headers = { Authorization: 'AWS KEY:SIG', Date: new Date().toUTCString() };
    const dispatcher = new Agent({ bodyTimeout: 50 });
    const { body } = await request(`${base}/vault/report.pdf`, { headers, dispatcher });
    await expect(body.text()).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
    await dispatcher.close();
  },
);
