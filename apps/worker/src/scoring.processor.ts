import type { HandlersOf } from '@meriden/queue';
import { EligibilityService, ScoringService, ScoringSettingsService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Tries } from './tries.js';

/** Jobs of the queue `scoring`. The service computes in stretches that let the event loop breathe, so no thread is needed. */
@Injectable()
export class ScoringProcessor {
  readonly handlers: HandlersOf<'scoring'>;

  constructor(@Inject(ScoringService) scoring: ScoringService, @Inject(ScoringSettingsService) settings: ScoringSettingsService, @Inject(EligibilityService) eligibility: EligibilityService, @Inject(Tries) tries: Tries) {
    this.handlers = {
      'score-learner': tries.counted((job) => scoring.scoreLearner(job)),
      'score-vacancy': tries.counted((job) => scoring.scoreVacancy(job)),
      'score-region': tries.counted((job) => scoring.planRun(job)),
      'score-chunk': tries.counted((job) => scoring.runChunk(job)),
      'spread-run': tries.counted((job) => scoring.spreadRun(job)),
      'answer-eligibility': tries.counted((job) => eligibility.answer(job)),
      'shadow-weights': tries.counted((job) => settings.shadow(job)),
    };
  }
}
