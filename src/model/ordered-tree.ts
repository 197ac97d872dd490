import BTree from 'sorted-btree';

// A map in the order of its keys. A clone shares all nodes until one of the two changes them, so that a snapshot costs nothing.
export { BTree as OrderedTree };
