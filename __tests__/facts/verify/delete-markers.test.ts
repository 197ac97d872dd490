import { replay } from './replay';

replay('delete-markers');
