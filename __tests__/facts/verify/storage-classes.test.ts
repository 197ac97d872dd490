import { replay } from './replay';

replay('storage-classes');
