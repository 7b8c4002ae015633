import { ScatterChart } from 'echarts/charts';
import { AriaComponent, GeoComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { init, registerMap, use, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import boundaries from '../../../../libs/reference/data/boundaries-west-midlands.geojson?url';

use([ScatterChart, GeoComponent, TooltipComponent, AriaComponent, LabelLayout, SVGRenderer]);

const MAP = 'west-midlands';
export type MapPlace = Readonly<{ key: string; name: string; lat: number; lon: number; value: number }>;

/** Circles on the districts of the region; area grows with the value. Loaded only where it is shown. */
export function CampusMap({ places, label }: Readonly<{ places: readonly MapPlace[]; label: string }>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let chart: ECharts | undefined;
    let gone = false;
    const element = box.current;
    if (element === null) return undefined;
    const fit = new ResizeObserver(() => chart?.resize());
    void fetch(boundaries)
      .then((response) => response.json())
      .then((districts: Parameters<typeof registerMap>[1]) => {
        if (gone) return;
        registerMap(MAP, districts);
        chart = init(element, null, { renderer: 'svg' });
        chart.setOption(optionOf(places, getComputedStyle(document.documentElement)));
        fit.observe(element);
      });
    return () => {
      gone = true;
      fit.disconnect();
      chart?.dispose();
    };
  }, [places]);
  return <div ref={box} role="img" aria-label={`${label}: ${places.filter((place) => place.value > 0).map((place) => `${place.name} ${place.value}`).join(', ')}`} style={{ height: 'min(70vh, 560px)' }} />;
}

function optionOf(places: readonly MapPlace[], style: CSSStyleDeclaration) {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const most = Math.max(1, ...places.map((place) => place.value));
  return {
    animation: false,
    tooltip: { formatter: ({ name, value }: { name: string; value: readonly number[] }) => `${name}: ${value[2]}` },
    geo: { map: MAP, roam: false, aspectScale: 0.62, itemStyle: { areaColor: token('--sunk'), borderColor: token('--edge') }, emphasis: { disabled: true }, label: { show: false }, silent: true, boundingCoords: [[-2.1, 52.56], [-1.45, 52.34]] },
    series: [
      {
        type: 'scatter',
        coordinateSystem: 'geo',
        data: places.map((place) => ({ name: place.name, value: [place.lon, place.lat, place.value] })),
        symbolSize: (value: readonly number[]) => 8 + 34 * Math.sqrt((value[2] ?? 0) / most),
        itemStyle: { color: token('--pine'), opacity: 0.75, borderColor: token('--sheet'), borderWidth: 2 },
        label: { show: true, formatter: '{b}', position: 'right', color: token('--ink'), fontFamily: token('--face-text'), fontSize: 13, textBorderColor: token('--sheet'), textBorderWidth: 3 },
        labelLayout: { hideOverlap: true },
      },
    ],
  };
}
