import type { ConfigurationValues, FamilyName } from '../../src/model/configurations';
import { oneLine } from './documents';

/** Documents are the content of the root, without the Id. */
export interface FamilyCase<Name extends FamilyName> {
  readonly value: ConfigurationValues[Name][number];
  readonly query: string;
  readonly root: string;
  readonly rootOfList: string;
  /** The value as a client sends it and as S3 answers it, with its Id in its place. */
  readonly document: string;
  /** The smallest document, with `ID` in the place of the id. */
  readonly smallest: string;
  readonly prologOfList: string;
  readonly prologOfOne: string;
  /** Whether the refusal of an id without a configuration has an XML declaration. */
  readonly declaresRefusal: boolean;
  readonly declaresOthers: boolean;
  /** The refusal of a document with another id. */
  readonly otherId: readonly [code: string, message: string];
  /** Documents that do not fit the schema, whole. */
  readonly malformed: Readonly<Record<string, string>>;
}

const malformed = [
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
] as const;

const tag = '<Tag><Key>stage</Key><Value>test</Value></Tag>';

/** Filters that no family takes, in the document that `inside` makes. */
const misshapenFilters = {
  'an empty filter': '<Filter/>',
  'a filter with two members': `<Filter><Prefix>a/</Prefix>${tag}</Filter>`,
};
const misshapenTags = {
  'a tag without a value': '<Filter><Tag><Key>stage</Key></Tag></Filter>',
  'a tag without a key': '<Filter><Tag><Value>test</Value></Tag></Filter>',
};
const fewConditions = {
  'an And of no condition': '<Filter><And/></Filter>',
  'an And of a prefix only': '<Filter><And><Prefix>a/</Prefix></And></Filter>',
  'an And of one tag only': `<Filter><And>${tag}</And></Filter>`,
};

const badFilters = (
  inside: (filter: string) => string,
  filters: Readonly<Record<string, string>> = { ...misshapenFilters, ...misshapenTags, ...fewConditions },
) => Object.fromEntries(Object.entries(filters).map(([what, filter]) => [what, inside(filter)]));

const and = { Prefix: 'logs/', Tags: [{ Key: 'stage', Value: 'test' }] };
const andDocument = `<Prefix>logs/</Prefix>${tag}`;

const accessPoint = 'arn:aws:s3:us-east-1:123456789012:accesspoint/logs';
const reports = '<Bucket>arn:aws:s3:::reports</Bucket>';
const exportOf = (bucket: string, format = 'CSV', version = 'V_1') =>
  oneLine(`
  <DataExport>
    <OutputSchemaVersion>${version}</OutputSchemaVersion>
    <Destination><S3BucketDestination><Format>${format}</Format>${bucket}</S3BucketDestination></Destination>
  </DataExport>
`);
const analysisWith = (dataExport: string) => `<Id>a</Id><StorageClassAnalysis>${dataExport}</StorageClassAnalysis>`;

const tiering = (days: number, tier: string) =>
  `<Tiering><Days>${days}</Days><AccessTier>${tier}</AccessTier></Tiering>`;
const archive = tiering(90, 'ARCHIVE_ACCESS');

function inventory(parts: Readonly<Record<string, string>> = {}): string {
  const { destination, id, enabled, versions, schedule, more } = {
    destination: '<Bucket>arn:aws:s3:::reports</Bucket><Format>CSV</Format>',
    id: '<Id>ID</Id>',
    enabled: '<IsEnabled>true</IsEnabled>',
    versions: '<IncludedObjectVersions>Current</IncludedObjectVersions>',
    schedule: '<Schedule><Frequency>Weekly</Frequency></Schedule>',
    more: '',
    ...parts,
  };
  return `<Destination><S3BucketDestination>${destination}</S3BucketDestination></Destination>${enabled}${id}${versions}${more}${schedule}`;
}

