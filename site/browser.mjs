// The built site in a browser, as its readers open it: a server of its files and pages of Chromium.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webp': 'image/webp',
};

/** Serves the files of a folder on a free port of this machine, and returns the address and how to stop. */
export async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://site/');
    const file = join(folder, decodeURIComponent(pathname).replace(/\/$/, '/index.html'));
    const isThere = existsSync(file);
    response.writeHead(isThere ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(isThere ? readFileSync(file) : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Starts Chromium: the one that `CHROMIUM_PATH` names, or the first of PATH. */
export function startBrowser() {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const inPath = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  const executablePath = (CHROMIUM_PATH === undefined ? inPath : [CHROMIUM_PATH]).find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error(`There is no Chromium: looked for ${CHROMIUM_PATH ?? `${names.join(', ')} in PATH`}. CHROMIUM_PATH names one`);
  // A container often has one user, as whom Chromium starts only without its sandbox.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
