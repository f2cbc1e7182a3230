import { addDays, type IsoDate } from '@/lib/time';

/** The last day on which to pay in time, were it issued on this day. */
export const dueDay = (issued: IsoDate, days: number): IsoDate => addDays(issued, days);
