const { AwsClient } = require('aws4fetch');

/** A bucket of S3, addressed in the path, at the endpoint of the environment if it names one. */
class Bucket {
  #client;
  #url;

  constructor(name, env = process.env) {
    const region = env.AWS_REGION ?? 'us-east-1';
    this.#client = new AwsClient({
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
      service: 's3',
      region,
      retries: 2,
    });
    this.#url = `${env.AWS_ENDPOINT_URL_S3 ?? `https://s3.${region}.amazonaws.com`}/${name}`;
  }

  /** The delete markers of the keys below a prefix, page by page. */
  async *deleteMarkers(prefix = '') {
    let markers = {};
    do {
      const query = new URLSearchParams({ versions: '', 'encoding-type': 'url', prefix, ...markers });
      const page = await this.#send('GET', `?${query}`);
      for (const [, xml] of page.matchAll(/<DeleteMarker>(.*?)<\/DeleteMarker>/gs)) {
        yield {
          key: decoded(element(xml, 'Key')),
          versionId: element(xml, 'VersionId'),
          isLatest: element(xml, 'IsLatest') === 'true',
          lastModified: new Date(element(xml, 'LastModified')),
        };
      }
      markers = nextOf(page);
    } while (markers !== undefined);
  }

  async deleteVersion(key, versionId) {
    await this.#send('DELETE', `/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${versionId}`);
  }

  async #send(method, path) {
    const response = await this.#client.fetch(`${this.#url}${path}`, { method });
    const text = await response.text();
    if (response.ok) return text;
    throw new Error(`S3 answered ${response.status} ${element(text, 'Code')}: ${element(text, 'Message')}`);
  }
}

/** The query of the next page; undefined after the last. */
function nextOf(page) {
  if (element(page, 'IsTruncated') !== 'true') return undefined;
  return {
    'key-marker': decoded(element(page, 'NextKeyMarker')),
    'version-id-marker': element(page, 'NextVersionIdMarker'),
  };
}

function element(xml, name) {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '';
}

/** S3 encodes keys as forms are: a plus is a space. */
function decoded(key) {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

module.exports = { Bucket };
