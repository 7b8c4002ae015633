import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Hex SHA-256 of UTF-8 text, synchronous: what the matching library asks for. */
export const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
