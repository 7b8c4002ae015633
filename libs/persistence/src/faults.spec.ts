import { serverWentAway } from './faults.js';

const coded = (code: string): Error => Object.assign(new Error('told by nobody'), { code });

describe('a server that went away', () => {
  it('is told by what PostgreSQL, the network or the driver says, from under the ORM’s wrapper too', () => {
    for (const code of ['55P03', '57P01', '57P02', '57P03', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ESOCKET']) {
      expect([code, serverWentAway(coded(code)), serverWentAway(Object.assign(new Error('query failed'), { driverError: coded(code) }))]).toEqual([code, true, true]);
    }
    expect(serverWentAway(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(serverWentAway(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]))).toBe(true);
  });

  it('is not what the work itself does wrong', () => {
    for (const code of ['23505', '42P01', '22P02', '57014', '40001', 'ENOENT', 'ERR_INVALID_ARG_TYPE']) expect([code, serverWentAway(coded(code))]).toEqual([code, false]);
    for (const fault of [new Error('no secret'), new TypeError('x is undefined'), new AggregateError([]), new AggregateError([coded('ECONNREFUSED'), new Error('other')]), null, 'text', undefined]) expect(serverWentAway(fault)).toBe(false);
  });
});
