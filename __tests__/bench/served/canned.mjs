/** A server that reads a request and gives a fixed answer. */
import { createServer } from 'node:http';
import { answerTo } from '../answers.mjs';

const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  request.resume().on('end', () => {
    const { status, headers, body } = answerTo(request.method, request.url.includes('?versioning'));
    response.writeHead(status, headers).end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`answers at http://127.0.0.1:${server.address().port}\n\n`));
