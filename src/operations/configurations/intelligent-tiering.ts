import { intelligentTiering } from '../../model/configurations/intelligent-tiering';
import { familyOperations } from './family-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html */
export const intelligentTieringOperations = familyOperations(intelligentTiering, {
  query: 'intelligent-tiering',
  actions: { read: 's3:GetIntelligentTieringConfiguration', write: 's3:PutIntelligentTieringConfiguration' },
  root: 'IntelligentTieringConfiguration',
  rootOfList: 'ListIntelligentTieringConfigurationsResult',
  prologOfList: 'none',
  whenNone: 'NoSuchUndeclaredConfiguration',
});
