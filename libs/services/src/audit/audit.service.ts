import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@meriden/domain';
import { AuditChainStore, type ChainState, type ChainSummary, type SignedHead, type Tx } from '@meriden/persistence';
import { CONFIG, type Config } from '@meriden/platform';
import { checkAudit, type AuditCheck } from './audit-checker.js';
import { Desk } from '../desk.js';

/** PKCS 8 around the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The history that cannot be changed unseen: daily signatures, and the check of everything. */
@Injectable()
export class AuditService {
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(
    private readonly desk: Desk,
    private readonly chains: AuditChainStore,
    @Inject(CONFIG) config: Config,
  ) {
    const seed = hkdfSync('sha256', Buffer.from(config.secretsKey, 'hex'), '', 'meriden audit heads', 32);
    this.#key = createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.from(seed)]), format: 'der', type: 'pkcs8' });
    this.#publicKey = createPublicKey(this.#key);
  }

  /** Signs the end of each chain that went on since; once a day each. @returns how many were signed now. */
  async signHeads(): Promise<number> {
    return this.desk.uow.asSystem({ name: 'sign-audit-heads' }, async (tx) => {
      const ends = await this.chains.unsigned(tx, this.desk.clock.today());
      for (const end of ends) await this.chains.sign(tx, this.signed(end));
      return ends.length;
    });
  }

  /** The end of a chain with today's date and the installation's signature. */
  signed(end: ChainState): SignedHead {
    const day = this.desk.clock.today();
    return { ...end, day, signedAt: this.desk.clock.now(), signature: sign(null, signedText(end, day), this.#key).toString('base64') };
  }

  /** How far the chains reach and when they were signed; null for whoever may not see everybody's history. */
  async state(tx: Tx, actor: Actor): Promise<ChainSummary | null> {
    return this.desk.seesAll(actor, 'auditEntry') ? this.chains.summary(tx) : null;
  }

  /** Reads and hashes everything, at the server's own terminal. */
  async check(): Promise<AuditCheck> {
    return this.desk.uow.atTerminal({ name: 'check-audit' }, (tx) => this.checkIn(tx));
  }

  checkIn(tx: Tx): Promise<AuditCheck> {
    return checkAudit(tx, this.chains, (head) => verify(null, signedText(head, head.day), this.#publicKey, Buffer.from(head.signature, 'base64')));
  }

  /** Every signed end, and the key by which a stranger can check the signatures. To be kept somewhere else than the database. */
  async heads(): Promise<Readonly<{ publicKey: string; heads: readonly SignedHead[] }>> {
    const heads = await this.desk.uow.atTerminal({ name: 'read-audit-heads' }, (tx) => this.chains.heads(tx));
    return { publicKey: this.#publicKey.export({ format: 'pem', type: 'spki' }).toString(), heads };
  }
}

function signedText({ chain, seq, head }: ChainState, day: string): Buffer {
  return Buffer.from(`meriden audit head\n${day}\n${chain}\n${seq}\n${head}\n`, 'utf8');
}
