import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import net from 'node:net';
import tls, { type PeerCertificate } from 'node:tls';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import { Client as Minio } from 'minio';
import { Agent, buildConnector, fetch as undiciFetch, request as undiciRequest } from 'undici';
import { ask, closedNetwork, event, startScene } from './scene';

const lookups = closedNetwork();

const host = 'vault.s3.amazonaws.com';
const vault = `https://${host}/report.pdf`;
const fingerprint256 =
  '52:A6:C7:E4:89:1C:39:51:42:1D:D1:3B:DE:42:14:C4:59:AF:90:6C:30:6D:E0:0D:39:59:DF:2D:AC:E7:B5:62';

type Check = NonNullable<tls.ConnectionOptions['checkServerIdentity']>;
const { connect: connectBefore } = tls;

/** The type of undici's options has no members that are undefined. */
const dispatcher = (options: tls.ConnectionOptions) => new Agent({ connect: options as buildConnector.BuildOptions });

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

async function connect(options: tls.ConnectionOptions, by = tls.connect): Promise<tls.TLSSocket> {
  const socket = by({ host, port: 443, ...options });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return socket;
}

/** Each way in which a client takes TLS options, and what it makes of a connection that they refuse. */
const clients: Readonly<Record<string, (options: tls.ConnectionOptions) => Promise<unknown>>> = {
  'tls.connect': (options) => connect(options),
  'tls.connect, taken before the start': (options) => connect(options, connectBefore),
  'https.request': (options) => ask(vault, { ...options, agent: false }),
  'an https.Agent': (options) => ask(vault, { agent: new https.Agent(options) }),
  'an https.Agent that keeps connections': (options) =>
    ask(vault, { agent: new https.Agent({ ...options, keepAlive: true }) }),
  undici: (options) => undiciRequest(vault, { dispatcher: dispatcher(options) }),
  "undici's fetch": (options) => undiciFetch(vault, { dispatcher: dispatcher(options) }).catch(causeOf),
  'built-in fetch with a dispatcher': (options) =>
    fetch(vault, { dispatcher: dispatcher(options) } as unknown as RequestInit).catch(causeOf),
  "undici's buildConnector": (options) =>
    undiciRequest(vault, {
      dispatcher: new Agent({ connect: buildConnector(options as buildConnector.BuildOptions) }),
    }),
  axios: (options) => axios.get(vault, { httpsAgent: new https.Agent(options) }),
  'the AWS SDK': (options) =>
    new S3Client({
      ...{ region: 'us-east-1', credentials, maxAttempts: 1 },
      requestHandler: { httpsAgent: new https.Agent(options), socketAcquisitionWarningTimeout: 1 },
    }).send(new HeadBucketCommand({ Bucket: 'vault' })),
  minio: (options) => {
    const transportAgent = new https.Agent(options);
    const { accessKeyId: accessKey, secretAccessKey: secretKey } = credentials;
    const client = new Minio({ endPoint: 's3.amazonaws.com', accessKey, secretKey, transportAgent });
    return client.bucketExists('vault');
  },
  'TLS over a socket of the caller': (options) =>
    connect({ ...options, servername: host, socket: net.connect({ host, port: 80 }) }),
};

function causeOf(error: Error): never {
  throw error.cause;
}

function names(certificate: PeerCertificate): unknown {
  const { subject, subjectaltname } = certificate;
  return { subject, subjectaltname };
}

