import type { Stamp } from '../dialects';
import type { Bucket } from '../model/bucket';
import { configurationOf } from '../model/configurations/configuration';
import { type CorsRule, type CrossOriginRequest, cors, matchCors } from '../model/configurations/cors';
import { crossOriginHeaders } from '../protocol/reply/cross-origin';
import { writeReply } from '../protocol/reply/reply';
import { readCrossOrigin } from '../protocol/request/cross-origin';
import { type Header, S3Error } from '../refusals';
import type { WireReply } from '../wire';
import type { Call } from './call';

const emptyReply = { output: {}, root: undefined, contentType: undefined, status: 200 };
const none: readonly Header[] = [];

/** Answers a browser's preflight request by the bucket's rules, or throws what S3 refuses (F341). */
export function answerPreflight(call: Call, asked: CrossOriginRequest, stamp: Stamp): WireReply {
  return writeReply(emptyReply, {}, call.request, stamp, headersOfPreflight(call, asked));
}

function headersOfPreflight(call: Call, asked: CrossOriginRequest): readonly Header[] {
  const { bucket, request } = call;
  const Method = asked.method ?? 'OPTIONS';
  const ofBucket = { Method, ResourceType: 'BUCKET' };
  if (bucket === undefined) throw new S3Error('CorsBucketMissing', ofBucket);
  const rules = rulesOf(bucket, call);
  if (rules === undefined) throw new S3Error('CorsNotEnabled', ofBucket);
  const fit = matchCors(rules, asked);
  if (typeof fit !== 'string') return crossOriginHeaders(asked, fit, request.dialect.crossOrigin);
  throw new S3Error('CorsNotAllowed', { Method, ResourceType: request.key === undefined ? 'BUCKET' : 'OBJECT' }, fit);
}

/** The headers that an answer has if it is to a web page of another origin and a rule of the bucket allows the request (F343). */
export function crossOriginHeadersOf(call: Call): readonly Header[] {
  const { bucket, request } = call;
  if (bucket === undefined || !request.headers.has('origin')) return none;
  const rules = rulesOf(bucket, call);
  const asked = rules && readCrossOrigin(request);
  if (rules === undefined || asked === undefined) return none;
  const fit = matchCors(rules, asked);
  return typeof fit === 'string' ? none : crossOriginHeaders(asked, fit, request.dialect.crossOrigin);
}

function rulesOf(bucket: Bucket, { store, request }: Call): readonly CorsRule[] | undefined {
  return configurationOf(cors, { bucket, store, service: request.dialect.configurations })?.CORSRules;
}
