/** What somebody with the rights of a superuser could do to one chain: each variant is a list of statements. */
type Tampering = Readonly<{ name: string; statements: readonly string[] }>;

const quoted = (text: string): string => `'${text}'`;

/** Variants on entries chosen by `seed`: every column changed, entries and links taken out, put in, moved and swapped, ends forged. */
export function tamperings(chain: string, seed: number): readonly Tampering[] {
  const of = quoted(chain);
  const seqs = ['1', `(select 2 + ${seed} % (max(seq) - 2) from audit_link where chain = ${of})`, `(select max(seq) from audit_link where chain = ${of})`];
  const list: Tampering[] = [];
  for (const [place, seq] of [['first', seqs[0]], ['middle', seqs[1]], ['last', seqs[2]]] as const) {
    const entry = `(select entry_id from audit_link where chain = ${of} and seq = ${seq})`;
    const link = `chain = ${of} and seq = ${seq}`;
    const add = (name: string, ...statements: string[]): void => void list.push({ name: `${place}: ${name}`, statements });
    for (const column of ['verb', 'noun', 'object_id']) {
      add(`${column}, one byte more`, `update audit_entry set ${column} = ${column} || '.' where id = ${entry}`);
      add(`${column}, one byte flipped`, `update audit_entry set ${column} = chr(ascii(${column}) # 1) || substr(${column}, 2) where id = ${entry}`);
      add(`${column}, one byte less`, `update audit_entry set ${column} = substr(${column}, 2) where id = ${entry}`);
    }
    // The same bytes shared out in another way among two columns.
    add('a byte moved to the next column', `update audit_entry set verb = left(verb, -1), noun = right(verb, 1) || noun where id = ${entry}`);
    add('detail', `update audit_entry set detail = detail || '{"x": 1}' where id = ${entry}`);
    add('detail emptied', `update audit_entry set detail = '{"y": null}' where id = ${entry}`);
    add('a millisecond', `update audit_entry set at = at + interval '1 millisecond' where id = ${entry}`);
    add('another person', `update audit_entry set person_id = gen_random_uuid() where id = ${entry}`);
    add('nobody', `update audit_entry set person_id = null where id = ${entry}`);
    add('another tenant', `update audit_entry set organisation_id = gen_random_uuid() where id = ${entry}`);
    add('entry taken out', `delete from audit_entry where id = ${entry}`);
    add('link taken out', `delete from audit_link where ${link}`);
    add('entry and link taken out', `delete from audit_entry where id = ${entry}`, `delete from audit_link where ${link}`);
    add('digest of the link', `update audit_link set hash = encode(sha256(hash::bytea), 'hex') where ${link}`);
    add('link to another entry', `update audit_link set entry_id = gen_random_uuid() where ${link}`);
    add('entry under another number', `with old as (select ${entry} as id), new as (select gen_random_uuid() as id)
      , e as (update audit_entry set id = (select id from new) where id = (select id from old)) update audit_link set entry_id = (select id from new) where ${link}`);
  }
  const swap = (name: string, a: string, b: string): void => {
    const ids = `select (select entry_id from audit_link where chain = ${of} and seq = ${a}) as a, (select entry_id from audit_link where chain = ${of} and seq = ${b}) as b`;
    list.push({
      name: `${name}: contents swapped`,
      statements: [
        `with ids as (${ids}), x as (select * from audit_entry, ids where id = ids.a), y as (select * from audit_entry, ids where id = ids.b)
         update audit_entry e set at = o.at, object_id = o.object_id, detail = o.detail, verb = o.verb
         from (select x.a as target, y.* from x, y union all select y.b, x.* from x, y) o where e.id = o.target`,
      ],
    });
    list.push({
      name: `${name}: places swapped`,
      statements: [`with pair as (select ${a} as a, ${b} as b) update audit_link set seq = 1000000 + case seq when pair.a then pair.b else pair.a end from pair where chain = ${of} and seq in (pair.a, pair.b)`, `update audit_link set seq = seq - 1000000 where chain = ${of} and seq > 1000000`],
    });
  };
  swap('first two', '1', '2');
  swap('first and middle', '1', seqs[1] as string);
  swap('middle and last', seqs[1] as string, seqs[2] as string);
  list.push(
    { name: 'an entry put in', statements: [`insert into audit_entry values (gen_random_uuid(), now(), null, ${of}, 'v', 'n', 'o', '{}')`] },
    { name: 'the end noted elsewhere', statements: [`update audit_chain set seq = seq - 1 where chain = ${of}`] },
    { name: 'the end noted with another digest', statements: [`update audit_chain set head = repeat('a', 64) where chain = ${of}`] },
    { name: 'the end no longer noted', statements: [`delete from audit_chain where chain = ${of}`] },
    { name: 'a signature forged', statements: [`update audit_head set signature = encode(sha256('x'), 'base64') where chain = ${of}`] },
    { name: 'a signed end moved', statements: [`update audit_head set seq = seq - 1 where chain = ${of}`] },
    { name: 'everything taken out, with the note of its end', statements: [`delete from audit_entry where organisation_id = ${of}`, `delete from audit_link where chain = ${of}`, `delete from audit_chain where chain = ${of}`] },
    {
      name: 'the last taken out and the end noted anew',
      statements: [
        `delete from audit_entry where id = (select entry_id from audit_link where chain = ${of} order by seq desc limit 1)`,
        `delete from audit_link where chain = ${of} and seq = (select max(seq) from audit_link where chain = ${of})`,
        `update audit_chain set (seq, head) = (select seq, hash from audit_link where chain = ${of} order by seq desc limit 1) where chain = ${of}`,
      ],
    },
    {
      name: 'one changed and everything after it computed anew, by the database’s own function',
      statements: [
        `update audit_entry set verb = 'did nothing to' where id = (select entry_id from audit_link where chain = ${of} and seq = 2)`,
        `do $$ declare l audit_link; e audit_entry; previous text := repeat('0', 64); begin
           for l in select * from audit_link where chain = ${of} order by seq loop
             select * into e from audit_entry where id = l.entry_id;
             previous := audit_hash(l.chain, l.seq, previous, e);
             update audit_link set hash = previous where chain = l.chain and seq = l.seq;
           end loop;
           update audit_chain set head = previous where chain = ${of};
         end $$`,
      ],
    },
  );
  return list;
}
