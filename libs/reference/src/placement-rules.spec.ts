import { referenceData } from '../../../test/support/reference-data.js';
import { deliveryRule, legalLimit, minimumHours, mostHours, type Approach } from './placement-rules.js';
import type { Route } from './qualifications.js';

const { placementRules: rules, tLevelReturn } = referenceData();
const most = (approach: Approach, route: Route | null, onDate = '2026-11-22') => {
  const rule = deliveryRule(rules, approach, route, onDate);
  return rule === null ? null : mostHours(rule, 315);
};

describe('placement rules', () => {
  it('ask 315 hours of a T Level, 750 of an early years educator, and none that we know of an HTQ', () => {
    expect(minimumHours(rules, 'T_LEVEL')).toBe(315);
    expect(minimumHours(rules, 'T_LEVEL', 'early-years-educator')).toBe(750);
    expect(minimumHours(rules, 'T_LEVEL', 'some-other')).toBe(315);
    expect(minimumHours(rules, 'HTQ')).toBeNull();
    expect(minimumHours(rules, 'OTHER')).toBeNull();
  });

  it('limit each delivery approach in whole hours', () => {
    expect(most('WORK_TASTER', null)).toBe(35);
    expect(most('SMALL_TEAM_PROJECT', null)).toBe(105);
    expect(most('REMOTE', 'Health and science')).toBe(63);
    expect(most('REMOTE', 'Digital')).toBe(157);
    expect(most('SUPPLY_CHAIN', null)).toBeNull();
    expect(deliveryRule(rules, 'SMALL_TEAM_PROJECT', null, '2026-11-22')?.cannotCombineWith).toEqual(['SKILLS_HUB']);
  });

  it('apply from their date on', () => {
    expect(deliveryRule(rules, 'REMOTE', 'Digital', '2024-12-31')).toBeNull();
  });

  it('hold the limits for young workers and say where they come from', () => {
    expect(legalLimit(rules, 'young-worker-hours-a-week')).toBe(40);
    expect(legalLimit(rules, 'young-worker-night-from')).toBe(22 * 60);
    for (const limit of rules.limits.values()) expect(limit.source).not.toBe('');
  });
});

describe('the industry placement return', () => {
  it('has five columns, four statuses, nine reasons and the thirteen messages', () => {
    expect(tLevelReturn.columns).toEqual(['ULN', 'Core code', 'Industry placement status', 'Industry placement hours', 'Reason for special consideration']);
    expect([tLevelReturn.statuses.size, tLevelReturn.reasons.size, tLevelReturn.rules.size]).toEqual([4, 9, 13]);
  });

  it('does not present the meaning of a reason code as a fact', () => {
    for (const reason of tLevelReturn.reasons.values()) expect(reason.certainty).toBe('approximate');
  });
});
