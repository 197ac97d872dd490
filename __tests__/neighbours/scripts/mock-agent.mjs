import { createRequire } from 'node:module';

const {
  fetch: theirFetch,
  getGlobalDispatcher,
  MockAgent,
  setGlobalDispatcher,
} = createRequire(import.meta.url)('undici');

let agent;
let before;

export default {
  clients: ['fetch', 'undici'],
  start(mock) {
    before = getGlobalDispatcher();
    agent = new MockAgent();
    agent.disableNetConnect();
    agent.enableNetConnect((host) => mock()?.answers(host) === true);
    agent.get('https://api.example.test').intercept({ path: '/' }).reply(200, 'theirs').persist();
    const store = agent.get('https://nyc3.digitaloceanspaces.com');
    store.intercept({ path: '/vault/a' }).reply(200, 'theirs').persist();
    setGlobalDispatcher(agent);
  },
  async stop() {
    setGlobalDispatcher(before);
    await agent.close();
  },
  ask: async () => (await theirFetch('https://api.example.test/')).text(),
};
