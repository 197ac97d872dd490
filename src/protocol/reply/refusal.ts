import type { Stamp } from '../../dialects';
import { httpDate } from '../../formats/dates';
import type { Header, S3Error, WordedRefusal } from '../../refusals';
import type { WireReply } from '../../wire';
import { xmlText } from '../document/escapes';
import { iamErrorBody } from './iam-error';
import { type Addressee, jsonHeaders, type ReplyShape } from './reply';

/** The parts of a refused request that its answer quotes. */
interface Refused extends Addressee {
  readonly path: string;
  readonly headers?: ReadonlyMap<string, string>;
}

/** Writes the answer to a request that S3 refused. */
export function writeRefusal(
  refusal: S3Error,
  request: Refused,
  stamp: Stamp,
  extra: readonly Header[] = [],
  { slow }: Pick<ReplyShape, 'slow'> = {},
): WireReply {
  const { answers } = request.dialect;
  const worded = answers.wordsOf(refusal);
  const { status, bare } = worded;
  if (request.service === 'iam') {
    const body = iamErrorBody(worded, request.headers?.get('user-agent'), stamp);
    return { status, headers: jsonHeaders(body, stamp), body };
  }
  if (bare) return { status, headers: [...bare, ['Date', httpDate(stamp.now)], ['Server', 'AmazonS3']], body: '' };
  const isEmpty = worded.message === '' && status < 400;
  const body = isEmpty ? '' : errorDocument(worded, request, stamp, slow === undefined);
  const headers = answers.refusalHeaders(worded, body, extra, stamp);
  return { status, headers, body: request.method === 'HEAD' ? '' : body };
}

function errorDocument(worded: WordedRefusal, { dialect, path }: Refused, stamp: Stamp, isDeclared: boolean): string {
  const { answers, documents } = dialect;
  const { code, message, quotesStay, undeclared } = worded;
  const fields = [['Code', code] as const, ['Message', message] as const, ...answers.errorFields(worded, path, stamp)];
  const written = fields.map(([name, text]) => xmlText(name, text)).join('');
  const isBegun = (isDeclared && !undeclared) || documents.declaresSlowRefusals;
  const declaration = isBegun ? documents.declaration : '';
  return `${declaration}<Error>${quotesStay ? written.replaceAll('&quot;', '"') : written}</Error>`;
}
