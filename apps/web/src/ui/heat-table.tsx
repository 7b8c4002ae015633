import './heat-table.css';

export type HeatRow = Readonly<{ key: string; name: string; values: readonly number[]; beside?: readonly string[] }>;

/** A heat map that is a table: the number stands in each cell, the shade only repeats it; zero stays blank. Columns `beside` it stand before it, have a scale of their own, and no shade. */
export function HeatTable({ label, corner, columns, rows, beside = [] }: Readonly<{ label: string; corner: string; columns: readonly string[]; rows: readonly HeatRow[]; beside?: readonly string[] }>) {
  const most = Math.max(1, ...rows.flatMap((row) => row.values));
  return (
    <div className="heat" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {beside.map((column) => (
              <th key={column} scope="col" className="heat__beside">
                {column}
              </th>
            ))}
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {(row.beside ?? []).map((value, index) => (
                <td key={beside[index]} className="heat__beside">
                  {value}
                </td>
              ))}
              {row.values.map((value, index) => (
                <td key={columns[index]} className={`heat__${value === 0 ? 0 : 1 + Math.min(3, Math.floor((4 * value) / most))}`}>
                  {value === 0 ? '' : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
