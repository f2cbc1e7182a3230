import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

/** What is done to a campaign besides writing it. */
export type CampaignAct =
  | 'send'
  | 'unschedule'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'resend-uncertain'
  | 'resend-failed';

export const campaigns = {
  list: (query: Query<'campaigns_list'>, signal?: AbortSignal) =>
    http.get<Ok<'campaigns_list'>>('/campaigns', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'campaigns_get'>>(`/campaigns/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'campaigns_create'>, write?: Write) =>
    http.post<Ok<'campaigns_create'>>('/campaigns', body, write).then((r) => r.data),

  update: (id: string, body: Body<'campaigns_update'>, write: Write) =>
    http.patch<Ok<'campaigns_update'>>(`/campaigns/${id}`, body, write).then((r) => r.data),

  act: (id: string, act: CampaignAct, write: Write) =>
    http.post<Ok<'campaigns_send'>>(`/campaigns/${id}/${act}`, undefined, write).then((r) => r.data),

  schedule: (id: string, body: Body<'campaigns_schedule'>, write: Write) =>
    http.post<Ok<'campaigns_schedule'>>(`/campaigns/${id}/schedule`, body, write).then((r) => r.data),

  /** A mail to whoever asks. */
  test: (id: string, write?: Write) =>
    http.post<void>(`/campaigns/${id}/test`, undefined, write).then(() => undefined),

  preflight: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'campaigns_preflight'>>(`/campaigns/${id}/preflight`, { signal }).then((r) => r.data),

  /** The mail as one reader would get it; nothing is stored. */
  preview: (id: string, body: Body<'campaigns_preview'>, signal?: AbortSignal) =>
    http
      .post<Ok<'campaigns_preview'>>(`/campaigns/${id}/preview`, body, signal ? { signal } : undefined)
      .then((r) => r.data),

  report: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'campaigns_report'>>(`/campaigns/${id}/report`, { signal }).then((r) => r.data),

  recipients: (id: string, query: Query<'campaign_recipients_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'campaign_recipients_list'>>(`/campaigns/${id}/recipients`, { params: query, signal })
      .then((r) => r.data),
};
