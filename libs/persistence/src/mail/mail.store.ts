import type { IsoInstant, Mail, MailId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { MailEntity } from './mail.entity.js';

/** Written by whoever causes a mail, read and closed by the worker alone. */
@Injectable()
export class MailStore {
  insert(tx: Tx, mail: Mail): Promise<void> {
    return insertRows(tx, MailEntity, [mail]);
  }

  byId(tx: Tx, id: MailId): Promise<Mail | null> {
    return tx.manager.findOneBy(MailEntity, { id });
  }

  async sent(tx: Tx, id: MailId, at: IsoInstant): Promise<void> {
    await tx.manager.query('update mail set sent_at = $2, address = null where id = $1', [id, at]);
  }
}
