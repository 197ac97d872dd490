import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import type tls from 'node:tls';
import type { Endpoint } from '../wire';
import { normalizeHost } from './target';

/** The certificate that clients see, and its issuer: DER in base64. Nobody has their keys, and both are valid in every year. Decision 68 */
const own =
  'MIIDlzCCAn+gAwIBAgIQUJEgI5fv0Xafz1fh9jM7VjANBgkqhkiG9w0BAQsFADA8MQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMRww' +
  'GgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMCAXDTAwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5WjAdMRswGQYDVQQDDBIqLnMzLmFt' +
  'YXpvbmF3cy5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCmZp49FYf5VDGJZ0KpIW2h2+9IMobQGNNChtYQzfZNYLJQw3L8' +
  'LAVdymfE55ujiNPL749i2E97VfY8cvXMewiHxPv+XZ3DKHWw80uezQxr7dr5OsmsNO0m6A9OKl7juLsNQ1kQ8n6NS6BFsBigyY0c5mpDiSdF' +
  'CE22HwCIDeuR+BjXsTeWYNRtQEMke8MmFDYtoatNSmR17m7nhE0TQ7in4Y8OPQud5Xgj/5HP7xK0zk9zO5/E5vyocye+vwVtb15qgK0Ypc1Z' +
  '45X0r52KEqXdhC6t4DHEuV4/JtzeuMa0VQH4xmSZ4C9HvHt+E8TXjKq5dORUAMcTgLtu74ws0WzRAgMBAAGjgbEwga4wDAYDVR0TAQH/BAIw' +
  'ADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMC8GA1UdEQQoMCaCEHMzLmFtYXpvbmF3cy5jb22CEiou' +
  'czMuYW1hem9uYXdzLmNvbTAdBgNVHQ4EFgQUoBtJZ1+j9HOR6WPwkf1m3qbOwyMwHwYDVR0jBBgwFoAU8b8mZxL7D5vXa+5IxAxVkPd0FUcw' +
  'DQYJKoZIhvcNAQELBQADggEBACUGEh2f00tbD868aYwIVCC3PENp8IYm53jck+oKLo42YLhI+dH54BN4VFVgqgmZIgOhNZkKfNagBsbnFDZu' +
  'uRLIaVlzJX+4OWSymRgyGBsDT4mUFRJ7QR2uPgg+F2fjaBElLN+uf07x8bqz6D9boY6u5sSreLub2EUGxFGodl22uGHRHh20JbBVLqdxkN5r' +
  'RsDdqJ0xF5J+OwKKdaSnNQQVF6fI0rW/gPwG8qW3+S5rThqR8bL+Uln+PzlHWS2zP63QGrUTWBpmBB3wwKFOXgts+k92wP9Dh4bfrf1otjjE' +
  'nnj9IXC+1PiHWY69UX431ha9mjscRHhHYzi03KM7SnU=';

const issuing =
  'MIIDRjCCAi6gAwIBAgIQUJEgI5fv0Xafz1fh9jM7VTANBgkqhkiG9w0BAQsFADA8MQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMRww' +
  'GgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMCAXDTAwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5WjA8MQswCQYDVQQGEwJVUzEPMA0G' +
  'A1UECgwGQW1hem9uMRwwGgYDVQQDDBNBbWF6b24gUlNBIDIwNDggTTAxMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoMQBmmeE' +
  'frQJqyu5zK5Q1pUfwOdMlz7uNYznB/o9yKHQ2gL4S/gzi33X1ExGFmte9JErAXGL9UU7pqxEfpJxkLsqf/Oz1ulx2oHDxvjSe3jzvfYB/wo2' +
  'linUG38BDVYSZwsLTP8NUrlzQJVHZWxgXr43pAGkl7KGWtPIgPs1tIT+HssMkVhenuIdr+V6rzU9pm9bIbMTKt7oqCe4uaTF8H4EI5f1AwKH' +
  'MzO9axpZ44xLGth09PvAjQgdnET2LCJdPrTrsLaPc8oXiuzyzE7Do8WiUh5DPuWYDIC3eJAIDzYU0buxB6LCI6UKZ6exxlW7sHZKBXBXh7sn' +
  'luGP5/W2XwIDAQABo0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU8b8mZxL7D5vXa+5IxAxVkPd0FUcw' +
  'DQYJKoZIhvcNAQELBQADggEBAJUvNkVmWzmLCZsSBuUta5dU5W6knR0YdlXlqsIN7CqkmY7T1raOYgQ1ShjEUy52xW4ahkeg5046/HYY4kai' +
  'tO8EybgbAP55Bt+J4q9ud1w021mPaehWjgspf1M539Slag5gcAe58jCzObpjvyxLGPLBwdJmGV599+L1r0mwYf/BCHiR6HEJ1rmHknVBFdBd' +
  'eRoIk6fdS+nzCs/NshBk3mpa9byHAgPp5gOAV/R4VAmC4xnz40IrLaZqn707d3pSn6Su4efBzEoHWWhVCTLj/Nc2L3piOi5IvoAjcdS2Mk4F' +
  'hyu5CCaeVBIIWjYZQYWyP6W23GTuI6gryi8b5ms4MYY=';

