import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { BodyRow, type Column } from './data-row.js';

const ROW = 52;
const BEYOND = 8;

type Props<Row> = Readonly<{ rows: readonly Row[]; columns: readonly Column<Row>[]; idOf: (row: Row) => string; selected?: string | undefined; onSelect?: (id: string) => void; narrow: boolean; template: string; box: RefObject<HTMLDivElement | null> }>;

/** The rows in view of a long list, and a few beyond. */
export function LongRows<Row>({ rows, columns, idOf, selected, onSelect, narrow, template, box }: Props<Row>) {
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => (narrow ? 40 + 32 * columns.length : ROW), overscan: BEYOND, getItemKey: (index) => idOf(rows[index] as Row) });
  return (
    <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index] as Row;
        const id = idOf(row);
        return <BodyRow key={item.key} id={id} index={item.index} row={row} columns={columns} narrow={narrow} template={template} selected={selected === id} onSelect={onSelect} top={item.start} measure={virtual.measureElement} />;
      })}
    </div>
  );
}
