import https from 'node:https';
import { createRequire } from 'node:module';

// The module's namespace in nock 15, the function before.
const nock = createRequire(import.meta.url)(process.env.NOCK ?? 'nock');
const theirs = nock.default ?? nock;
theirs.restore();

export default {
  // nock 13 sees no fetch.
  clients: process.env.NOCK === 'nock-13' ? ['https'] : ['https', 'fetch'],
  options: () => ({ nock }),
  start() {
    theirs.activate();
    theirs.disableNetConnect();
    theirs('https://api.example.test').persist().get('/').reply(200, 'theirs');
    theirs('https://nyc3.digitaloceanspaces.com').persist().get('/vault/a').reply(200, 'theirs');
  },
  stop() {
    theirs.cleanAll();
    theirs.enableNetConnect();
    theirs.restore();
  },
  ask: () =>
    new Promise((resolve, reject) => {
      const request = https.get('https://api.example.test/', (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
      request.on('error', reject);
    }),
};
