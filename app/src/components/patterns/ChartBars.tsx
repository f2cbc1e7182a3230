import { scaleBand } from '@visx/scale';
import { type ChartData, fills } from './chart-model';

export interface ChartBarsProps {
  data: ChartData;
  /** On each other; else beside each other. */
  stacked: boolean;
  range: [left: number, right: number];
  y: (value: number) => number;
  write: (value: number) => string;
}

const GAP = 2;

/** One group of bars per label. Each says its value to who points at it. */
export function ChartBars({ data, stacked, range, y, write }: ChartBarsProps) {
  const domain = data.labels.map((_, index) => index);
  // Half as much outside as between: the middle of a band is where the axis writes its label.
  const x = scaleBand<number>({ domain, range, paddingInner: 0.35, paddingOuter: 0.175 });
  const abreast = stacked ? 1 : data.series.length;
  const band = Math.min(x.bandwidth(), 28 * abreast);
  const one = Math.max(1, (band - GAP * (abreast - 1)) / abreast);
  return data.labels.map((label, index) => {
    const left = (x(index) ?? 0) + (x.bandwidth() - band) / 2;
    let below = 0;
    return (
      <g key={label}>
        {data.series.map((series, place) => {
          const value = series.values[index] ?? 0;
          const top = y(below + value);
          const height = y(below) - top;
          if (stacked) below += value;
          return (
            <rect
              key={series.id}
              x={stacked ? left : left + place * (one + GAP)}
              y={top}
              width={one}
              height={height}
              rx={Math.min(2, height / 2)}
              className={fills[series.tone]}
            >
              <title>{`${label}, ${series.label}: ${write(value)}`}</title>
            </rect>
          );
        })}
      </g>
    );
  });
}
