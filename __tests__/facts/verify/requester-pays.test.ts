import { replay } from './replay';

replay('requester-pays');