const fromBase64 = (text: string) => new X509Certificate(Buffer.from(text, 'base64'));

/**
 * Returns the names of a host's certificate. As at S3, a wildcard stands for one label, so a bucket whose name has dots is not among them
 * (User Guide, "Virtual hosting of general purpose buckets"). What is not S3's has a certificate that nobody but its user knows, so it names
 * whatever the client asks for.
 */
export function certifiedNames(host: string, endpoint: Endpoint, servername: string | false): readonly string[] {
  const { base, own, service } = endpoint;
  if (!own && service !== 'refused') return [base, `*.${base}`];
  const names = net.isIP(base) === 0 ? [base, `*.${base}`] : [base];
  const asked = [host, ...(servername === false ? [] : [normalizeHost(servername)])];
  return [...names, ...asked.filter((name) => !names.includes(name))];
}

export function isCertified(hostname: string, names: readonly string[]): boolean {
  return findName(hostname, names) !== undefined;
}

function findName(hostname: string, names: readonly string[]): string | undefined {
  const host = normalizeHost(hostname);
  const wildcard = `*${host.slice(Math.max(host.indexOf('.'), 0))}`;
  return names.find((name) => name === host || name === wildcard);
}

/** The certificate in the form of TLSSocket.getPeerCertificate(): a new object each time. */
export function describeCertificate(names: readonly string[], isDetailed: boolean): tls.PeerCertificate {
  const described = legacyObject(fromBase64(own), names);
  if (!isDetailed) return described;
  const issuerCertificate = legacyObject(fromBase64(issuing));
  // A root certificate is its own issuer, so that code which follows the chain stops there.
  return Object.assign(described, { issuerCertificate: Object.assign(issuerCertificate, { issuerCertificate }) });
}

/** An instance gets its own members in place of the members that would read the names in the bytes. */
export function makeX509Certificate(names: readonly string[]): X509Certificate {
  const certificate = fromBase64(own);
  const ofName = (find: (name: string) => string | undefined) => ({ value: find, configurable: true, writable: true });
  return Object.defineProperties(certificate, {
    subjectAltName: { value: writeNames(names), configurable: true },
    issuerCertificate: { get: () => fromBase64(issuing), configurable: true },
    checkHost: ofName((name) => findName(name, names)),
    checkIP: ofName((address) => names.find((name) => name === address)),
    toLegacyObject: { value: () => legacyObject(fromBase64(own), names), configurable: true, writable: true },
  });
}

function legacyObject(certificate: X509Certificate, names?: readonly string[]): tls.PeerCertificate {
  // toLegacyObject's type is PeerCertificate from some versions of Node's types on, and unknown before.
  const described = certificate.toLegacyObject() as tls.PeerCertificate;
  return names === undefined ? described : Object.assign(described, { subjectaltname: writeNames(names) });
}

function writeNames(names: readonly string[]): string {
  return names.map((name) => `${net.isIP(name) === 0 ? 'DNS' : 'IP Address'}:${name}`).join(', ');
}
