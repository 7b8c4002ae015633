import type { HandlersOf } from '@meriden/queue';
import { PersonalDataService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Tries } from './tries.js';

/** Jobs of the queue `privacy`: what people asked about their own data. The payload is the request's id; whose it is stands in PostgreSQL alone. */
@Injectable()
export class PrivacyProcessor {
  readonly handlers: HandlersOf<'privacy'>;

  constructor(@Inject(PersonalDataService) people: PersonalDataService, @Inject(Tries) tries: Tries) {
    this.handlers = { 'answer-subject-request': tries.counted((job) => people.answer(job)) };
  }
}
