import type { HandlersOf } from '@meriden/queue';
import { MailService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Tries } from './tries.js';

/** Jobs of the queue `mail`: a letter each. */
@Injectable()
export class MailProcessor {
  readonly handlers: HandlersOf<'mail'>;

  constructor(@Inject(MailService) mail: MailService, @Inject(Tries) tries: Tries) {
    this.handlers = { 'send-mail': tries.counted((job) => mail.send(job)) };
  }
}
