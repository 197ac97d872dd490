import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import nock from 'nock';
import { mockS3 } from '../../dist/index.js';

nock.restore(); // it patches Node when it is imported

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const common = { region: 'us-east-1', credentials, maxAttempts: 1 };
const buckets = { vault: { versioning: 'Enabled' } };

/**
 * The ways of answering a client that are compared. Each opens what it needs, and returns a client and a function that closes it.
 * `answer` is the answer of the mock: all others give the same status, headers and bytes.
 */
export const subjects = {
  /** The client alone: its request handler gives the answer. */
  alone: (answer) => openAlone(answer, {}),

  /** The client alone again, with the endpoint of the server on localhost, which changes its signatures. */
  aloneByHttp: (answer) => openAlone(answer, { endpoint: 'http://127.0.0.1:9', forcePathStyle: true }),

  mock: () => {
    const s3 = mockS3({ buckets, credentials: false });
    const client = new S3Client(common);
    return { client, s3, close: () => closing(client, () => s3.stop()) };
  },

  localhost: async (answer) => {
    const server = createServer((request, response) => {
      request.on('data', () => {});
      request.on('end', () => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new S3Client({
      ...common,
      endpoint: `http://127.0.0.1:${server.address().port}`,
      forcePathStyle: true,
    });
    return { client, close: () => closing(client, () => new Promise((resolve) => server.close(resolve))) };
  },

  nock: (answer) => {
    if (!nock.isActive()) nock.activate();
    nock('https://vault.s3.us-east-1.amazonaws.com')
      .persist()
      .intercept(/.*/, answer.method)
      .reply(answer.status, answer.body, answer.headers);
    const client = new S3Client(common);
    const close = () =>
      closing(client, () => {
        nock.cleanAll();
        nock.restore();
      });
    return { client, close };
  },
};

/** Records the answer of the mock to a call, which the others have to give, too. */
export async function recordAnswer(method, call) {
  const s3 = mockS3({ buckets, credentials: false });
  const client = new S3Client(common);
  let answer;
  client.middlewareStack.add(
    (next) => async (step) => {
      const result = await next(step);
      const { statusCode, headers, body } = result.response;
      const chunks = [];
      for await (const chunk of body) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      answer = { method, status: statusCode, headers: { ...headers }, body: bytes };
      result.response.body = Readable.from([bytes]);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await call(client);
  await closing(client, () => s3.stop());
  return answer;
}

function openAlone(answer, more) {
  const client = new S3Client({
    ...common,
    ...more,
    requestHandler: { handle: async () => ({ response: replyOf(answer) }) },
  });
  return { client, close: () => closing(client, () => {}) };
}

function replyOf({ status, headers, body }) {
  return { statusCode: status, headers: { ...headers }, body: Readable.from(body.length === 0 ? [] : [body]) };
}

async function closing(client, rest) {
  client.destroy();
  await rest();
}
