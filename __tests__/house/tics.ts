/** A habit of wording that makes a sentence hard to read, and the plain words for it. */
export interface Tic {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Words that follow a genitive only if it has no noun: in "a text of S3's that …" the genitive is doubled. */
const noNoun = String.raw`(?=[.,;:)]|$| (?:and|are|at|by|for|from|has|have|if|in|is|it|may|of|on|or|that|to|was|when|where|which|who|with|without)\b)`;

/** Words that begin a sentence only if it is inverted: "Known are the keys". Seed, Speed and Need are nouns. */
const participles =
  '(?:Found|Given|Good|Held|Kept|Left out|Meant|Read|Seen|Sent|Taken|Told|Written|(?!Seed|Speed|Need)[A-Z][a-z]+(?:ed|own))';

/** The tics that a pattern can find. */
export const tics: readonly Tic[] = [
  { pattern: /\bsuch (?:an? )?ones?\b|\bnone such\b/i, instead: 'a matching …, or name the thing again' },
  { pattern: /\b(?:is|are|be|was|were) none\b(?! the less)/i, instead: 'is not a …, is not one of …, is unknown' },
  { pattern: /\bthere (?:is|are|was|were) none of\b/i, instead: 'that does not exist' },
  { pattern: /\bwhat of (?!the time)/i, instead: 'the part of … that …' },
  {
    pattern: new RegExp(
      String.raw`\bof (?:AWS|COS|HTTP|IBM|IBM Cloud|[Jj]est|JavaScript|nock|Node|S3|vitest)'s${noNoun}`,
    ),
    instead: "S3's …",
  },
  { pattern: /\bof (?:ours|theirs|yours)\b/i, instead: 'our, their, your' },
  {
    pattern: new RegExp(String.raw`(?:^|[.:;] )${participles} (?:are|is|was|were)\b`),
    instead: 'the subject first: The known keys are …',
  },
  { pattern: /\bfor ever\b/i, instead: 'until …, permanently' },
  { pattern: /\b(?:is|are|be|was) good\b|\bgood (?:for|once|until)\b/i, instead: 'valid, works once' },
  {
    pattern: /\b(?:tells?|told)\b(?!(?:[ ,][\w'-]+){0,5} (?:apart|from)\b)/i,
    instead: 'returns, reports, says, names',
  },
  { pattern: /\bstands?\b(?! (?:for|still)\b)/i, instead: 'is' },
  {
    pattern: /\bwhere (?:there (?:is|are|was|were)|none|nothing|neither|nobody|one is)\b/i,
    instead: 'if there is no …',
  },
  { pattern: /\b(?:undefined|null|none|empty|true|false|nothing),? where\b/i, instead: 'undefined if …' },
  {
    pattern:
      /\bwhere (?:it|they|one|this|that) (?:is|are|was|were|has|have|had|does|do|did|may|can|would|could|needs?|wants?)\b/i,
    instead: 'if it …',
  },
  { pattern: /\bwho(?:ever)? (?:asks|asked)\b/i, instead: 'the caller' },
  { pattern: /\bbe (?:it|they|there)\b[^.;]* or\b/i, instead: 'whether … or not' },
  { pattern: /\boverlook(?:s|ed|ing)?\b|\bpass(?:es|ed)? over\b/i, instead: 'ignores' },
  { pattern: /\bfaults?\b/i, instead: 'failure (asked for), bug (ours), problem (of a text)' },
  { pattern: /\b(?:all|any|anything|everybody|everything|nobody|nothing) but\b/i, instead: 'all except, only' },
  { pattern: /\bbut for\b/i, instead: 'except for' },
];

/** The ends of what ", too" closes: a sentence, a clause, or what is added to one. In ", too long" it is an adverb of its own. */
const closes = String.raw`(?=[.,;:)]|$| (?:and|as|because|but|not|since|so|though|until|which|while)\b)`;

/**
 * The tics that are sought outside of the tests: in src, in the documents and in the scripts. The tests have older titles and comments with
 * them.
 */
export const ticsOutsideTests: readonly Tic[] = [
  // "There is no bucket" is right, and so are the adverbs: "is no longer", "are no larger than".
  {
    pattern: /(?<!\bthere )\b(?:is|are|was|were|be) no (?!larger\b|less\b|longer\b|matter\b|more\b)/i,
    instead: 'is not a …, is not an …',
  },
  { pattern: new RegExp(`, too${closes}`), instead: '"also" before the verb, "even", or "nor"' },
  { pattern: /\bso (?:few|many)\b/i, instead: 'this many, as many as' },
  { pattern: /\bbut (?:he|it|she|they) ha(?:s|ve)\./i, instead: 'but it does' },
  {
    pattern: /\bno \w+ (?:came|comes|exists|is|runs|was) (?:that|which)\b/i,
    instead: 'the clause beside its noun: no running mock answers it',
  },
  { pattern: /\bwhile (?:an?|no|the) \w+ runs\b/i, instead: 'while a … is running' },
  // In JavaScript an object has "an own enumerable member".
  { pattern: /\ban own (?!enumerable\b|member\b|property\b)/i, instead: 'its own …, a … of its own' },
  { pattern: /^(?:Whom|Whose)\b/, instead: 'the noun first: The caller that …, The owner of …' },
  { pattern: /^Of (?:all|each|every) \w+(?=[.,;]|$)/, instead: 'the verb first: Computed over all …' },
  {
    pattern: /(?:^|: )(?:[\w.'-]+ ){0,2}…\. (?:Give|It should)\b/,
    instead: 'a verb, by invalidValue: reply: invalid status 700; expected …',
  },
];

const verbs = wordsOf(`
  answers applies are asks became become becomes began begin begins belongs brings came can carries changes chooses comes compares
  consists contains could counts decides depends did differs do does ends fails fits follows gave gets gives goes had happened
  happens has have helps holds is keeps knew knows lacks lead leads leave leaves lets lies makes may means meet meets must names
  need needs passes put puts reads refuses remains returns says sees sends sets shall should shows stands starts stays stores takes
  say tells thought threw throws took wants was went were will works would writes wrote`);
const subordinators = wordsOf(
  'after because before how if that though unless until what when where whether which while who whose',
);
const auxiliaries = wordsOf('can could did do does may must not shall should to will would');

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/**
 * Whether a text is a clause that begins with What or How and belongs to no sentence: its only verbs are those of its clauses. The
 * count knows the common verbs only. A boolean may begin with Whether: "Whether a read by key sees this version."
 */
export function isBareClause(text: string): boolean {
  const [sentence = ''] = text.split(/[.;:?](?:\s|$)/);
  const words = sentence.split(/[^\w'-]+/).filter((word) => word !== '');
  if (!/^(?:What|How)$/.test(words[0] ?? '')) return false;
  const opened = words.filter((word, index) => subordinators.has(word) && !subordinators.has(words[index - 1] ?? ''));
  const finite = words.filter((word, index) => verbs.has(word) && !auxiliaries.has(words[index - 1] ?? ''));
  return finite.length <= opened.length + 1;
}
