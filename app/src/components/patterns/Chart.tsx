import { scaleLinear, scalePoint } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { clsx } from 'clsx';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { useT } from '@/i18n/i18n';
import { ChartBars } from './ChartBars';
import { type ChartData, type ChartTone, labelStep, maxOf, strokes, swatches } from './chart-model';

export interface ChartProps {
  title: ReactNode;
  /** The picture in one sentence, for those who do not see it. */
  summary: string;
  data: ChartData;
  /** Bars stand on each other, columns beside each other. */
  kind: 'bars' | 'columns' | 'lines';
  /** Writes a value: a number by default, money or minutes when the page says so. */
  formatValue?: (value: number) => string;
  /** Heads the first column of the table. */
  labelHeader: string;
  height?: number;
}

const PAD = { top: 8, right: 8, bottom: 20, left: 40 };

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    setWidth(element.clientWidth);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [ref, width] as const;
}

/** A chart with its legend and the same numbers as a table. */
export function Chart(props: ChartProps) {
  const t = useT();
  const format = useFormat();
  const [ref, width] = useWidth();
  const [table, setTable] = useState(false);
  const { title, data, height = 200 } = props;
  const write = props.formatValue ?? ((value: number) => format.number(value));
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-medium text-body">{title}</span>
        <Legend data={data} />
        <span className="ml-auto">
          <Button size="sm" variant="ghost" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? t('patterns.viewAsChart') : t('patterns.viewAsTable')}
          </Button>
        </span>
      </figcaption>
      {table ? (
        <ChartTable {...props} write={write} />
      ) : (
        <div ref={ref} style={{ height }}>
          {width > 0 && <Plot {...props} width={width} height={height} write={write} />}
        </div>
      )}
    </figure>
  );
}

function Legend({ data }: { data: ChartData }) {
  if (data.series.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-x-3 text-meta text-muted">
      {data.series.map((series) => (
        <li key={series.id} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx('size-2 rounded-full', swatches[series.tone])} />
          {series.label}
        </li>
      ))}
    </ul>
  );
}

interface PlotProps extends ChartProps {
  width: number;
  height: number;
  write: (value: number) => string;
}

function Plot(props: PlotProps) {
  const { data, kind, width, height, summary, write } = props;
  const y = scaleLinear<number>({
    domain: [0, maxOf(data, kind === 'bars')],
    range: [height - PAD.bottom, PAD.top],
    nice: 4,
  });
  const step = labelStep(data.labels.length, width - PAD.left - PAD.right);
  const x = scalePoint<number>({
    domain: data.labels.map((_, index) => index),
    range: [PAD.left, width - PAD.right],
    padding: 0.5,
  });
  return (
    <svg role="img" aria-label={summary} width={width} height={height} className="block overflow-visible">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={PAD.left} x2={width - PAD.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text
            x={PAD.left - 6}
            y={y(tick)}
            dy="0.32em"
            textAnchor="end"
            className="num fill-muted text-[11px]"
          >
            {write(tick)}
          </text>
        </g>
      ))}
      {data.labels.map((label, index) =>
        index % step === 0 ? (
          <text
            key={label}
            x={x(index)}
            y={height - 4}
            textAnchor="middle"
            className="fill-muted text-[11px]"
          >
            {label}
          </text>
        ) : null,
      )}
      {kind === 'lines' ? (
        <Lines data={data} x={(index) => x(index) ?? 0} y={y} />
      ) : (
        <ChartBars
          data={data}
          stacked={kind === 'bars'}
          range={[PAD.left, width - PAD.right]}
          y={y}
          write={write}
        />
      )}
    </svg>
  );
}

function Lines(props: { data: ChartData; x: (index: number) => number; y: (value: number) => number }) {
  const { data, x, y } = props;
  return data.series.map((series) => (
    <LinePath
      key={series.id}
      data={[...series.values]}
      x={(_, index) => x(index)}
      y={(value) => y(value)}
      fill="none"
      strokeWidth={1.75}
      strokeLinejoin="round"
      className={strokes[series.tone]}
    />
  ));
}

function ChartTable({
  data,
  labelHeader,
  summary,
  write,
}: ChartProps & { write: (value: number) => string }) {
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table label={summary}>
        <TableHead>
          <tr>
            <TableHeader>{labelHeader}</TableHeader>
            {data.series.map((series) => (
              <TableHeader key={series.id} align="end">
                {series.label}
              </TableHeader>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {data.labels.map((label, index) => (
            <TableRow key={label}>
              <TableCell>{label}</TableCell>
              {data.series.map((series) => (
                <TableCell key={series.id} align="end">
                  {write(series.values[index] ?? 0)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

export interface SparklineProps {
  values: readonly number[];
  summary: string;
  tone?: ChartTone;
  width?: number;
  height?: number;
}

/** A trend beside a number. */
export function Sparkline({ values, summary, tone = 'accent', width = 72, height = 20 }: SparklineProps) {
  const x = scaleLinear<number>({ domain: [0, Math.max(1, values.length - 1)], range: [1, width - 1] });
  const low = Math.min(...values, 0);
  const y = scaleLinear<number>({ domain: [low, Math.max(...values, low + 1)], range: [height - 2, 2] });
  return (
    <svg role="img" aria-label={summary} width={width} height={height} className="block">
      <LinePath
        data={[...values]}
        x={(_, index) => x(index)}
        y={(value) => y(value)}
        fill="none"
        strokeWidth={1.5}
        className={strokes[tone]}
      />
    </svg>
  );
}
