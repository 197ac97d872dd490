import { HttpResponse, http, passthrough } from 'msw';
import { setupServer } from 'msw/node';

let server;

export default {
  clients: ['https', 'fetch'],
  start(mock) {
    server = setupServer(
      http.all(
        ({ request }) => mock()?.answers(request.url) === true,
        () => passthrough(),
      ),
      http.get('https://api.example.test/', () => new HttpResponse('theirs')),
      http.get('https://nyc3.digitaloceanspaces.com/vault/a', () => new HttpResponse('theirs')),
    );
    server.listen({ onUnhandledRequest: 'error' });
  },
  stop: () => server.close(),
  ask: async () => (await fetch('https://api.example.test/')).text(),
};
