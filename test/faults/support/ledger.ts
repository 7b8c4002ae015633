import pg from 'pg';

/** A command that a client holds an answer for: what it was about, and the version the answer gave. */
export type Acknowledged = Readonly<{ kind: string; subject: string; version: number | null }>;

export type Verdict = Readonly<{
  /** Commands in the database, those the worker gave itself included. */
  commands: number;
  /** Acknowledged, and no command with its effect is there; or a command of anybody's that is not done. */
  lost: number;
  /** Acknowledged once and accepted or done more than once; or any effect counted more than once. */
  doubled: number;
  /** Commands that were given up (they count as lost too). */
  dead: number;
  /** Most tries any command took. */
  mostTries: number;
  /** Sendings beyond the first. */
  resends: number;
  /** The first few findings in words. */
  findings: readonly string[];
}>;

const PATIENCE_MS = 60_000;

/** What really happened, read as the owner by SQL of its own: nothing here asks the services. */
export class Ledger {
  /** Kept open: what waits for something looks many times a second, and a session costs PostgreSQL more than a look. */
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 5_000, allowExitOnIdle: true });
    this.#pool.on('error', () => undefined);
  }

  /** One statement; asked again while the server restarts. */
  async sql<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return (await this.#pool.query(text, values)).rows as Row[];
      } catch (error) {
        if (!isAway(error) || performance.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Commands accepted and neither done nor given up. */
  async undone(): Promise<number> {
    const [row] = await this.sql<{ n: number }>(`select count(*)::int as n from command where state = 'ACCEPTED'`);
    return row?.n ?? 0;
  }

  async verdict(acknowledged: readonly Acknowledged[]): Promise<Verdict> {
    const findings: string[] = [];
    const [of, any] = await Promise.all([this.ofAcknowledged(acknowledged), this.ofAll()]);
    for (const row of of.filter((each) => each.commands !== 1)) {
      findings.push(`acknowledged ${row.kind} of ${row.subject} version ${row.version ?? '-'}: ${row.commands} commands`);
    }
    for (const row of any) findings.push(`command ${row.id} ${row.kind} ${row.state} after ${row.attempts} tries: ${row.effects} effects${row.reason === null ? '' : `, ${row.reason}`}`);
    const unfinished = await this.unfinishedRuns();
    const impossible = await this.impossible();
    findings.push(...impossible, ...unfinished);
    const [sums] = await this.sql<{ commands: number; dead: number; most: number; resends: number }>(
      `select count(*)::int as commands, count(*) filter (where state = 'DEAD')::int as dead, coalesce(max(attempts), 0)::int as most,
         (select coalesce(sum(greatest(sends - 1, 0)), 0)::int from outbox) as resends from command`,
    );
    return {
      commands: sums?.commands ?? 0,
      lost: of.filter((row) => row.commands === 0).length + any.filter((row) => row.state !== 'DONE' || row.effects === 0).length + unfinished.length,
      doubled: of.filter((row) => row.commands > 1).length + any.filter((row) => row.effects > 1).length + impossible.length,
      dead: sums?.dead ?? 0,
      mostTries: sums?.most ?? 0,
      resends: sums?.resends ?? 0,
      findings: findings.slice(0, 20),
    };
  }

  /** How many commands of a person stand behind each acknowledgement: one, or something is wrong. */
  private ofAcknowledged(acknowledged: readonly Acknowledged[]): Promise<(Acknowledged & Readonly<{ commands: number }>)[]> {
    return this.sql(
      // Joined by equal values alone: thirty thousand acknowledgements against as many commands would take an hour otherwise.
      `with about as (
         select distinct c.id, c.kind, s.subject, coalesce(c.payload->>'version', c.payload->>'attempt')::int as version
         from command c cross join lateral (values (c.payload->>'learnerId'), (c.payload->>'vacancyId'), (c.payload->>'runId'), (c.payload->>'roundId')) s(subject)
         where c.person_id is not null and s.subject is not null
       )
       select a.kind, a.subject, a.version, count(c.id)::int as commands
       from jsonb_to_recordset($1::jsonb) a(n int, kind text, subject text, version int)
       left join about c on c.kind = a.kind and c.subject = a.subject and (a.version is null or c.version = a.version)
       group by a.n, a.kind, a.subject, a.version`,
      [JSON.stringify(acknowledged.map((each, n) => ({ n, ...each })))],
    );
  }

  /**
   * Commands that are not done exactly once. An effect leaves one audit row in its own transaction: of the job itself, or of the
   * round it solved. An effect done twice leaves two, whatever the command's row says.
   */
  private ofAll(): Promise<{ id: string; kind: string; state: string; attempts: number; effects: number; reason: string | null }[]> {
    return this.sql(
      `with had as (
         select verb as kind, object_id as about, count(*)::int as effects from audit_entry where noun = 'job' and verb <> 'solve-round' group by verb, object_id
         union all
         select 'solve-round', object_id, count(*)::int from audit_entry where noun = 'round' and verb = 'solved' group by object_id
       )
       select c.id, c.kind, c.state, c.attempts, c.dead_reason as reason, coalesce(h.effects, 0) as effects
       from command c left join had h on h.kind = c.kind and h.about = case when c.kind = 'solve-round' then c.payload->>'roundId' else c.id::text end
       where c.state <> 'DONE' or coalesce(h.effects, 0) <> 1`,
    );
  }

  /** Regional runs whose chunks were not all done. */
  private async unfinishedRuns(): Promise<string[]> {
    const rows = await this.sql<{ finding: string }>(
      `select 'run ' || r.id || ' has ' || r.chunks_done || ' of ' || r.chunks || ' chunks' as finding from scoring_run r
       where r.state <> 'DONE' or r.chunks_done < r.chunks`,
    );
    return rows.map((row) => row.finding);
  }

  /** Chunks counted twice, lists that no single writer could have left, learners placed twice and vacancies filled beyond their openings. */
  private async impossible(): Promise<string[]> {
    const rows = await this.sql<{ finding: string }>(
      `select 'run ' || r.id || ' counted ' || r.chunks_done || ' chunks' as finding from scoring_run r
         where r.chunks_done > r.chunks or r.chunks_done <> (select count(*) from scoring_chunk k where k.run_id = r.id)
       union all
       select 'learner ' || learner_id || ' has ' || count(*) || ' suggestions, ranks to ' || max(rank) from suggestion
         group by learner_id having count(*) <> max(rank) or count(*) <> count(distinct rank) or count(*) > 20
       union all
       select 'the list of learner ' || coalesce(s.learner_id, l.learner_id) || ' is not noted as it is' from suggestion_list l
         full join (select learner_id, count(*) as n, min(fit_key) as lowest from suggestion group by learner_id) s on s.learner_id = l.learner_id
         where (l.length, l.lowest_fit) is distinct from (s.n, s.lowest)
       union all
       select 'round ' || round_id || ' places ' || learner_id || ' ' || count(*) || ' times' from outcome group by round_id, learner_id having count(*) > 1
       union all
       select 'round ' || o.round_id || ' overfills ' || v.id from outcome o join vacancy v on v.id = o.vacancy_id
         group by o.round_id, v.id, v.openings having count(*) > v.openings`,
    );
    return rows.map((row) => row.finding);
  }
}

/** A server that restarts: no connection, a cut one, one that is refused for now. Everything else is a fault of the statement. */
function isAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || /^(E[A-Z]+$|57P|08|53300)/.test(code);
}
