import type { ScoringInput } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { ScoringInputEntity } from './scoring-input.entity.js';

@Injectable()
export class ScoringInputStore {
  /** Keeps what is not kept yet: most of it is, so the digests go ahead of the bodies. */
  async keep(tx: Tx, inputs: readonly ScoringInput[]): Promise<void> {
    if (inputs.length === 0) return;
    const rows = await tx.manager.query<{ hash: string }[]>('select hash from scoring_input where hash = any ($1::text[])', [inputs.map((input) => input.hash)]);
    const known = new Set(rows.map((row) => row.hash));
    // In one order for all: whoever else keeps some of the same is waited for, and two that came at them from both ends would wait for one another.
    const missing = inputs.filter((input) => !known.has(input.hash)).sort((a, b) => (a.hash < b.hash ? -1 : 1));
    await insertRows(tx, ScoringInputEntity, missing, 'on conflict (hash) do nothing');
  }

  /** The bodies by digest; what was never kept, or is not to be seen, is left out. */
  async bodies(tx: Tx, hashes: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.manager.findBy(ScoringInputEntity, { hash: In([...hashes]) });
    return new Map(rows.map((row) => [row.hash, row.body]));
  }
}
