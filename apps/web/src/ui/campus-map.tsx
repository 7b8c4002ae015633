import { CustomChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GeoComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { init, registerMap, use, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import boundaries from '../../../../libs/reference/data/boundaries-west-midlands.geojson?url';

use([ScatterChart, CustomChart, GeoComponent, LegendComponent, TooltipComponent, AriaComponent, LabelLayout, SVGRenderer]);

const MAP = 'west-midlands';
const METRES_A_DEGREE = 111_195;
const CORNERS = 72;

export type MapPlace = Readonly<{ key: string; name: string; lat: number; lon: number; openings: number; learners: number }>;
export type Ring = Readonly<{ minutes: number; metres: number }>;
type Words = Readonly<{ openings: string; learners: string; minutes: (minutes: number) => string }>;
type Props = Readonly<{ places: readonly MapPlace[]; label: string; words: Words; centre: Readonly<{ lat: number; lon: number }> | null; rings: readonly Ring[] }>;

/**
 * Circles on the districts of the region: the disc is what is offered, the ring about it what is wanted; rings of equal journey about one place
 * shade the map. Loaded only where it is shown.
 */
export function CampusMap(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const shown = useRef(props);
  shown.current = props;
  const draw = (): void => void chart.current?.setOption(optionOf(shown.current, getComputedStyle(document.documentElement)), true);
  useEffect(() => {
    let gone = false;
    const element = box.current;
    if (element === null) return undefined;
    const fit = new ResizeObserver(() => chart.current?.resize());
    // A change of colours draws the picture anew.
    const recolour = new MutationObserver(draw);
    void fetch(boundaries)
      .then((response) => response.json())
      .then((districts: Parameters<typeof registerMap>[1]) => {
        if (gone) return;
        registerMap(MAP, districts);
        chart.current = init(element, null, { renderer: 'svg' });
        draw();
        element.removeAttribute('aria-busy');
        fit.observe(element);
        recolour.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme', 'data-contrast'] });
      });
    return () => {
      gone = true;
      fit.disconnect();
      recolour.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(draw, [props]);
  const told = props.places.filter((place) => place.openings + place.learners > 0).map((place) => `${place.name} ${props.words.openings} ${place.openings}, ${props.words.learners} ${place.learners}`);
  return <div ref={box} role="img" aria-busy="true" aria-label={`${props.label}: ${told.join('; ')}`} style={{ height: 'min(70vh, 560px)' }} />;
}

function optionOf({ places, words, centre, rings }: Props, style: CSSStyleDeclaration) {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const most = Math.max(1, ...places.map((place) => Math.max(place.openings, place.learners)));
  const size = (value: number): number => (value === 0 ? 0 : 10 + 34 * Math.sqrt(value / most));
  const wide = rings.toSorted((a, b) => b.metres - a.metres);
  return {
    animation: false,
    legend: { top: 0, left: 0, data: [words.openings, words.learners], selectedMode: false, textStyle: { color: token('--ink'), fontFamily: token('--face-text'), fontSize: 14 } },
    tooltip: { formatter: ({ name, value }: { name: string; value: readonly number[] }) => `${name}: ${words.openings} ${value[2]}, ${words.learners} ${value[3]}` },
    geo: { map: MAP, roam: false, aspectScale: 0.62, itemStyle: { areaColor: token('--sunk'), borderColor: token('--edge') }, emphasis: { disabled: true }, label: { show: false }, silent: true, boundingCoords: [[-2.25, 52.64], [-1.35, 52.28]] },
    series: [
      ...(centre === null
        ? []
        : wide.map((ring) => ({
            type: 'custom',
            name: words.minutes(ring.minutes),
            coordinateSystem: 'geo',
            silent: true,
            clip: true,
            data: [[centre.lon, centre.lat]],
            renderItem: (_params: unknown, api: { coord: (point: readonly number[]) => number[] }) => {
              const points = circle(centre, ring.metres).map((point) => api.coord(point));
              const [, north = 0] = api.coord([centre.lon, centre.lat + ring.metres / METRES_A_DEGREE]);
              const [x = 0] = api.coord([centre.lon, centre.lat]);
              return {
                type: 'group',
                children: [
                  { type: 'polygon', shape: { points }, style: { fill: token('--pine'), opacity: 0.1, stroke: token('--pine'), lineWidth: 1 } },
                  { type: 'text', style: { text: words.minutes(ring.minutes), x, y: north + 4, fill: token('--ink'), textAlign: 'center', font: `13px ${token('--face-text')}` } },
                ],
              };
            },
          }))),
      {
        type: 'scatter',
        name: words.openings,
        coordinateSystem: 'geo',
        z: 3,
        data: places.map((place) => ({ name: place.name, value: [place.lon, place.lat, place.openings, place.learners] })),
        symbolSize: (value: readonly number[]) => size(value[2] ?? 0),
        itemStyle: { color: token('--pine'), opacity: 0.8, borderColor: token('--sheet'), borderWidth: 2 },
        label: { show: true, formatter: '{b}', position: 'right', color: token('--ink'), fontFamily: token('--face-text'), fontSize: 13, textBorderColor: token('--sheet'), textBorderWidth: 3 },
        labelLayout: { hideOverlap: true },
      },
      {
        type: 'scatter',
        name: words.learners,
        coordinateSystem: 'geo',
        z: 4,
        symbol: 'emptyCircle',
        data: places.map((place) => ({ name: place.name, value: [place.lon, place.lat, place.openings, place.learners] })),
        symbolSize: (value: readonly number[]) => size(value[3] ?? 0),
        itemStyle: { color: token('--marigold-ink'), borderColor: token('--marigold-ink'), borderWidth: 3 },
      },
    ],
  };
}

/** Corners of a circle on the ground, as longitude and latitude. */
function circle({ lat, lon }: Readonly<{ lat: number; lon: number }>, metres: number): number[][] {
  const up = metres / METRES_A_DEGREE;
  const across = up / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: CORNERS }, (_, at) => {
    const angle = (2 * Math.PI * at) / CORNERS;
    return [lon + across * Math.cos(angle), lat + up * Math.sin(angle)];
  });
}
