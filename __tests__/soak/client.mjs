import { createHash } from 'node:crypto';
import http from 'node:http';

const host = 'vault.s3.amazonaws.com';
const common = { Authorization: 'AWS KEY:SIG' };

/** It has one connection. */
export function makeClient() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    close: () => agent.destroy(),
    send: (method, path, { body, headers = {}, ...target } = {}) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body), ...digestOf(body) };
        const request = http.request({
          agent,
          method,
          host,
          path,
          ...target,
          headers: { ...common, ...length, ...headers },
        });
        request.on('error', reject);
        request.on('response', (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
          response.on('error', reject);
        });
        request.end(body);
      }),
  };
}

export function beginRequest(method, path, { headers = {}, ...target } = {}) {
  const request = http.request({ agent: false, method, host, path, ...target, headers: { ...common, ...headers } });
  request.on('error', () => {});
  return request;
}

function digestOf(body) {
  return { 'Content-MD5': createHash('md5').update(body).digest('base64') };
}
