import { useVirtualizer } from '@tanstack/react-virtual';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../words/core.js';
import './data-table.css';

export type Column<Row> = Readonly<{
  key: string;
  name: string;
  /** What a cell shows. */
  cell: (row: Row) => ReactNode;
  /** CSS width of the column, such as `2fr` or `7rem`. */
  width?: string;
  end?: boolean;
  sortable?: boolean;
}>;
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
  /** Longest height before the rows scroll; the list is drawn row by row, so 1,000 rows cost as much as 30. */
  height?: number;
}>;

const ROW = 52;

/** A table that stays a table for assistive technology, draws only the rows in view, and turns into cards on a narrow screen. */
export function DataTable<Row>(props: Props<Row>) {
  const narrow = useMediaQuery('(max-width: 40em)') ?? false;
  const { rows, columns, idOf, height = 620 } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => (narrow ? 40 + 32 * columns.length : ROW), overscan: 8, getItemKey: (index) => idOf(rows[index] as Row) });
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
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index] as Row;
              const id = idOf(row);
              return (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={`table__row table__row--body${props.selected === id ? ' table__row--selected' : ''}`}
                  style={{ gridTemplateColumns: narrow ? undefined : template, transform: `translateY(${item.start}px)` }}
                  onClick={() => props.onSelect?.(id)}
                >
                  {columns.map((column) => (
                    <div key={column.key} role="cell" className={column.end ? 'table__cell table__cell--end' : 'table__cell'}>
                      {narrow && (
                        <span className="table__label" aria-hidden="true">
                          {column.name}
                        </span>
                      )}
                      <span className="table__value">{column.cell(row)}</span>
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
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
