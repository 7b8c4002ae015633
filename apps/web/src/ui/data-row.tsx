import { memo, type ReactNode, type Ref } from 'react';

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

type Props<Row> = Readonly<{
  id: string;
  /** Among all rows, from 0. */
  index: number;
  row: Row;
  columns: readonly Column<Row>[];
  narrow: boolean;
  template: string;
  selected: boolean;
  onSelect?: ((id: string) => void) | undefined;
  /** Pixels from the top of a list of which only the rows in view are drawn. */
  top?: number;
  measure?: Ref<HTMLDivElement>;
}>;

function Body<Row>({ id, index, row, columns, narrow, template, selected, onSelect, top, measure }: Props<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      ref={measure}
      data-index={index}
      className={`table__row table__row--body${top === undefined ? '' : ' table__row--placed'}${selected ? ' table__row--selected' : ''}`}
      style={{ gridTemplateColumns: narrow ? undefined : template, transform: top === undefined ? undefined : `translateY(${top}px)` }}
      onClick={() => onSelect?.(id)}
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
}

/** One row of a table; drawn again only when something of it changed, so that scrolling draws the rows that come and no others. */
export const BodyRow = memo(Body) as typeof Body;
