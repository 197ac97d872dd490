import { replay } from '../replay';
import { storageClasses } from './storage-classes';

replay(storageClasses);
