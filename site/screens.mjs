// Looks at the built site in a browser: takes screens into dist/screens, and reports lines of screens that are cut, pages that are wider than
// the window, text that lies beyond it, code that is cut, what axe finds, and questions that the search does not answer.
// `npm run --prefix site screens`; with `-- FOLDER` it looks at a site built elsewhere. `-- --every-page` asks axe at each page in each window
// and in both schemes, for half an hour; otherwise it asks at each page on a phone in light, and elsewhere at the pictured pages.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, startBrowser } from './browser.mjs';
import { problemOf, questions } from './questions.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const isWhole = args.includes('--every-page');
const folder = args.find((arg) => !arg.startsWith('--')) ?? join(here, 'dist/site');
const screens = join(here, 'dist/screens');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The pages whose screens are taken. */
const pictured = [
  'index.html',
  'introduction.html',
  'guides/restore.html',
  'mistakes.html',
  'mistakes/mfa-delete.html',
  'comparison.html',
  'reference/bucket/handle-of-a-bucket.html',
  'reference/matchers.html',
  'facts/index.html',
  'specification/index.html',
  'specification/versioning.html',
  'specification/access.html',
  'specification/configurations/website.html',
];

/** Addresses from before their page was divided, or was moved, and where they lead. */
const older = [
  ['mistakes.html#a-code-is-sent-twice', 'mistakes/mfa-delete.html#a-code-is-sent-twice'],
  ['reference/bucket.html#tags', 'reference/bucket/handle-of-a-bucket.html#tags'],
  [
    'specification/access.html#ignored-public-acls-grant-nothing-and-the-bucket-policy-still-applies',
    'specification/access/public-access-1.html#ignored-public-acls-grant-nothing-and-the-bucket-policy-still-applies',
  ],
  ['index.html#a-first-test', 'introduction.html#a-first-test'],
  ['guides/sessions.html#a-release-from-github-actions', 'guides/web-identities.html#a-release-from-github-actions'],
  ['guides/other-processes.html#a-suite-in-python', 'guides/python.html'],
];
/** Between a phone and a desktop, findings of axe would be those of either. */
const tablet = 768;
const sizes = [
  { width: 390, height: 844 },
  { width: tablet, height: 1024 },
  { width: 1280, height: 800 },
];

const site = await serve(folder);
const browser = await startBrowser();
const pages = readdirSync(folder, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.html'))
  .toSorted();
mkdirSync(screens, { recursive: true });

const problems = pictured.filter((name) => !pages.includes(name)).map((name) => `the site has no ${name}`);
for (const size of sizes) for (const colorScheme of ['light', 'dark']) problems.push(...(await look(size, colorScheme)));
problems.push(...(await ask()), ...(await follow()));
await browser.close();
site.stop();
if (problems.length > 0) {
  console.error(`Problems of the site in a browser:\n${problems.join('\n')}`);
  process.exitCode = 1;
}

/** Looks at the pages in a window of a size. What is wide in light is as wide in dark, so that dark needs all pages for axe alone. */
async function look(viewport, colorScheme) {
  const window = `${viewport.width} px, ${colorScheme}`;
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en' });
  const isEvery = isWhole && viewport.width !== tablet;
  const seen = [];
  for (const name of pages.filter((name) => colorScheme === 'light' || isEvery || pictured.includes(name))) {
    await page.goto(`${site.address}/${name}`);
    const isAsked = isEvery || pictured.includes(name) || (viewport.width === 390 && colorScheme === 'light');
    const findings = isAsked ? await findingsOf(page) : [];
    seen.push({ name, findings, ...(await page.evaluate(measure)) });
    if (pictured.includes(name)) await takeScreen(page, `${name.replaceAll('/', '-').replace('.html', '')}-${viewport.width}-${colorScheme}`);
  }
  await page.close();
  const sum = (count) => seen.reduce((total, one) => total + count(one), 0);
  console.log(`${window}: ${seen.length} pages, ${sum(({ cut }) => cut.length)} of ${sum(({ lines }) => lines)} lines of screens cut, ${sum(({ blocks }) => blocks.scrolled)} of ${sum(({ blocks }) => blocks.all)} blocks of code scroll, ${sum(({ findings }) => findings.length)} findings of axe`);
  return seen.flatMap((one) => problemsOf(one).map((problem) => `${one.name} at ${window}: ${problem}`));
}

function problemsOf({ findings, lines, cut, wider, beyond, blocks }) {
  return [
    ...findings,
    ...(beyond.length > 0 ? [`${beyond.length} elements end beyond the window, such as ${beyond[0].slice(0, 60)}`] : []),
    ...(blocks.cut.length > 0 ? [`${blocks.cut.length} blocks of code are cut, such as ${blocks.cut[0].slice(0, 60)}`] : []),
    ...(wider > 0 ? [`the page is ${wider} px wider than the window`] : []),
    ...(cut.length > 0 ? [`${cut.length} of ${lines} lines of screens are cut, such as ${cut[0].slice(0, 60)}`] : []),
  ];
}

/** The first three heights of the window: some pages have a hundred. */
async function takeScreen(page, name) {
  const { width, height } = page.viewportSize();
  await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: height * 3 } });
}