describe.each(Object.entries(clients))('%s', (_, call) => {
  it('is asked about the certificate, whose refusal is its error', async () => {
    const scene = startScene();
    const asked: unknown[] = [];
    const refusal = Object.assign(new Error('the certificate is not the pinned one'), { code: 'ERR_PIN' });
    const checkServerIdentity: Check = (name, certificate) => {
      asked.push([name, certificate.fingerprint256]);
      return refusal;
    };
    await expect(call({ checkServerIdentity })).rejects.toMatchObject({ message: refusal.message });
    expect(asked).toEqual([[expect.stringMatching(/^(vault\.)?s3\.(us-east-1\.)?amazonaws\.com$/), fingerprint256]]);
    expect(scene.requests).toEqual([]);
  });

  it('passes a pin of the certificate', async () => {
    startScene();
    const checkServerIdentity: Check = (name, certificate) =>
      certificate.fingerprint256 === fingerprint256
        ? tls.checkServerIdentity(name, certificate)
        : new Error('the certificate is not the pinned one');
    await call({ checkServerIdentity });
  });

  it('has its certificate and key read', async () => {
    const scene = startScene();
    const attempt = async () => call({ cert: 'junk', key: 'junk' });
    await expect(attempt()).rejects.toThrow('no start line');
    expect(scene.requests).toEqual([]);
  });

  it('is refused if its newest version of TLS is too old', async () => {
    const scene = startScene();
    const old = call({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' });
    // The OpenSSL of Node 26 offers no such version, so that S3 is not asked.
    await expect(old).rejects.toThrow(/alert protocol version|no protocols available/);
    expect(scene.requests).toEqual([]);
  });

  it('has its names looked up by its own function', async () => {
    const scene = startScene();
    const lookup: net.LookupFunction = (name, _options, done) =>
      done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), '', 4);
    const options = { lookup } as tls.ConnectionOptions;
    if (_ === 'TLS over a socket of the caller') await call(options);
    else await expect(call(options)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(scene.requests).toEqual([]);
  });
});

describe('the identity of the server', () => {
  it.each<[string, tls.ConnectionOptions, string]>([
    ['its host', {}, host],
    ['its server name', { servername: 'other.example' }, 'other.example'],
    ['its host if its server name is empty', { servername: '' }, host],
  ])('is checked by %s', async (_, options, name) => {
    startScene();
    const checkServerIdentity = jest.fn<Check>();
    await connect({ ...options, checkServerIdentity });
    expect(checkServerIdentity.mock.calls).toEqual([[name, expect.objectContaining({ fingerprint256 })]]);
  });

  it.each<[where: string, options: object, reason: string | RegExp]>([
    [
      'my.vault.s3.amazonaws.com',
      {},
      /^Host: my.vault.s3.amazonaws.com. is not in the cert's altnames: DNS:s3.amazonaws.com, DNS:\*.s3.amazonaws.com$/,
    ],
    ['a.b.s3.dualstack.eu-west-1.amazonaws.com', {}, /^Host: a.b.s3.dualstack/],
    ['a.b.s3.us-south.cloud-object-storage.appdomain.cloud', {}, /^Host: a.b.s3.us-south/],
    [host, { servername: 'other.example' }, /^Host: other.example. is not/],
    [host, { servername: 's3.eu-west-1.amazonaws.com' }, /^Host: s3.eu-west-1/],
    [host, { servername: '203.0.113.9' }, /^IP: 203.0.113.9 is not/],
  ])("of %s, named by %p, is refused in Node's own words", async (where, options, reason) => {
    startScene();
    const refused = connect({ host: where, ...options });
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      reason: expect.stringMatching(reason),
    });
    const socket = await connect({ host: where, ...options, rejectUnauthorized: false });
    expect(socket).toMatchObject({ authorized: false, authorizationError: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it.each([
    's3.amazonaws.com',
    'VAULT.s3.amazonaws.com.',
    'vault.s3.eu-west-1.amazonaws.com',
    'vault.s3.dualstack.eu-west-1.amazonaws.com',
    'vault.s3-fips.us-gov-west-1.amazonaws.com',
    'vault.s3-eu-west-1.amazonaws.com',
    'vault.s3-accelerate.amazonaws.com',
    'point-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
    '111122223333.s3-control.eu-west-1.amazonaws.com',
    'vault.bucket.vpce-1a2b3c4d-5e6f.s3.eu-west-1.vpce.amazonaws.com',
    'vault.s3.cn-north-1.amazonaws.com.cn',
    'sts.amazonaws.com',
    'sts.eu-west-1.amazonaws.com',
    'vault.s3.us-south.cloud-object-storage.appdomain.cloud',
    'iam.cloud.ibm.com',
    'vault.s3-website.eu-west-1.amazonaws.com',
    'storage.test',
    'a.b.storage.test',
    '203.0.113.9',
    'bucket.localhost',
  ])('of %s is that of the certificate', async (where) => {
    startScene({ hosts: ['storage.test', '203.0.113.9', 'localhost'] });
    const socket = await connect({ host: where });
    expect(socket).toMatchObject({ authorized: true, authorizationError: null });
    expect(tls.checkServerIdentity(where, socket.getPeerCertificate())).toBeUndefined();
    const x509 = socket.getPeerX509Certificate();
    const bare = where.replace(/\.$/, '');
    expect(net.isIP(where) === 0 ? x509?.checkHost(bare) : x509?.checkIP(bare)).toBeDefined();
  });

  it('is what tls.checkServerIdentity says also if that is replaced', async () => {
    startScene();
    const check = jest.spyOn(tls, 'checkServerIdentity').mockReturnValue(new Error('pinned for all'));
    try {
      await expect(ask(vault, { agent: false })).rejects.toThrow('pinned for all');
    } finally {
      check.mockRestore();
    }
  });

  it.each([
    ['an error without a code', new Error('no'), 'no'],
    ['an error with a code', Object.assign(new Error('no'), { code: 'ERR_PIN' }), 'ERR_PIN'],
  ])('says in authorizationError what is wrong, by %s', async (_, error, reason) => {
    startScene();
    const order: string[] = [];
    const socket = tls.connect({ host, port: 443, rejectUnauthorized: false, checkServerIdentity: () => error });
    for (const name of ['connect', 'ready', 'secureConnect']) socket.on(name, () => order.push(name));
    expect(socket.authorized).toBe(false);
    await event(socket, 'secureConnect');
    expect(socket).toMatchObject({ authorized: false, authorizationError: reason });
    expect(order).toEqual(['connect', 'ready', 'secureConnect']);
  });

  it('is not asked for again on a connection that is kept', async () => {
    startScene();
    const checkServerIdentity = jest.fn<Check>();
    const agent = new https.Agent({ keepAlive: true, checkServerIdentity } as https.AgentOptions);
    for (let call = 0; call < 3; call += 1) await ask(vault, { agent });
    expect(checkServerIdentity).toHaveBeenCalledTimes(1);
    agent.destroy();
  });

  it('of a plain connection is not asked for', async () => {
    startScene();
    const checkServerIdentity = jest.fn<Check>(() => new Error('no'));
    expect((await ask(`http://${host}/`, { checkServerIdentity })).status).toBe(200);
    expect(checkServerIdentity).not.toHaveBeenCalled();
  });

  it('is what NODE_TLS_REJECT_UNAUTHORIZED allows', async () => {
    startScene();
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await connect({ host: 'my.vault.s3.amazonaws.com' })).authorized).toBe(false);
      const explicit = connect({ host: 'my.vault.s3.amazonaws.com', rejectUnauthorized: true });
      await expect(explicit).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    } finally {
      Reflect.deleteProperty(process.env, 'NODE_TLS_REJECT_UNAUTHORIZED');
    }
  });
});

