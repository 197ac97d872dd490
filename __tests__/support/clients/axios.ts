import axios from 'axios';
import { bothDialects, type ClientKind } from './story-client';
import { type Send, wireClient } from './wire';

export const axioses: readonly ClientKind[] = [
  {
    name: 'axios, http',
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) => wireClient(axiosBy('http'), scene, { signing: 'sigv2', style: 'path', xmlns: true }),
  },
  {
    name: 'axios, fetch',
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) => wireClient(axiosBy('fetch'), scene, { signing: 'sigv4', style: 'host', xmlns: false }),
  },
];

function axiosBy(adapter: 'http' | 'fetch'): Send {
  const client = axios.create({ adapter, validateStatus: () => true, responseType: 'text' });
  return async ({ method, url, headers, body }) => {
    // Without a body, axios would send the type of forms, which was not signed.
    const sent = { 'content-type': false, ...headers };
    const answer = await client.request<string>({ method, url, headers: sent, data: body });
    return { status: answer.status, headers: Object.fromEntries(Object.entries(answer.headers)), body: answer.data };
  };
}