export const familyCases: { readonly [Name in FamilyName]: FamilyCase<Name> } = {
  analytics: {
    value: {
      Id: 'a',
      Filter: { And: and },
      StorageClassAnalysis: {
        DataExport: {
          OutputSchemaVersion: 'V_1',
          Destination: {
            S3BucketDestination: {
              Format: 'CSV',
              BucketAccountId: '123456789012',
              Bucket: 'arn:aws:s3:::reports',
              Prefix: 'analysis/',
            },
          },
        },
      },
    },
    query: 'analytics',
    root: 'AnalyticsConfiguration',
    rootOfList: 'ListBucketAnalyticsConfigurationsResult',
    document: `<Id>a</Id><Filter><And>${andDocument}</And></Filter><StorageClassAnalysis>${exportOf(
      '<BucketAccountId>123456789012</BucketAccountId><Bucket>arn:aws:s3:::reports</Bucket><Prefix>analysis/</Prefix>',
    )}</StorageClassAnalysis>`,
    smallest: '<Id>ID</Id><StorageClassAnalysis/>',
    prologOfList: '',
    prologOfOne: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    declaresRefusal: true,
    declaresOthers: true,
    otherId: malformed,
    malformed: {
      ...badFilters((filter) => `<Id>a</Id>${filter}<StorageClassAnalysis/>`, misshapenFilters),
      'another format of the export': analysisWith(exportOf(reports, 'ORC')),
      'another version of the schema': analysisWith(exportOf(reports, 'CSV', 'V_2')),
      'an export without a bucket': analysisWith(exportOf('')),
    },
  },
  intelligentTiering: {
    value: {
      Id: 'a',
      Filter: { And: and },
      Status: 'Enabled',
      Tierings: [
        { Days: 90, AccessTier: 'ARCHIVE_ACCESS' },
        { Days: 730, AccessTier: 'DEEP_ARCHIVE_ACCESS' },
      ],
    },
    query: 'intelligent-tiering',
    root: 'IntelligentTieringConfiguration',
    rootOfList: 'ListIntelligentTieringConfigurationsResult',
    document: `<Id>a</Id><Filter><And>${andDocument}</And></Filter><Status>Enabled</Status>${archive}${tiering(730, 'DEEP_ARCHIVE_ACCESS')}`,
    smallest: `<Id>ID</Id><Status>Disabled</Status>${archive}`,
    prologOfList: '',
    prologOfOne: '<?xml version="1.0" encoding="UTF-8"?>\n',
    declaresRefusal: false,
    declaresOthers: true,
    otherId: malformed,
    malformed: {
      // Tags and few conditions have codes of their own here (F382).
      ...badFilters((filter) => `<Id>a</Id>${filter}<Status>Enabled</Status>${archive}`, misshapenFilters),
      'no tier': '<Id>a</Id><Status>Enabled</Status>',
      'no status': `<Id>a</Id>${archive}`,
      'another status': `<Id>a</Id><Status>On</Status>${archive}`,
      'another tier': `<Id>a</Id><Status>Enabled</Status>${tiering(90, 'GLACIER')}`,
      'a tier without days':
        '<Id>a</Id><Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering>',
    },
  },
  inventory: {
    value: {
      Destination: {
        S3BucketDestination: {
          AccountId: '123456789012',
          Bucket: 'arn:aws:s3:::reports',
          Format: 'Parquet',
          Prefix: 'lists/',
          Encryption: { SSEKMS: { KeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' } },
        },
      },
      IsEnabled: true,
      Filter: { Prefix: 'logs/' },
      Id: 'a',
      IncludedObjectVersions: 'All',
      OptionalFields: ['Size', 'ETag'],
      Schedule: { Frequency: 'Daily' },
    },
    query: 'inventory',
    root: 'InventoryConfiguration',
    rootOfList: 'ListInventoryConfigurationsResult',
    document: oneLine(`
      <Destination>
        <S3BucketDestination>
          <AccountId>123456789012</AccountId><Bucket>arn:aws:s3:::reports</Bucket><Format>Parquet</Format>
          <Prefix>lists/</Prefix>
          <Encryption><SSE-KMS><KeyId>arn:aws:kms:us-east-1:123456789012:key/1</KeyId></SSE-KMS></Encryption>
        </S3BucketDestination>
      </Destination>
      <IsEnabled>true</IsEnabled><Filter><Prefix>logs/</Prefix></Filter><Id>a</Id>
      <IncludedObjectVersions>All</IncludedObjectVersions>
      <OptionalFields><Field>Size</Field><Field>ETag</Field></OptionalFields>
      <Schedule><Frequency>Daily</Frequency></Schedule>
    `),
    smallest: inventory(),
    prologOfList: '<?xml version="1.0" encoding="UTF-8"?>',
    prologOfOne: '<?xml version="1.0" encoding="UTF-8"?>',
    declaresRefusal: false,
    declaresOthers: false,
    otherId: ['IdMismatch', 'Document ID does not match the specified configuration ID.'],
    malformed: {
      'another format': inventory({ destination: '<Bucket>arn:aws:s3:::reports</Bucket><Format>JSON</Format>' }),
      'no bucket': inventory({ destination: '<Format>CSV</Format>' }),
      'another frequency': inventory({ schedule: '<Schedule><Frequency>Monthly</Frequency></Schedule>' }),
      'no schedule': inventory({ schedule: '' }),
      'other versions': inventory({ versions: '<IncludedObjectVersions>Some</IncludedObjectVersions>' }),
      'no word on versions': inventory({ versions: '' }),
      'no word on whether it is enabled': inventory({ enabled: '' }),
      'no Id': inventory({ id: '' }),
      'another field': inventory({ more: '<OptionalFields><Field>Colour</Field></OptionalFields>' }),
      'a filter without a prefix': inventory({ more: '<Filter/>' }),
      'two kinds of encryption': inventory({
        destination:
          '<Bucket>arn:aws:s3:::reports</Bucket><Format>CSV</Format><Encryption><SSE-S3/><SSE-KMS><KeyId>k</KeyId></SSE-KMS></Encryption>',
      }),
    },
  },
  metrics: {
    value: {
      Id: 'a',
      Filter: { And: { ...and, AccessPointArn: accessPoint } },
    },
    query: 'metrics',
    root: 'MetricsConfiguration',
    rootOfList: 'ListMetricsConfigurationsResult',
    document: `<Id>a</Id><Filter><And>${andDocument}<AccessPointArn>${accessPoint}</AccessPointArn></And></Filter>`,
    smallest: '<Id>ID</Id>',
    prologOfList: '<?xml version="1.0" encoding="UTF-8"?>',
    prologOfOne: '<?xml version="1.0" encoding="UTF-8"?>',
    declaresRefusal: true,
    declaresOthers: true,
    otherId: malformed,
    malformed: badFilters((filter) => `<Id>a</Id>${filter}`),
  },
};

export const familyValues: Pick<ConfigurationValues, FamilyName> = {
  analytics: [familyCases.analytics.value],
  intelligentTiering: [familyCases.intelligentTiering.value],
  inventory: [familyCases.inventory.value],
  metrics: [familyCases.metrics.value],
};