describe('the certificate', () => {
  it("has the subject and the issuer of S3's, and an end of its chain", async () => {
    startScene();
    const socket = await connect({});
    const certificate = socket.getPeerCertificate(true);
    expect(certificate).toMatchObject({
      subject: { CN: '*.s3.amazonaws.com' },
      issuer: { C: 'US', O: 'Amazon', CN: 'Amazon RSA 2048 M01' },
      subjectaltname: 'DNS:s3.amazonaws.com, DNS:*.s3.amazonaws.com',
      bits: 2048,
      fingerprint256,
    });
    expect(certificate.issuerCertificate.subject).toEqual(certificate.issuer);
    expect(certificate.issuerCertificate.issuerCertificate).toBe(certificate.issuerCertificate);
    expect(socket.getPeerCertificate()).not.toHaveProperty('issuerCertificate');
    expect(socket.getPeerCertificate()).not.toBe(socket.getPeerCertificate());
  });

  it('is valid in every year', async () => {
    startScene();
    const { valid_from, valid_to } = (await connect({})).getPeerCertificate();
    expect([new Date(valid_from).getUTCFullYear(), new Date(valid_to).getUTCFullYear()]).toEqual([2000, 9999]);
  });

  it('is one for all hosts but for its names', async () => {
    startScene();
    const one = (await connect({})).getPeerX509Certificate();
    const other = (await connect({ host: 'vault.s3.eu-west-1.amazonaws.com' })).getPeerX509Certificate();
    expect(one).toBeInstanceOf(X509Certificate);
    expect(other?.fingerprint256).toBe(one?.fingerprint256);
    expect(other?.subjectAltName).toBe('DNS:s3.eu-west-1.amazonaws.com, DNS:*.s3.eu-west-1.amazonaws.com');
    expect(other?.toLegacyObject()).toMatchObject({ fingerprint256, subjectaltname: other?.subjectAltName });
    expect([other?.checkHost('vault.s3.eu-west-1.amazonaws.com'), other?.checkHost(host)]).toEqual([
      '*.s3.eu-west-1.amazonaws.com',
      undefined,
    ]);
    expect(other?.issuerCertificate && other.checkIssued(other.issuerCertificate)).toBe(true);
  });

  it('is there from the handshake until the socket is destroyed', async () => {
    startScene();
    const socket = tls.connect({ host, port: 443 });
    const read = () => [socket.getPeerCertificate(), socket.getPeerX509Certificate(), socket.getCipher()];
    expect(read()).toEqual([{}, undefined, undefined]);
    await event(socket, 'secureConnect');
    expect(names(socket.getPeerCertificate())).toMatchObject({ subject: { CN: '*.s3.amazonaws.com' } });
    socket.destroy();
    expect([...read(), socket.getProtocol()]).toEqual([null, undefined, null, null]);
  });
});

