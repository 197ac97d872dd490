import { replay } from './replay';

replay('customer-keys');
