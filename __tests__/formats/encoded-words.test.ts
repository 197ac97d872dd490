import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeWords, encodeWords } from '../../src/formats/encoded-words';

// Recorded: localstack, test_user_metadata_rfc2047_* and test_presigned_url_*; the last of the table: the user guide, "Working with object metadata". F215
describe('text in a header', () => {
  it.each<{ text: string; written: string }>`
    text                                           | written
    ${'ÄMÄZÕÑ S3'}                                 | ${'=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?='}
    ${'test_—_file%E2%80%94_é_2?.pdf'}             | ${'=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?='}
    ${'test_—_file%E2%80%94_é_2👑.pdf'}            | ${'=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=\u00460=9F=91=91.pdf?='}
    ${'non-ascii-%E2%80%94_—_é_'}                  | ${'=?UTF-8?Q?non-ascii-%E2%80%94=5F=E2=80=94=5F=C3=A9=5F?='}
    ${'aé'}                                        | ${'=?UTF-8?B?YcOp?='}
    ${'aaé'}                                       | ${'=?UTF-8?Q?aa=C3=A9?='}
    ${'\u0000\u0001\u0002\u0003'}                  | ${'=?UTF-8?B?AAECAw==?='}
    ${'\u0000\u0001\u0002\u0003\u0004'}            | ${'=?UTF-8?B?AAECAwQ=?='}
    ${'\ufffd'.repeat(7)}                          | ${'=?UTF-8?B?77+977+977+977+977+977+977+9?='}
    ${'\ufffda\ufffd'}                             | ${'=?UTF-8?B?77+9Ye+/vQ==?='}
    ${'with = and _ and ? and \t and ~'}           | ${'with = and _ and ? and \t and ~'}
    ${Buffer.from('ÄMÄZÕÑ S3').toString('latin1')} | ${'=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?='}
  `('$text is written as $written', ({ text, written }) => {
    expect(encodeWords(text)).toBe(written);
    expect(decodeWords(written)).toBe(text);
  });

  it.each<{ what: string; sent: string; text: string }>`
    what                            | sent                                | text
    ${'quoted ASCII'}               | ${'=?UTF-8?Q?actually-ascii?='}     | ${'actually-ascii'}
    ${'ASCII in base64'}            | ${'=?UTF-8?B?YWJj?='}               | ${'abc'}
    ${'bad base64'}                 | ${'=?UTF-8?B?=GGG?='}               | ${'\ufffda\ufffd'}
    ${'a mark within base64'}       | ${'=?ISO-8859-1?B?YW=j?='}          | ${'ao£'}
    ${'base64 without its padding'} | ${'=?UTF-8?B?YWI?='}                | ${'ab'}
    ${'lower case'}                 | ${'=?utf-8?q?a=c3=a9_b?='}          | ${'aé b'}
    ${'another charset'}            | ${'=?ISO-8859-1?Q?=E9?='}           | ${'é'}
    ${'a charset with a language'}  | ${'=?UTF-8*fr?Q?=C3=A9?='}          | ${'é'}
    ${'a byte order mark'}          | ${'=?UTF-8?B?77u/YQ==?='}           | ${'\ufeffa'}
    ${'a quoted byte order mark'}   | ${'=?UTF-8?Q?=EF=BB=BFa?='}         | ${'\ufeffa'}
    ${'an unknown charset'}         | ${'=?X-NONE?Q?a?='}                 | ${'=?X-NONE?Q?a?='}
    ${'two words'}                  | ${'=?UTF-8?Q?a?= =?UTF-8?B?Yg==?='} | ${'ab'}
    ${'a word between others'}      | ${'one  =?UTF-8?Q?t=C3=B6?= three'} | ${'one  tö three'}
    ${'blanks around a word'}       | ${'  =?UTF-8?Q?a?= '}               | ${'  a '}
    ${'a word inside another'}      | ${'x=?UTF-8?Q?a?='}                 | ${'x=?UTF-8?Q?a?='}
    ${'a word that does not end'}   | ${'=?UTF-8?Q?a'}                    | ${'=?UTF-8?Q?a'}
    ${'text right after a word'}    | ${'=?UTF-8?Q?a?=b?='}               | ${'ab?='}
    ${'a line separator after it'}  | ${'=?UTF-8?Q?a?=\u2028'}            | ${'a\u2028'}
    ${'a bad quoted byte'}          | ${'=?UTF-8?Q?a=4?='}                | ${'=?UTF-8?Q?a=4?='}
    ${'a control of ISO-8859-1'}    | ${'=?iso-8859-1?Q?=80?='}           | ${'\u0080'}
    ${'another encoding'}           | ${'=?UTF-8?X?a?='}                  | ${'=?UTF-8?X?a?='}
  `('$what, $sent, is read as $text', ({ sent, text }) => {
    expect(decodeWords(sent)).toBe(text);
  });

  it('is cut into words of 63 characters at most, never inside a character', () => {
    const written = encodeWords('👑'.repeat(25));
    expect(written.split(' ').length).toBeGreaterThan(1);
    for (const word of written.split(' ')) expect(word).toMatch(/^=\?UTF-8\?B\?[A-Za-z\d+/=]{1,63}\?=$/);
    expect(decodeWords(written)).toBe('👑'.repeat(25));
  });

  it.each<{ what: string; fits: string; exceeds: string }>`
    what                             | fits                    | exceeds
    ${'63 and 64 characters quoted'} | ${`é${'a'.repeat(57)}`} | ${`é${'a'.repeat(58)}`}
    ${'60 and 64 of base64'}         | ${'é'.repeat(22)}       | ${'é'.repeat(23)}
  `('is one word up to 63 characters, and then two: $what', ({ fits, exceeds }) => {
    expect([fits, exceeds].map((text) => encodeWords(text).split(' ').length)).toEqual([1, 2]);
    expect([fits, exceeds].map((text) => decodeWords(encodeWords(text)))).toEqual([fits, exceeds]);
  });

  const carried = /^[\t\x20-\x7e]*$/;

  it('never breaks a header, whatever was sent: line breaks, NUL, halves of surrogate pairs', () => {
    const units = fc.constantFrom('\r', '\n', '\0', '\ud83d', '\udc51', 'a', 'é', ' ', '=?UTF-8?Q?=0D=0A?=', '=?x?b?');
    fc.assert(
      fc.property(fc.string({ unit: units, maxLength: 200 }), (sent) => {
        expect(encodeWords(sent)).toMatch(carried);
        expect(encodeWords(decodeWords(sent))).toMatch(carried);
      }),
    );
  });
});
