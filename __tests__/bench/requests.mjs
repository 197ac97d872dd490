import http from 'node:http';

/** Sends a request for a bucket, `vault` unless another is given, and reads its answer to the end. `server` is a server of its own. */
export function send(
  agent,
  { method, path, body, more, server, accessKeyId = 'KEY', bucket = 'vault', host = `${bucket}.s3.amazonaws.com` },
) {
  return new Promise((resolve, reject) => {
    const signature = server === undefined && { Authorization: `AWS ${accessKeyId}:SIG` };
    const headers = { ...signature, ...(body && { 'Content-Length': body.length }), ...more };
    const target = server === undefined ? { host, path } : { ...server, path: `/${bucket}${path}` };
    const request = http.request({ agent, method, headers, ...target }, (response) => {
      if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode}`));
      response.on('end', resolve).resume();
    });
    request.on('error', reject).end(body);
  });
}
