import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

/** The files beside the routes, and where they are: the document of the door, and the page. */
const files: ReadonlyMap<string, string> = new Map([
  ['/openapi.json', 'openapi.json'],
  ['/', '../window/index.html'],
  ['/window.js', '../window/window.js'],
  ['/window.css', '../window/window.css'],
]);

const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The page asks the door alone, and nobody shows it within another. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers a file; returns false if the path is not one of a file. Without the last slash, the page would look for its files elsewhere. */
export function answerFile(response: ServerResponse, root: string, asked: string): boolean {
  if (asked === '') {
    response.writeHead(308, { location: `${root}/` }).end();
    return true;
  }
  const file = files.get(asked);
  if (file === undefined) return false;
  const content = readFileSync(path.join(__dirname, file));
  response.setHeader('content-security-policy', policy);
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-length': content.byteLength }).end(content);
  return true;
}
