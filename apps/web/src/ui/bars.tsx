import './bars.css';

export type Bar = Readonly<{ key: string; name: string; value: number; /** Shown instead of the number, for hidden counts. */ words?: string }>;

/** Horizontal bars with their numbers: for a handful of values that need no chart library. */
export function Bars({ bars, label }: Readonly<{ bars: readonly Bar[]; label: string }>) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul className="plain bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className="bars__row">
          <span>{bar.name}</span>
          <span className="bars__track" aria-hidden="true">
            <span className="bars__bar" style={{ width: `${(100 * bar.value) / most}%` }} />
          </span>
          <strong className="figures">{bar.words ?? bar.value}</strong>
        </li>
      ))}
    </ul>
  );
}
