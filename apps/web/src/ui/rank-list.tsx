import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { useId, useState, type ReactNode } from 'react';
import { t } from '../words/core.js';
import './rank-list.css';

export type RankEntry = Readonly<{ id: string; name: string; note?: ReactNode }>;

/** The list with one entry moved to another place; places are zero-based. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const next = [...list];
  const [entry] = next.splice(from, 1);
  if (entry !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, entry);
  return next;
}

/**
 * An ordered list that is changed by buttons (up, down, move to), by dragging, or by the keyboard. Every move is said aloud,
 * and focus stays with the entry that moved.
 */
export function RankList({ entries, onOrder, onRemove, label, locked = false }: Readonly<{ entries: readonly RankEntry[]; onOrder: (ids: readonly string[]) => void; onRemove?: (id: string) => void; label: string; locked?: boolean }>) {
  const [said, setSaid] = useState('');
  const scope = useId();
  const go = (from: number, to: number): void => {
    const entry = entries[from];
    if (entry === undefined || to < 0 || to >= entries.length || to === from) return;
    onOrder(moved(entries, from, to).map((each) => each.id));
    setSaid(t('rank.moved', { name: entry.name, place: to + 1, count: entries.length }));
  };
  const drop = ({ source, destination }: DropResult): void => {
    if (destination) go(source.index, destination.index);
  };
  return (
    <DragDropContext onDragEnd={drop} dragHandleUsageInstructions={t('rank.hint')}>
      <Droppable droppableId={scope} isDropDisabled={locked}>
        {(area) => (
          <ol className="rank plain" aria-label={label} ref={area.innerRef} {...area.droppableProps}>
            {entries.map((entry, index) => (
              <Draggable key={entry.id} draggableId={`${scope}${entry.id}`} index={index} isDragDisabled={locked}>
                {(drag, state) => (
                  <li className={`rank__entry${state.isDragging ? ' rank__entry--held' : ''}`} ref={drag.innerRef} {...drag.draggableProps}>
                    <span className="rank__place" aria-hidden="true">
                      {index + 1}
                    </span>
                    {locked ? (
                      <span />
                    ) : (
                      <span className="rank__grip" {...drag.dragHandleProps} aria-label={t('rank.drag', { name: entry.name })}>
                        <svg viewBox="0 0 10 16" width="10" height="16" aria-hidden="true">
                          {[2, 8, 14].flatMap((y) => [2, 8].map((x) => <circle key={`${x}${y}`} cx={x} cy={y} r="1.5" fill="currentColor" />))}
                        </svg>
                      </span>
                    )}
                    <span className="rank__what">
                      <span className="rank__name">
                        <span className="unseen">{t('rank.place', { place: index + 1 })}: </span>
                        {entry.name}
                      </span>
                      {entry.note !== undefined && <span className="rank__note">{entry.note}</span>}
                    </span>
                    {!locked && <Controls entry={entry} index={index} count={entries.length} go={go} onRemove={onRemove && ((id) => (onRemove(id), setSaid(t('rank.removed', { name: entry.name }))))} />}
                  </li>
                )}
              </Draggable>
            ))}
            {area.placeholder}
          </ol>
        )}
      </Droppable>
      <div className="unseen" role="status">
        {said}
      </div>
    </DragDropContext>
  );
}

function Controls({ entry, index, count, go, onRemove }: Readonly<{ entry: RankEntry; index: number; count: number; go: (from: number, to: number) => void; onRemove?: ((id: string) => void) | undefined }>) {
  return (
    <span className="rank__controls no-print">
      <button type="button" className="rank__button" aria-label={t('rank.up', { name: entry.name })} aria-disabled={index === 0} onClick={() => go(index, index - 1)}>
        ↑
      </button>
      <button type="button" className="rank__button" aria-label={t('rank.down', { name: entry.name })} aria-disabled={index === count - 1} onClick={() => go(index, index + 1)}>
        ↓
      </button>
      <select className="rank__select" aria-label={t('rank.moveTo', { name: entry.name })} value={index} onChange={(event) => go(index, Number(event.target.value))}>
        {Array.from({ length: count }, (_, place) => (
          <option key={place} value={place}>
            {place + 1}
          </option>
        ))}
      </select>
      {onRemove && (
        <button type="button" className="rank__button" aria-label={t('rank.remove', { name: entry.name })} onClick={() => onRemove(entry.id)}>
          ✕
        </button>
      )}
    </span>
  );
}
