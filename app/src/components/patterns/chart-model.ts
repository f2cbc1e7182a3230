export type ChartTone = 'accent' | 'success' | 'warning' | 'danger' | 'info' | 'violet' | 'muted';

export interface ChartSeries {
  id: string;
  label: string;
  tone: ChartTone;
  values: readonly number[];
}

export interface ChartData {
  /** Names of the places along the x axis. */
  labels: readonly string[];
  series: readonly ChartSeries[];
}

export const strokes: Record<ChartTone, string> = {
  accent: 'stroke-accent',
  success: 'stroke-success',
  warning: 'stroke-warning',
  danger: 'stroke-danger',
  info: 'stroke-info',
  violet: 'stroke-violet',
  muted: 'stroke-edge',
};

export const fills: Record<ChartTone, string> = {
  accent: 'fill-accent',
  success: 'fill-success',
  warning: 'fill-warning',
  danger: 'fill-danger',
  info: 'fill-info',
  violet: 'fill-violet',
  muted: 'fill-edge',
};

export const swatches: Record<ChartTone, string> = {
  accent: 'bg-accent',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
  info: 'bg-info',
  violet: 'bg-violet',
  muted: 'bg-edge',
};

/** Every how many labels one is written, so that they do not touch. */
export function labelStep(count: number, width: number, room = 64): number {
  return Math.max(1, Math.ceil((count * room) / Math.max(width, 1)));
}

export function maxOf(data: ChartData, stacked: boolean): number {
  if (!stacked) return Math.max(1, ...data.series.flatMap((series) => series.values));
  const sums = data.labels.map((_, index) =>
    data.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0),
  );
  return Math.max(1, ...sums);
}
