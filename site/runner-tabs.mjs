// The guides install jest and say what to replace for vitest. The site shows both, and `theme/index.mjs` remembers which one a reader chose.

/** The bullet that guides have below what installs jest: its tests run under vitest too, if two texts are replaced. */
const forVitest = /^- \*\*vitest:\*\* install `vitest` in place of `jest`.*\n(?: {2}.*\n)*/m;

const block = /^```(\w+).*\n((?:(?!```)[^])*)^```\n/gm;

/** A guide with a block for each of both runners where it has one of jest, and without the bullet. */
export function withRunners(text) {
  if (!forVitest.test(text)) return text;
  const saysVi = text.includes('Write `vi` in place of `jest`');
  return text.replace(forVitest, '').replaceAll(block, (whole, language, code) => {
    if (language === 'sh' && code.startsWith('npm install --save-dev s3-versioning-mock jest'))
      return groupOf(language, `# on Node 20: vitest@4\n${code.replace(' jest', ' vitest')}`, code);
    const isOfBoth = code.includes("'@jest/globals'") && (saysVi || !/\bjest\b/.test(withoutNames(code)));
    return isOfBoth ? groupOf(language, codeOfVitest(code), code) : whole;
  });
}

const groupOf = (language, vitest, jest) =>
  `::: code-group\n\n\`\`\`${language} [vitest]\n${vitest}\`\`\`\n\n\`\`\`${language} [jest]\n${jest}\`\`\`\n\n:::\n`;

/** A test of a guide with the imports of vitest. */
export const codeOfVitest = (code) =>
  code
    .replaceAll("'@jest/globals'", "'vitest'")
    .replaceAll("'s3-versioning-mock/jest'", "'s3-versioning-mock/vitest'")
    .replaceAll(/\bjest(?=[.,]| })/g, 'vi');

const withoutNames = (code) => code.replaceAll("'@jest/globals'", '').replaceAll("'s3-versioning-mock/jest'", '');

/** A page as the search reads it, which has each test once. */
export function withOneRunner(text) {
  return text.replaceAll(/^::: code-group\n\n```\w+ \[vitest\]\n(?:(?!```)[^])*```\n\n(```\w+) \[jest\](\n(?:(?!```)[^])*```\n)\n:::\n/gm, '$1$2');
}
