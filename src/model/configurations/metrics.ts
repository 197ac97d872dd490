import { S3Error } from '../../refusals/s3-error';
import { configurationFamily } from './family';
import { checkFilter } from './filters';

/** The request metrics of a bucket. The mock measures nothing (F380). */
export const metrics = configurationFamily('metrics', {
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter }) {
    checkFilter(Filter);
    if (Filter?.Prefix === '') throw new S3Error('MalformedXML', {}, '<Prefix> is empty');
  },
});
