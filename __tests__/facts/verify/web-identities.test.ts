import { replay } from './replay';

replay('web-identities');
