import http from 'node:http';
import https from 'node:https';
import { bothDialects, type ClientKind } from './story-client';
import { type Send, wireClient } from './wire';

export const nodeHttps: readonly ClientKind[] = [
  {
    name: 'node:https, agent: false',
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) =>
      wireClient(sendWith(https.request, { agent: false }), scene, { signing: 'sigv2', style: 'host', xmlns: true }),
  },
  {
    name: 'node:https, keep-alive agent',
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) => {
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
      const send = sendWith(https.request, { agent });
      return wireClient(send, scene, { signing: 'bearer', style: 'host', xmlns: false }, () => agent.destroy());
    },
  },
  {
    name: 'node:http, to port 80',
    dialects: bothDialects,
    // S3 accepts customers' keys over TLS only.
    lacks: ['customerKeys', 'presign', 'presignAny'],
    open: (scene) => {
      const send = sendWith((url, options, done) => http.request(url.replace('https:', 'http:'), options, done), {});
      return wireClient(send, scene, { signing: 'sigv2', style: 'path', xmlns: true });
    },
  },
];

type Request = (
  url: string,
  options: https.RequestOptions,
  done: (answer: http.IncomingMessage) => void,
) => http.ClientRequest;

export function sendWith(request: Request, options: https.RequestOptions): Send {
  return ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const call = request(url, { ...options, method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, headers } = answer;
          resolve({ status, headers, body: Buffer.concat(chunks).toString() });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
}
