/** A piece of an expression is a character of its own here, so that parentheses and bars of the rest are those of groups. */
const firstPiece = 0xe000;

const candidates = [...'a1- .,:/=&%"\'{}$*?@_<>[]A', '\t', '\n', '\u00e9', '\0'];

/** Characters that a class matches: few, of different kinds. */
function lettersOf(piece: string, flags: string): readonly string[] {
  if (piece === '.') return ['x'];
  if (/^\\[bB]$/.test(piece)) return [''];
  const form = new RegExp(`^${piece}$`, flags.replace(/[gy]/g, ''));
  const found = candidates.filter((letter) => form.test(letter));
  return found.length === 0 ? [String(piece.at(-1))] : found;
}

/** The letters that an expression reads one after another: of each group one alternative, of each repetition one round. */
function wordsOf({ source, flags }: RegExp, choose: (alternatives: readonly string[]) => string): readonly string[] {
  const pieces: string[] = [];
  const hide = (piece: string) => String.fromCharCode(firstPiece + pieces.push(piece) - 1);
  const hidden = source.replace(/\\k<\w+>|\\[pP]\{[^}]*\}|\\u\{?[\dA-Fa-f]{4,5}\}?|\\.|\[(?:\\.|[^\]\\])*\]/g, hide);
  let flat = hidden.replace(/\(\?<?![^()]*\)/g, '').replace(/(?<!\()[*+?]\??|\{\d+(?:,\d*)?\}/g, '');
  const group = /\((?:\?(?:[:=]|<=|<\w+>))?([^()]*)\)/;
  while (group.test(flat)) flat = flat.replace(group, (_whole, inner: string) => choose(inner.split('|')));
  return [...choose(flat.split('|')).replace(/[\^$]/g, '')].flatMap((letter) => {
    const piece = pieces[letter.charCodeAt(0) - firstPiece];
    return piece === undefined && letter !== '.' ? [letter] : [lettersOf(piece ?? letter, flags).join('')];
  });
}

export interface Hostile {
  readonly before: string;
  readonly again: string;
  readonly end: string;
}

const alternatives: readonly ((all: readonly string[]) => string)[] = [
  (all) => all[0] ?? '',
  (all) => all.at(-1) ?? '',
  (all) => all.toSorted((one, other) => other.length - one.length)[0] ?? '',
];

/** Texts that an expression reads long and in vain: what it reads up to a place, then a part of it again and again, then what it does not expect. */
export function hostileTexts(expression: RegExp): readonly Hostile[] {
  const found = new Map<string, Hostile>();
  for (const choose of alternatives) {
    const words = wordsOf(expression, choose);
    for (const pick of [0, -1]) {
      const letters = words.map((word) => [...word].at(pick) ?? '');
      for (const size of [1, 2, 3, 5, 8, letters.length])
        for (let at = 0; at + size <= letters.length; at += 1) {
          const again = letters.slice(at, at + size).join('');
          for (const before of ['', letters.slice(0, at).join('')])
            for (const end of ['\0', '\n\0', ''])
              found.set(JSON.stringify([before, again, end]), { before, again, end });
        }
    }
  }
  return [...found.values()].filter(({ again }) => again !== '');
}
