import { URL } from 'node:url';
import { invalidValue } from '../text/invalid-value';

export type Where = string | URL;

const hostAndPort = /^(?<host>\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::(?<port>\d{1,5}))?$/i;
const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A host without a scheme and a port is asked about at the ports of both schemes. */
export function answersAt(where: Where, answers: (host: string, port: number) => boolean): boolean {
  // Users of plain JavaScript, and the libraries to which the function is given, may give anything.
  const given: unknown = where;
  const text = typeof given === 'string' || isUrl(given) ? String(given) : '';
  const { host, port } = hostAndPort.exec(text)?.groups ?? {};
  if (host !== undefined) {
    const possible = port === undefined ? Object.values(ports) : [Number(port)];
    return possible.some((one) => answers(host, one));
  }
  if (!URL.canParse(text))
    throw invalidValue(
      's3.answers',
      'address',
      given,
      "a URL, such as 'https://vault.s3.amazonaws.com/report.pdf', or a host, such as 's3.amazonaws.com' or 'localhost:9000'",
    );
  const { protocol, hostname, port: written } = new URL(text);
  const implied = ports[protocol];
  return implied !== undefined && answers(hostname, Number(written || implied));
}

/** Not instanceof: under jest, the URL of a test may come from another realm. */
function isUrl(value: unknown): value is URL {
  return Object.prototype.toString.call(value) === '[object URL]';
}
