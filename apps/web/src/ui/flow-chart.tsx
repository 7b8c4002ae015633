import { SankeyChart } from 'echarts/charts';
import { AriaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([SankeyChart, TooltipComponent, AriaComponent, SVGRenderer]);

/** One flow of people; `stops` = they go no further. */
export type Flow = Readonly<{ from: string; to: string; value: number; stops?: boolean }>;

/** How many come how far, as bands whose width is their number. Loaded only where it is shown. */
export function FlowChart({ flows, label }: Readonly<{ flows: readonly Flow[]; label: string }>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const chart: ECharts = init(element, null, { renderer: 'svg' });
    const draw = (): void => void chart.setOption(optionOf(flows, getComputedStyle(document.documentElement), element.clientWidth), true);
    draw();
    const fit = new ResizeObserver(() => {
      chart.resize();
      draw();
    });
    fit.observe(element);
    const recolour = new MutationObserver(draw);
    recolour.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme', 'data-contrast'] });
    return () => {
      fit.disconnect();
      recolour.disconnect();
      chart.dispose();
    };
  }, [flows]);
  return <div ref={box} role="img" aria-label={`${label}: ${flows.map(({ from, to, value }) => `${from} – ${to} ${value}`).join(', ')}`} style={{ height: 360 }} />;
}

/** Below this width the bands run downwards. */
const NARROW = 560;

function optionOf(flows: readonly Flow[], style: CSSStyleDeclaration, width: number) {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const ends = new Set(flows.filter(({ stops }) => stops).map(({ to }) => to));
  const names = [...new Set(flows.flatMap(({ from, to }) => [from, to]))];
  const narrow = width < NARROW;
  return {
    animation: false,
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'sankey',
        orient: narrow ? 'vertical' : 'horizontal',
        draggable: false,
        emphasis: { disabled: true },
        nodeGap: 14,
        nodeWidth: 14,
        nodeAlign: 'left',
        left: 4,
        right: narrow ? 24 : 150,
        top: 16,
        bottom: narrow ? 40 : 16,
        data: names.map((name) => ({ name, itemStyle: { color: ends.has(name) ? token('--marigold') : token('--pine'), borderWidth: 0 } })),
        links: flows.map(({ from, to, value, stops }) => ({ source: from, target: to, value, lineStyle: { color: stops ? token('--marigold') : token('--pine'), opacity: 0.32 } })),
        label: { color: token('--ink'), fontFamily: token('--face-text'), fontSize: narrow ? 12 : 14, textBorderColor: token('--sheet'), textBorderWidth: 2, formatter: ({ name, value }: { name: string; value: number }) => `${name}: ${value}` },
      },
    ],
  };
}
