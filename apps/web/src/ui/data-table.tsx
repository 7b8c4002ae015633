import { useMediaQuery } from '@mantine/hooks';
import { Suspense, lazy, useRef, type KeyboardEvent } from 'react';
import { t } from '../words/core.js';
import { BodyRow, type Column } from './data-row.js';
import './data-table.css';

export type Sort = Readonly<{ key: string; falling: boolean }>;

type Props<Row> = Readonly<{
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  selected?: string | undefined;
  onSelect?: (id: string) => void;
  /** Longest height before the rows scroll. Of a long list only the rows in view are drawn, so 1,000 rows cost as much as 30. */
  height?: number;
}>;

/** Most rows that are drawn all at once. What draws more comes when there are more. */
const SHORT = 50;
const LongRows = lazy(() => import('./long-rows.js').then(({ LongRows: Shown }) => ({ default: Shown as typeof Shown<unknown> })));

/** A table that stays a table for assistive technology, draws only the rows in view where there are many, and turns into cards on a narrow screen. */
export function DataTable<Row>(props: Props<Row>) {
  const narrow = useMediaQuery('(max-width: 40em)') ?? false;
  const { rows, columns, height = 620 } = props;
  const box = useRef<HTMLDivElement>(null);
  const template = columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ');
  return (
    <div className="table-frame">
      <div ref={box} className="table-scroll" style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={`${props.label}, ${t('table.rows', { count: rows.length })}`} onKeyDown={(event) => step(event, props)}>
        <div role="table" aria-label={props.label} aria-rowcount={rows.length + 1} className={narrow ? 'table table--cards' : 'table'}>
          <div role="rowgroup" className={narrow ? 'unseen' : 'table__head'}>
            <div role="row" aria-rowindex={1} className="table__row" style={{ gridTemplateColumns: template }}>
              {columns.map((column) => (
                <Heading key={column.key} column={column} sort={props.sort} onSort={narrow ? undefined : props.onSort} />
              ))}
            </div>
          </div>
          {rows.length <= SHORT ? (
            <ShortRows {...props} narrow={narrow} template={template} />
          ) : (
            <Suspense fallback={<ShortRows {...props} rows={rows.slice(0, SHORT)} narrow={narrow} template={template} />}>
              <LongRows {...(props as unknown as Props<unknown>)} narrow={narrow} template={template} box={box} />
            </Suspense>
          )}
        </div>
      </div>
    </div>
  );
}

function ShortRows<Row>({ rows, columns, idOf, selected, onSelect, narrow, template }: Props<Row> & Readonly<{ narrow: boolean; template: string }>) {
  return (
    <div role="rowgroup">
      {rows.map((row, index) => {
        const id = idOf(row);
        return <BodyRow key={id} id={id} index={index} row={row} columns={columns} narrow={narrow} template={template} selected={selected === id} onSelect={onSelect} />;
      })}
    </div>
  );
}

function Heading<Row>({ column, sort, onSort }: Readonly<{ column: Column<Row>; sort?: Sort | undefined; onSort?: ((sort: Sort) => void) | undefined }>) {
  const mine = sort?.key === column.key;
  return (
    <div role="columnheader" aria-sort={mine ? (sort.falling ? 'descending' : 'ascending') : undefined} className={column.end ? 'table__cell table__cell--end' : 'table__cell'}>
      {column.sortable && onSort ? (
        <button type="button" className="table__sort" onClick={() => onSort({ key: column.key, falling: mine ? !sort.falling : false })}>
          {column.name} <span aria-hidden="true">{mine ? (sort.falling ? '↓' : '↑') : '↕'}</span>
        </button>
      ) : (
        column.name
      )}
    </div>
  );
}

/** J and K, and the arrow keys, walk through the rows when something listens to the selection. */
function step<Row>(event: KeyboardEvent, { rows, idOf, selected, onSelect }: Props<Row>): void {
  if (!onSelect || event.target !== event.currentTarget) return;
  const by = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || rows.length === 0) return;
  event.preventDefault();
  const at = rows.findIndex((row) => idOf(row) === selected);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (next !== undefined) onSelect(idOf(next));
}
