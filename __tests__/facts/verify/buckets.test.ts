import { replay } from './replay';

replay('buckets');