/** Types each question into the box of the search, whose results are to be those of the check after the build. */
async function ask() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  await page.goto(`${site.address}/limits.html`);
  await page.getByRole('button', { name: /^Search/ }).click();
  const [box, results] = [page.getByRole('searchbox'), page.locator('a.result')];
  const found = [];
  for (const [question, ...right] of questions) {
    await box.fill('');
    await results.first().waitFor({ state: 'detached' });
    await box.fill(question);
    await results.first().waitFor({ timeout: 10_000 }).catch(() => {});
    const addresses = await results.evaluateAll((links) => links.map((link) => link.pathname + link.hash));
    found.push(...problemOf(question, right, addresses));
  }
  await page.screenshot({ path: join(screens, 'search.png') });
  await page.close();
  console.log(`${questions.length - found.length} of ${questions.length} questions answered by the search`);
  return found;
}

/** Opens the older addresses. */
async function follow() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  const wrong = [];
  for (const [from, to] of older) {
    await page.goto('about:blank');
    await page.goto(`${site.address}/${from}`);
    await page.waitForURL(`${site.address}/${to}`, { timeout: 10_000 }).catch(() => wrong.push(`${from} leads to ${page.url()}, and not to ${to}`));
  }
  await page.close();
  return wrong;
}

/**
 * In the browser: the lines of the blocks of text, those of them that are not seen whole, the pixels by which the page is wider than the window,
 * the elements that end beyond it without a scroll, and the blocks of code that are wider than their box.
 */
function measure() {
  const lines = [...document.querySelectorAll('.vp-doc div.language-text code, .vp-doc .terminals pre')].flatMap((code) => {
    const { right } = code.closest('div').getBoundingClientRect();
    const isCut = (node, { index, 0: word }) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return [...range.getClientRects()].some((one) => one.right > right + 0.5);
    };
    return [...code.querySelectorAll('.line')].map((line) => {
      const nodes = [...line.querySelectorAll('span')].flatMap(({ childNodes }) => [...childNodes]).filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return { text: line.textContent, isCut: nodes.some((node) => [...node.data.matchAll(/\S+/g)].some((word) => isCut(node, word))) };
    });
  });
  const cut = lines.filter(({ isCut }) => isCut).map(({ text }) => text.trim());
  const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const isInScroll = (element) => element !== document.body && (scrolls(element) || isInScroll(element.parentElement));
  const beyond = [...document.querySelectorAll('.vp-doc :is(p, li, h1, h2, h3, h4, code, pre, table, img, svg)')].filter(
    (element) => element.getBoundingClientRect().right > window.innerWidth + 0.5 && !isInScroll(element),
  );
  const wide = [...document.querySelectorAll('.vp-doc div[class*="language-"] pre')].filter((pre) => pre.scrollWidth > pre.clientWidth);
  const blocks = {
    all: document.querySelectorAll('.vp-doc div[class*="language-"] pre').length,
    scrolled: wide.filter(scrolls).length,
    cut: wide.filter((pre) => !scrolls(pre)).map(({ textContent }) => textContent.trim()),
  };
  const texts = beyond.map(({ localName, textContent }) => `${localName} ${textContent.trim()}`);
  return { lines: lines.length, cut, wider: document.documentElement.scrollWidth - window.innerWidth, beyond: texts, blocks };
}

/** What axe finds on a page, with the first of the elements. */
async function findingsOf(page) {
  await page.evaluate(axe);
  // The theme's button for the search is labelled by its words alone, and the key that it shows beside them is none of them.
  const { violations } = await page.evaluate('axe.run({ rules: { "label-content-name-mismatch": { enabled: false } } })');
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}), ${nodes.length} times, such as ${nodes[0].html.slice(0, 160)}`);
}
