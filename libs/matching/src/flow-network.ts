/**
 * A directed network with integer capacities and, for mode `score`, integer costs. Arc 2i runs forward, 2i+1 is its residual.
 * Arcs are added first, then `seal` lays the adjacency out in compressed rows; capacities change as flow is pushed.
 */
export class FlowNetwork {
  private readonly from: number[] = [];
  private readonly target: number[] = [];
  private readonly room: number[] = [];
  to: Int32Array = new Int32Array(0);
  capacity: Int32Array = new Int32Array(0);
  rowStart: Int32Array = new Int32Array(0);
  row: Int32Array = new Int32Array(0);

  constructor(readonly nodes: number) {}

  /** Adds an arc holding `flow` already; returns its number (even). */
  arc(from: number, to: number, capacity: number, flow = 0): number {
    const id = this.target.length;
    this.from.push(from, to);
    this.target.push(to, from);
    this.room.push(capacity - flow, flow);
    return id;
  }

  seal(): this {
    const arcs = this.target.length;
    this.to = Int32Array.from(this.target);
    this.capacity = Int32Array.from(this.room);
    this.rowStart = new Int32Array(this.nodes + 1);
    for (let a = 0; a < arcs; a++) this.rowStart[(this.from[a] as number) + 1]!++;
    for (let v = 0; v < this.nodes; v++) this.rowStart[v + 1]! += this.rowStart[v] as number;
    this.row = new Int32Array(arcs);
    const cursor = this.rowStart.slice(0, this.nodes);
    for (let a = 0; a < arcs; a++) this.row[cursor[this.from[a] as number]!++] = a;
    return this;
  }

  get arcs(): number {
    return this.to.length;
  }

  /** Flow on a forward arc. */
  flow(arc: number): number {
    return this.capacity[arc + 1] as number;
  }

  /** Levels of a breadth-first search over residual arcs; -1 unreached. */
  levels(source: number, usable: (arc: number) => boolean = () => true): Int32Array {
    const level = new Int32Array(this.nodes).fill(-1);
    const queue = new Int32Array(this.nodes);
    let tail = 0;
    queue[tail++] = source;
    level[source] = 0;
    for (let head = 0; head < tail; head++) {
      const v = queue[head] as number;
      for (let i = this.rowStart[v] as number; i < (this.rowStart[v + 1] as number); i++) {
        const a = this.row[i] as number;
        const w = this.to[a] as number;
        if ((this.capacity[a] as number) === 0 || level[w] !== -1 || !usable(a)) continue;
        level[w] = (level[v] as number) + 1;
        queue[tail++] = w;
      }
    }
    return level;
  }

  /**
   * Dinic's algorithm from the flow present: O(arcs sqrt(nodes)) on these unit-capacity bipartite networks. Returns the flow added.
   */
  augment(source: number, sink: number, usable: (arc: number) => boolean = () => true): number {
    let added = 0;
    for (;;) {
      const level = this.levels(source, usable);
      if (level[sink] === -1) return added;
      added += this.blockingFlow(source, sink, level, usable);
    }
  }

  private blockingFlow(source: number, sink: number, level: Int32Array, usable: (arc: number) => boolean): number {
    const next = this.rowStart.slice(0, this.nodes);
    const path: number[] = [];
    let added = 0;
    let v = source;
    for (;;) {
      if (v === sink) {
        let push = Infinity;
        for (const a of path) push = Math.min(push, this.capacity[a] as number);
        for (const a of path) {
          this.capacity[a]! -= push;
          this.capacity[a ^ 1]! += push;
        }
        added += push;
        path.length = 0;
        v = source;
        continue;
      }
      let advanced = false;
      for (let i = next[v] as number; i < (this.rowStart[v + 1] as number); i++) {
        const a = this.row[i] as number;
        const w = this.to[a] as number;
        next[v] = i;
        if ((this.capacity[a] as number) > 0 && level[w] === (level[v] as number) + 1 && usable(a)) {
          path.push(a);
          v = w;
          advanced = true;
          break;
        }
      }
      if (advanced) continue;
      level[v] = -1;
      const back = path.pop();
      if (back === undefined) return added;
      v = this.to[back ^ 1] as number;
    }
  }
}
