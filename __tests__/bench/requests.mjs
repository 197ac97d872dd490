import http from 'node:http';

/** Sends a request for the bucket `vault`, and reads its answer to the end. */
export function send(agent, { method, path, body, more, accessKeyId = 'KEY', bucket = 'vault' }) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `AWS ${accessKeyId}:SIG`, ...(body && { 'Content-Length': body.length }), ...more };
    const request = http.request({ agent, method, host: `${bucket}.s3.amazonaws.com`, path, headers }, (response) => {
      if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode}`));
      response.on('end', resolve).resume();
    });
    request.on('error', reject).end(body);
  });
}
