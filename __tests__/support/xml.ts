import fc from 'fast-check';
import { MarkupProblem } from '../../src/protocol/document/characters';
import { readXml, type XmlElement } from '../../src/protocol/document/xml';

export interface Seen {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Seen[];
}

export const seen = ({ name, text, attributes, children }: XmlElement): Seen => ({
  name,
  text,
  attributes: Object.fromEntries(attributes),
  children: children.map(seen),
});

export function parseXml(document: string | Uint8Array): XmlElement | undefined {
  const root = readXml(Buffer.from(document));
  return root instanceof MarkupProblem ? undefined : root;
}

export function problemOf(document: string | Uint8Array): string | undefined {
  const root = readXml(Buffer.from(document));
  return root instanceof MarkupProblem ? root.message : undefined;
}

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const schemaInstance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

const bodies = [
  `<VersioningConfiguration ${namespace}><MfaDelete>Disabled</MfaDelete><Status>Enabled</Status></VersioningConfiguration>`,
  `<?xml version="1.0" encoding="UTF-8"?>\r\n<Delete ${namespace}>\r\n <Object><Key>a &amp; b</Key></Object></Delete>`,
  '<d:Delete xmlns:d="urn:x"><d:Object><d:Key>k</d:Key></d:Object></d:Delete>',
  '<Tagging><TagSet><Tag><Key>k</Key><Value>v &lt; w</Value></Tag></TagSet></Tagging>',
  `<Grant><Grantee ${schemaInstance} xsi:type="CanonicalUser"><ID>i</ID></Grantee><Permission>READ</Permission></Grant>`,
  '<Rule><ID>é中</ID><Prefix><![CDATA[a<b>&]]></Prefix><!-- c --><?pi d?></Rule>',
  '<constructor><__proto__>x</__proto__><toString valueOf="a"/><children>t</children><text> </text></constructor>',
];

const pieces = [
  ...['&#x1;', '&#0;', '&#xD800;', '&#xFFFE;', '&#xFFFF;', '&#x110000;', '&#99999999999999999999;', '&#00065;'],
  ...['&#x1F600;', '&#65;', '&#X41;', '&#13;', '&#10;', '&#x20;', '&#60;', '&#38;', '&#62;', '&amp;', '&AMP;', '&gt;'],
  ...['&nbsp;', '&;', '&#;', '&#x;', '&#1', '&', '&a b;', '&__proto__;', ']]>', ']]', '>', '<', '=', '"', "'", '/'],
  ...['\0', '\u0001', '\u000b', '\u007f', '\u0085', '\u2028', '\ufffe', '\ufeff', '\u00a0', 'é', '\r', '\r\n', '\t'],
  ...[' ', '<!--', '-->', '--', '<!-- x -->', '<!---->', '<!--->', '<!-- a -- b -->', '<!-- a --->', '<!'],
  ...['<!DOCTYPE a>', '<!ELEMENT a ANY>', '<?a?>', '<?a b?>', '<?', '<?xml version="1.0"?>', '<?XML a?>', '<?a:b c?>'],
  ...['<? a?>', '<![CDATA[', '<![CDATA[ ]]>', '<![CDATA[]]>', '<![CDATA[a]]b]]>', '<![cdata[x]]>', '<b>', '</b>'],
  ...['<b/>', '<b />', '<b ></b >', '< b>', '</ b>', '<b//>', '<é/>', '<1/>', '<-/>', '<:a/>', '<a:/>', '<a:b:c/>'],
  ...['<p:b/>', '<xml:b/>', '<xmlns:b/>', '<x:b xmlns:x="u"/>', '<x:b xmlns:x=""/>', '<b xmlns=""/>'],
  ...['<b x:-c="1" xmlns:x="u"/>', '<x:-b xmlns:x="u"/>'],
  ...['<b xmlns:xml="u"/>', '<toString/>', '<b xmlns:xmlns="u"/>'],
  ...['<b xmlns:x="http://www.w3.org/XML/1998/namespace"/>', '<b x:c="1" y:c="2"/>'],
  ...['<b x:c="1" y:c="2" xmlns:x="u" xmlns:y="u"/>', '<b x:c="1" y:c="2" xmlns:x="u" xmlns:y="v"/>', ' xmlns="u"'],
  ...[' xml:lang="de"', ' a="b"', " a='b'", ' a=b', ' a', ' a="b"c="d"', ' a="b" a="c"', ' a = "b"', ' a="<"'],
  ...[' a=">"', ' a="&"', ' a="&lt;"', ' a="&#x1;"', ' a="x&#10;y"', ' a="x\ty"', ' q:a="b"', ' 1="b"'],
  ...[' __proto__="x"'],
];

interface Edit {
  readonly at: number;
  readonly behindTag: boolean;
  readonly removed: number;
  readonly inserted: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(400),
  behindTag: fc.boolean(),
  removed: fc.nat(30).map((count) => (count < 4 ? count : 0)),
  inserted: fc.constantFrom(...pieces),
});

function edited(document: string, { at, behindTag, removed, inserted }: Edit): string {
  const places = behindTag ? [...document.matchAll(/>/g)].map(({ index }) => index + 1) : [];
  const place = places.length === 0 ? at % (document.length + 1) : (places[at % places.length] ?? 0);
  return document.slice(0, place) + inserted + document.slice(place + removed);
}

/** Bodies of requests with a few edits, some tenth of which are still well-formed. */
export const editedBodies: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...bodies), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([body, edits]) => edits.reduce(edited, body));
