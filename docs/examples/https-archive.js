const https = require('node:https');

/** Sets a bucket's versioning with a request of its own, at `BUCKET.HOST`; resolves to status and body. */
function putVersioning(host, configuration, headers) {
  const body = `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${configuration}</VersioningConfiguration>`;
  return send('PUT', host, { 'content-type': 'text/plain', ...headers }, body);
}

/** Reads a bucket's versioning; resolves to status and body. */
function getVersioning(host, headers) {
  return send('GET', host, headers);
}

function send(method, host, headers, body) {
  return new Promise((resolve, reject) => {
    const request = https.request({ method, host, path: '/?versioning', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, text })).on('error', reject);
    });
    request.on('error', reject).end(body);
  });
}

module.exports = { getVersioning, putVersioning };
