import { createServer } from 'node:http';
import https from 'node:https';
import { Duplex, Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { answerTo, bytesOf } from './answers.mjs';
import { digests } from './digests.mjs';
import { loadLibrary } from './library.mjs';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const common = { region: 'us-east-1', credentials, maxAttempts: 1 };

/**
 * The ways of answering a client that are compared. Each opens what it needs, and returns a client; `settings` are more options of the
 * client. The library is the one of a test runner if the runner gives it.
 */
export const subjects = {
  alone: () => aloneWith({}),

  /** The client alone again, with the endpoint of the server on localhost, which changes its signatures. */
  aloneByHttp: () => aloneWith({ endpoint: 'http://127.0.0.1:9', forcePathStyle: true }),

  /** The client with its own HTTP code, over a stream in memory that gives the bytes of the answer. */
  clientHttp: () => {
    class CannedAgent extends https.Agent {
      createConnection() {
        return new CannedStream();
      }
    }
    const httpsAgent = new CannedAgent({ keepAlive: true, maxSockets: 50 });
    return new S3Client({ ...common, requestHandler: { httpsAgent } });
  },

  library: (settings = {}, { mockS3 } = loadLibrary()) => {
    mockS3({ buckets: { vault: { versioning: 'Enabled' } }, credentials: false });
    return new S3Client({ ...common, ...settings });
  },

  /** A server that reads a body and looks at nothing. */
  localhost: (settings) => localhostWith(() => ({ update() {}, end() {} }), settings),

  /** A server that takes the digests which the library takes of an upload, and compares nothing. */
  localhostHashing: (settings) => localhostWith(digests, settings),

  nock: async () => {
    const { default: nock } = await import('nock');
    const scope = nock('https://vault.s3.us-east-1.amazonaws.com').persist();
    const reply = (interceptor, { status, headers, body }) => interceptor.reply(status, body, headers);
    reply(scope.get(/versioning/), answerTo('GET', true));
    reply(scope.get(/x-id=GetObject/), answerTo('GET', false));
    reply(scope.put(/./), answerTo('PUT', false));
    return new S3Client(common);
  },
};

function aloneWith(settings) {
  const handle = async ({ method, query }) => {
    const { status, headers, body } = answerTo(method, 'versioning' in query);
    const chunks = body.length === 0 ? [] : [body];
    return { response: { statusCode: status, headers: { ...headers }, body: Readable.from(chunks) } };
  };
  return new S3Client({ ...common, ...settings, requestHandler: { handle } });
}

async function localhostWith(look, settings = {}) {
  const server = createServer((request, response) => {
    const looked = look();
    request.on('data', looked.update);
    request.on('end', () => {
      looked.end();
      const { status, headers, body } = answerTo(request.method, request.url.includes('?versioning'));
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  return new S3Client({ ...common, ...settings, endpoint, forcePathStyle: true });
}

/** A connection whose other end answers each head of a request with the bytes of an answer. */
class CannedStream extends Duplex {
  _read() {}

  _write(chunk, _encoding, done) {
    if (chunk.includes('\r\n\r\n')) {
      const line = chunk.toString('latin1', 0, 100);
      const bytes = bytesOf(answerTo(line.slice(0, line.indexOf(' ')), line.includes('?versioning')));
      setImmediate(() => this.push(bytes));
    }
    done();
  }

  setKeepAlive() {}
  setNoDelay() {}
  setTimeout() {
    return this;
  }
  ref() {}
  unref() {}
}
