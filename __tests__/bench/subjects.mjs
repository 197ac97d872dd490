import { createServer } from 'node:http';
import https from 'node:https';
import { Duplex, Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { loadLibrary } from './library.mjs';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const common = { region: 'us-east-1', credentials, maxAttempts: 1 };

/** The answers to the two calls that are measured, as S3 gives them. All subjects except the library give these bytes and look at nothing. */
const answers = {
  GetBucketVersioning: {
    status: 200,
    headers: { ...commonHeaders(), 'Transfer-Encoding': 'chunked' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
      '<Status>Enabled</Status></VersioningConfiguration>',
  },
  PutObject: {
    status: 200,
    headers: { ...commonHeaders(), ETag: '"5d41402abc4b2a76b9719d911017c592"', 'Content-Length': '0' },
    body: '',
  },
};

function commonHeaders() {
  return {
    'x-amz-id-2': 'UtRMFxNGYTlxAWNYVXPNtsSZvkFMRBkZQ9MVgVcPmE0Ec1C2p2nXfM/7n/lS3zb6bQ1Qh1cQYjM=',
    'x-amz-request-id': 'D2C2E4B5A3F1E0D9',
    Date: new Date().toUTCString(),
    Server: 'AmazonS3',
  };
}

/** The ways of answering a client that are compared. Each opens what it needs for an operation, and returns a client. */
export const subjects = {
  /** The client alone: its request handler gives the answer. */
  alone: (operation) => aloneWith(answers[operation], {}),

  /** The client alone again, with the endpoint of the server on localhost, which changes its signatures. */
  aloneByHttp: (operation) => aloneWith(answers[operation], { endpoint: 'http://127.0.0.1:9', forcePathStyle: true }),

  /** The client with its own HTTP code, over a stream in memory that gives the bytes of the answer. */
  clientHttp: (operation) => {
    const bytes = bytesOf(answers[operation]);
    class CannedAgent extends https.Agent {
      createConnection() {
        return new CannedStream(bytes);
      }
    }
    const httpsAgent = new CannedAgent({ keepAlive: true, maxSockets: 50 });
    return new S3Client({ ...common, requestHandler: { httpsAgent } });
  },

  library: () => {
    loadLibrary().mockS3({ buckets: { vault: { versioning: 'Enabled' } }, credentials: false });
    return new S3Client(common);
  },

  localhost: async (operation) => {
    const answer = answers[operation];
    const server = createServer((request, response) => {
      request.on('data', () => {});
      request.on('end', () => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new S3Client({ ...common, endpoint: `http://127.0.0.1:${server.address().port}`, forcePathStyle: true });
  },

  nock: async (operation) => {
    const { default: nock } = await import('nock');
    const { status, headers, body } = answers[operation];
    const method = operation.startsWith('Get') ? 'GET' : 'PUT';
    nock('https://vault.s3.us-east-1.amazonaws.com').persist().intercept(/.*/, method).reply(status, body, headers);
    return new S3Client(common);
  },
};

function aloneWith({ status, headers, body }, more) {
  const handle = async () => {
    const chunks = body === '' ? [] : [Buffer.from(body)];
    return { response: { statusCode: status, headers: { ...headers }, body: Readable.from(chunks) } };
  };
  return new S3Client({ ...common, ...more, requestHandler: { handle } });
}

function bytesOf({ status, headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const framed = body === '' ? '' : `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  return Buffer.from(`HTTP/1.1 ${status} OK\r\n${lines.join('')}\r\n${framed}`);
}

/** A connection whose other end answers each head of a request with the same bytes. */
class CannedStream extends Duplex {
  #bytes;

  constructor(bytes) {
    super();
    this.#bytes = bytes;
  }

  _read() {}

  _write(chunk, _encoding, done) {
    if (chunk.includes('\r\n\r\n')) setImmediate(() => this.push(this.#bytes));
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
