import type { Stamp } from '../../dialects';
import { writePercent } from '../../formats/url-encoding';
import type { Header, S3Error, WordedRefusal } from '../../refusals';
import type { WireReply } from '../../wire';
import { escapeXml } from '../document/characters';
import type { Addressee } from './reply';

/** The words with which HTTP names a status. S3 writes them as the title of a page. */
const reasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  411: 'Length Required',
  412: 'Precondition Failed',
  416: 'Requested Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** The headers that tell an error without its page: to a HEAD, beside an error document and beside a Location (F1802). */
export function errorHeaders({ code, message, fields }: WordedRefusal): readonly Header[] {
  const details = partsOf(fields).map(([name, text]): Part => [`detail-${name}`, text]);
  const parts: readonly Part[] = [['code', code], ['message', message], ...details];
  return parts.map(([name, text]) => [`x-amz-error-${name}`, writeHeaderText(text)]);
}

interface Page {
  readonly refusal: S3Error;
  /** Why the error document could not be read. */
  readonly ofDocument?: S3Error | undefined;
  /** The place to which the page leads. */
  readonly location?: string;
}

/** The page of S3's own with which a website refuses a request, or leads elsewhere (F1802). `extra` are headers before its own. */
export function writePage(
  { refusal, ofDocument, location }: Page,
  { method, dialect }: Pick<Addressee, 'method' | 'dialect'>,
  stamp: Stamp,
  extra: readonly Header[] = [],
): WireReply {
  const { answers } = dialect;
  const worded = answers.wordsOf(refusal);
  const { status, headers: own } = worded;
  // An object that has not changed is no error.
  if (status === 304) return { status, headers: answers.headers([...extra, ...own], method, stamp), body: '' };
  const isHead = method === 'HEAD';
  const place = location === undefined ? [] : [locationHeader(location)];
  const told = isHead || location !== undefined ? errorHeaders(worded) : [];
  const body = writeHtml(worded, ofDocument && answers.wordsOf(ofDocument), stamp);
  const framing = isHead && answers.chunksDocuments ? chunked : frame(body);
  const headers = answers.pageHeaders(status, told, [...extra, ...place, ...own, ...framing], method, stamp);
  return { status, headers, body: isHead ? '' : body };
}

const chunked: readonly Header[] = [['Transfer-Encoding', 'chunked']];

function frame(body: string): readonly Header[] {
  return [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Length', String(Buffer.byteLength(body))],
  ];
}

/** An answer that leads elsewhere, without a page. */
export function writeRedirect(
  { status, location }: { readonly status: number; readonly location: string },
  { method, dialect }: Pick<Addressee, 'method' | 'dialect'>,
  stamp: Stamp,
  extra: readonly Header[] = [],
): WireReply {
  const framing: readonly Header[] = status === 304 ? [] : [['Content-Length', '0']];
  const headers = [...extra, locationHeader(location), ...framing];
  return { status, headers: dialect.answers.headers(headers, method, stamp), body: '' };
}

export function locationHeader(location: string): Header {
  return ['Location', writeHeaderText(location)];
}

/** A header takes no line breaks, and Node no characters beyond Latin-1, so that all but printable ASCII is encoded (F1801). */
function writeHeaderText(text: string): string {
  return text.replace(/[^ -~]+/g, (part) => [...Buffer.from(part)].map(writePercent).join(''));
}

function writeHtml(refusal: WordedRefusal, ofDocument: WordedRefusal | undefined, stamp: Stamp): string {
  const { status } = refusal;
  const title = [status, reasons[status] ?? ''].join(' ').trim();
  const ids = [
    ['RequestId', stamp.requestId] as const,
    ...(stamp.hostId === '' ? [] : [['HostId', stamp.hostId] as const]),
  ];
  const lines = [
    ...['<html>', `<head><title>${title}</title></head>`, '<body>', `<h1>${title}</h1>`],
    ...writeList([...listOf(refusal), ...ids]),
    ...(ofDocument === undefined ? [] : [retrieval, ...writeList(listOf(ofDocument))]),
    ...['<hr/>', '</body>', '</html>', ''],
  ];
  return lines.join('\n');
}

const retrieval = '<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>';

type Part = readonly [name: string, text: string];

function listOf({ code, message, fields }: WordedRefusal): readonly Part[] {
  return [['Code', code], ['Message', message], ...partsOf(fields)];
}

function partsOf(fields: WordedRefusal['fields']): readonly Part[] {
  return Object.entries(fields).flatMap(([name, text]): Part[] => (text === undefined ? [] : [[name, text]]));
}

function writeList(parts: readonly Part[]): readonly string[] {
  return ['<ul>', ...parts.map(([name, text]) => `<li>${name}: ${escapeXml(text)}</li>`), '</ul>'];
}