describe('the version of TLS', () => {
  /** S3 refuses it by an alert, or the OpenSSL of Node 26 does not offer it. */
  const ofOldVersion = /^ERR_SSL_(?:TLSV1_ALERT_PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE)$/;

  it.each<[tls.ConnectionOptions, string]>([
    [{}, 'TLSv1.3'],
    [{ maxVersion: 'TLSv1.2' }, 'TLSv1.2'],
    [{ minVersion: 'TLSv1.2' }, 'TLSv1.3'],
    [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.2' }, 'TLSv1.2'],
    [{ secureProtocol: 'TLSv1_2_method' }, 'TLSv1.2'],
    [{ secureProtocol: 'TLS_method' }, 'TLSv1.3'],
    [{ secureContext: tls.createSecureContext({ maxVersion: 'TLSv1.2' }) }, 'TLSv1.2'],
  ])('%j is %s', async (options, version) => {
    startScene();
    for (const by of [tls.connect, connectBefore]) {
      const socket = await connect(options, by);
      expect({ protocol: socket.getProtocol(), cipher: socket.getCipher().version }).toEqual({
        protocol: version,
        cipher: version,
      });
    }
  });

  it.each<[tls.ConnectionOptions, RegExp]>([
    [{ maxVersion: 'TLSv1.1' }, /^ERR_SSL_NO_PROTOCOLS_AVAILABLE$/],
    [{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.2' }, /^ERR_SSL_NO_PROTOCOLS_AVAILABLE$/],
    [{ secureProtocol: 'TLSv1_method' }, ofOldVersion],
    [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, ofOldVersion],
  ])('%j has none in common with S3: %s', async (options, code) => {
    startScene();
    for (const by of [tls.connect, connectBefore]) {
      const socket = by({ host, port: 443, ...options });
      const order: string[] = [];
      for (const name of ['connect', 'ready', 'secureConnect', 'error', 'close'])
        socket.on(name, () => order.push(name));
      await event(socket, 'close');
      expect(order).toEqual(['connect', 'ready', 'error', 'close']);
      await expect(connect(options, by)).rejects.toMatchObject({ code: expect.stringMatching(code) });
    }
  });
});

describe('an option of TLS that Node refuses', () => {
  // Node checks more of the options itself since version 26.
  const ofJunk = /^ERR_(?:INTERNAL_ASSERTION|INVALID_ARG_TYPE|OUT_OF_RANGE)$/;

  it.each<[string, object, string | RegExp]>([
    ['a certificate', { cert: 'junk' }, 'ERR_OSSL_PEM_NO_START_LINE'],
    ['a list of ciphers', { ciphers: 'none' }, 'ERR_SSL_NO_CIPHER_MATCH'],
    ['a version', { maxVersion: 'TLSv9' }, 'ERR_TLS_INVALID_PROTOCOL_VERSION'],
    ['a method', { secureProtocol: 'x' }, 'ERR_TLS_INVALID_PROTOCOL_METHOD'],
    [
      'two kinds of versions',
      { secureProtocol: 'TLS_method', maxVersion: 'TLSv1.2' },
      'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
    ],
    ['a context', { secureContext: {} }, 'ERR_TLS_INVALID_CONTEXT'],
    ['a check of the server', { checkServerIdentity: 'junk' }, ofJunk],
    ['a check of the server that is undefined', { checkServerIdentity: undefined }, ofJunk],
    ['a size', { minDHSize: 0 }, ofJunk],
    ['a function of look-ups', { lookup: 'junk' }, 'ERR_INVALID_ARG_TYPE'],
  ])('%s: throws from the call', (_, options, code) => {
    startScene();
    for (const by of [tls.connect, connectBefore, https.request] as ((options: object) => unknown)[])
      expect(() => by({ host, port: 443, ...options })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(code) }),
      );
  });

  it('throws for junk in a bundle', () => {
    startScene();
    expect(() => tls.connect({ host, port: 443, pfx: 'junk' })).toThrow('not enough data');
  });

  it('leaves one that is right in force', async () => {
    startScene();
    expect((await ask(vault, { agent: false, minVersion: 'TLSv1.2', ciphers: tls.DEFAULT_CIPHERS })).status).toBe(200);
    expect(lookups).toEqual([]);
  });
});
