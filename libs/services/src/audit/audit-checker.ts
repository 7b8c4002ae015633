import type { AuditChainStore, ChainRow, SignedHead, Tx } from '@meriden/persistence';
import { sha256 } from '@meriden/platform';

const PAGE = 5_000;
const BEGINNING = '0'.repeat(64);

/** Where the history is not what it was; `seq` is the place in the chain, null when it is not about one place. */
type Breach = Readonly<{ chain: string; seq: number | null; entryId: string | null; what: string }>;
export type AuditCheck = Readonly<{ chains: number; entries: number; heads: number; breaches: readonly Breach[] }>;

/** Says whether a signature under the end of a chain is the installation's own. */
type HeadIsOurs = (head: SignedHead) => boolean;

/**
 * Reads the whole history and hashes it anew, outside the database: whoever can change rows there can change its functions too.
 * Found are: an entry changed, taken out, put in or moved; a chain cut off at its end; and, at the latest after the next daily
 * signature, one that was computed anew from some place on. One breach a chain is told, the first.
 */
export async function checkAudit(tx: Tx, store: AuditChainStore, isOurs: HeadIsOurs): Promise<AuditCheck> {
  const breaches: Breach[] = [];
  // Ends before links: the chain may go on while we read.
  const states = await store.states(tx);
  const heads = await store.heads(tx);
  let entries = 0;
  for (const { chain, seq, head } of states) {
    const signed = heads.filter((one) => one.chain === chain);
    const walked = await walk(tx, store, chain, seq, head, signed);
    entries += walked.entries;
    const forged = signed.find((one) => !isOurs(one));
    if (walked.breach !== null) breaches.push(walked.breach);
    else if (forged !== undefined) breaches.push({ chain, seq: forged.seq, entryId: null, what: `The signature of ${forged.day} is not this installation’s.` });
  }
  for (const { id, organisationId } of await store.unchained(tx)) {
    breaches.push({ chain: organisationId ?? 'system', seq: null, entryId: id, what: 'The entry stands in no chain: it was put in past the trigger, or its link was taken out.' });
  }
  return { chains: states.length, entries, heads: heads.length, breaches };
}

async function walk(tx: Tx, store: AuditChainStore, chain: string, end: number, head: string, signed: readonly SignedHead[]): Promise<{ entries: number; breach: Breach | null }> {
  const signedAt = new Map(signed.map((one) => [one.seq, one]));
  let [seq, previous] = [0, BEGINNING];
  const broken = (at: number, entryId: string | null, what: string) => ({ entries: seq, breach: { chain, seq: at, entryId, what } });
  while (seq < end || end === 0) {
    const rows = await store.rows(tx, chain, seq, PAGE);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.seq !== seq + 1) return broken(seq + 1, null, `Place ${seq + 1} of the chain was taken out: ${row.seq} follows ${seq}.`);
      if (row.id === null) return broken(row.seq, row.entryId, 'The entry was taken out.');
      if (row.hash !== sha256(auditText(chain, previous, row))) return broken(row.seq, row.entryId, 'The entry, its place or the link to the one before was changed.');
      const mark = signedAt.get(row.seq);
      if (mark !== undefined && mark.head !== row.hash) return broken(row.seq, row.entryId, `The chain was computed anew after ${mark.day}, when another end was signed.`);
      seq = row.seq;
      previous = row.hash;
      if (seq === end && row.hash !== head) return broken(seq, row.entryId, 'The end of the chain is not the one that was noted.');
    }
  }
  if (seq < end) return broken(seq + 1, null, `The chain was cut off: ${end - seq} entries at its end are gone.`);
  if (end === 0 && seq > 0) return broken(seq, null, 'Where the chain ends is no longer noted.');
  const beyond = signed.find((one) => one.seq > seq);
  return beyond === undefined ? { entries: seq, breach: null } : broken(seq + 1, null, `On ${beyond.day} the chain had ${beyond.seq} entries; now it has ${seq}.`);
}

/** The text that is hashed; the trigger `audit_chained` builds the same in SQL. */
function auditText(chain: string, previous: string, row: ChainRow): string {
  const parts = [previous, chain, String(row.seq), row.id, row.at, row.personId, row.organisationId, row.verb, row.noun, row.objectId, row.detail];
  return parts.map((part) => (part === null ? '-' : `${Buffer.byteLength(part, 'utf8')}:${part}`)).join(',');
}
