import { replay } from './replay';

replay('checksums');
