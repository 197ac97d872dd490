// How the search of the site reads words and ranks places. The browser gets the text of each function, so none of them uses anything outside
// itself. `questions.mjs` has what the search has to find.

export const searching = {
  options: { tokenize: wordsOfText, processTerm },
  searchOptions: { tokenize: wordsOfQuestion, boostTerm, prefix: isOwnWord, fuzzy, boostDocument },
};

/** The words of a text. A name is a word as it stands (`x-amz-mfa`, `s3.mfa.header`, `s3:DeleteObjectVersion`), and so is each of its parts. */
function wordsOfText(text) {
  const names = text.replace(/&#?\w+;/g, ' ').match(/[\p{L}\p{N}_]+(?:[-.:]+[\p{L}\p{N}_]+)*/gu) ?? [];
  const isName = (name) => name.length <= 40 && /\p{L}/u.test(name);
  return names.flatMap((name) => [...new Set([...(isName(name) ? [name] : []), ...name.split(/[-.:]+/)])]);
}

/**
 * The words of a question: each name, and its parts, those in camel case as well, for a name that no page has. A word that the documents do not
 * use, or use by the way, brings the word that they use for it.
 */
function wordsOfQuestion(question) {
  const words = {
    undelete: ['restore', 'deleted', 'marker'],
    recover: ['restore', 'marker'],
    bulk: ['batch'],
    fast: ['speed'],
    slow: ['speed'],
    migrate: ['coming'],
    nosuchbucket: ['exist'],
    nosuchkey: ['object', 'deleted'],
    404: ['object', 'deleted'],
    412: ['conditional', 'concurrency'],
    500: ['failure', 'retry'],
    timeout: ['failure', 'slow', 'busy'],
    notimplemented: ['s3mocknotimplemented', 'operation'],
    users: ['role', 'session'],
    roles: ['user', 'session'],
    dates: ['clock'],
    date: ['clock'],
    403: ['accessdenied', 'signature'],
    forbidden: ['accessdenied', 'signature'],
    denied: ['accessdenied', 'signature'],
    unsigned: ['signature', 'accessdenied'],
    beforeeach: ['reset'],
    cleanup: ['reset'],
    glue: ['emulator'],
    athena: ['emulator'],
    golang: ['go'],
    parallel: ['concurrency'],
    dynamodb: ['emulator'],
    window: ['browser', 'look'],
    marker: ['undelete'],
    hint: ['reason', 'failed', 'find'],
    cp: ['cli', 'aws'],
    s3api: ['cli', 'aws'],
    deprecated: ['stability', 'stable'],
    install: ['introduction', 'needs'],
    race: ['order', 'concurrency'],
  };
  const names = question.match(/[\p{L}\p{N}_]+(?:[-.:]+[\p{L}\p{N}_]+)*/gu) ?? [];
  const found = names.flatMap((name) => [name, ...(name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [])]);
  return [...new Set([...found, ...names.flatMap((name) => words[name.toLowerCase()] ?? [])])];
}

/**
 * A part of a name decides between places that have the name, or that lack it, and never against it. Credentials are what somebody asks for
 * who has a CredentialsProviderError, which no page names.
 */
function boostTerm(term, _index, terms) {
  const isPart = terms.some((other) => other !== term && other.includes(term));
  return isPart && term !== 'credential' ? 0.05 : 1;
}

/** Whether words that begin like a term are also found: not if it is a part of a name in the same question. */
function isOwnWord(term, _index, terms) {
  return !terms.some((other) => other !== term && other.includes(term));
}

/** A word as the search compares it: in small letters, in the singular. */
function processTerm(word) {
  const term = word.toLowerCase().replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  const isEmpty = ['a', 'an', 'and', 'doe', 'for', 'how', 'i', 'in', 'is', 'it', 'of', 'the', 'to', 'what', 'with'].includes(term);
  return isEmpty ? null : term;
}

/** What a place is worth beside its words: a newcomer looks for a guide before a fact. */
function boostDocument(address, term) {
  // Who asks for an error or a status has it on the screen: the mistakes that end so come first.
  const isOfError = /^(?:[345]\d\d|accessdenied|nosuch\w+|invalid\w+|malformed\w+|methodnotallowed|permanentredirect|\w+notmatch|\w+token)$/.test(term);
  if (isOfError && address.includes('/mistakes/')) return address.includes('/access.') ? 12 : 8;
  // It says that a test needs none.
  if (term === 'credential' && address.includes('/introduction.')) return 30;
  if (/#(?:(?:operations-)?answered|lacking|what-nobody-recorded)$/.test(address)) return 0.3;
  // Pages of one runtime, which repeat what is said of all.
  if (/\/guides\/(?:bun|workers)\./.test(address)) return 0.7;
  // What most readers come for: a word such as "mfa" is also a heading of other guides, and the name of a runner a word of many.
  if (/\/guides\/(?:restore|mfa-delete|access)\./.test(address)) return 2.6;
  // Its headings are names of transformers for jest.
  if (address.includes('/runners/typescript-under-jest.')) return 1.6;
  if (address.includes('/runners/')) return 3;
  if (address.includes('/guides/')) return 2;
  if (address.includes('/facts/') || /\/proof\.html/.test(address)) return 0.3;
  if (address.includes('/reference/refusals')) return 0.7;
  if (address.includes('/specification/')) return 0.1;
  // A list whose entries have pages of their own.
  if (/\/(?:mistakes|runners|changes-0-3|reference\/(?:accounts|bucket|cos|events|failures|mock|operations|refusals|requests))\.html/.test(address)) return 0.2;
  return /\/change(?:log|s-0-)/.test(address) && !address.endsWith('#changelog') ? 0.2 : 1;
}

/** How far a word may be misspelt: COS is not a misspelt "cost", and a part of a name is as it is. */
function fuzzy(term, _index, terms) {
  return term.length > 4 && !terms.some((other) => other !== term && other.includes(term)) ? 0.2 : false;
}

const pagesAtFirst = 5;

/** The best place of each of the first pages, and behind these places all others in their order. */
export function withPagesFirst(results) {
  const best = new Map();
  for (const result of results) {
    const [page] = result.id.split('#', 1);
    if (!best.has(page)) best.set(page, result);
  }
  const first = [...best.values()].slice(0, pagesAtFirst);
  return [...first, ...results.filter((result) => !first.includes(result))];
}
