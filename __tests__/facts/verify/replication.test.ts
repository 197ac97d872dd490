import { replay } from './replay';

replay('replication');
