import { replay } from './replay';

replay('versioning');
