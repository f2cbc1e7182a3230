import axios, { type AxiosError, AxiosHeaders, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { ahead } from '@/lib/head-start';
import { ProblemError } from '@/lib/problem';
import { reactions } from '@/lib/signals';
import { RefreshFailed, tokens } from '@/lib/token';
import { clientId, uuid } from '@/lib/uuid';
import { toProblem } from './problem';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Sent without a token. */
    public?: boolean;
    /** The version that `If-Match` names. */
    version?: number | undefined;
    /** The idempotency key of a POST; one is made if there is none. */
    key?: string | undefined;
    /** The organization that a write was begun in: it is carried out there or not at all. */
    organization?: string | undefined;
    /** What was already tried for this request. */
    tried?: { refresh?: boolean; stepUp?: boolean };
  }
}

/** What a write hands over besides its body. */
export interface Write {
  key?: string | undefined;
  version?: number | undefined;
  signal?: AbortSignal | undefined;
}

export const http = axios.create({
  baseURL: '/api/v1',
  timeout: 30_000,
  // `status=open&status=waiting`, as the document says.
  paramsSerializer: { indexes: null },
});

http.interceptors.request.use(async (config) => {
  const headers = AxiosHeaders.from(config.headers);
  headers.set('X-Client-Id', clientId);
  if (config.method === 'post') {
    // Kept in the request, so that a replay after a refresh is the same write.
    config.key ??= uuid();
    headers.set('Idempotency-Key', config.key);
  }
  if (config.version !== undefined) headers.set('If-Match', `"${config.version}"`);
  if (!config.public) {
    config.organization ??= tokens.organization?.id;
    headers.set('Authorization', `Bearer ${await bearer()}`);
    if (config.method !== 'get') stayIn(config.organization);
    else if (config.url && !config.params) {
      const data = await ahead(config.url, config.organization);
      if (data !== undefined) {
        config.adapter = async (it) => ({ data, status: 200, statusText: 'OK', headers: {}, config: it });
      }
    }
  }
  config.headers = headers;
  return config;
});

http.interceptors.response.use(undefined, async (error: AxiosError) => {
  const { config, response } = error;
  if (axios.isCancel(error) || error instanceof ProblemError) throw error;
  const problem = toProblem(
    response?.status ?? 0,
    await readable(response?.data),
    (name) => response?.headers[name],
  );
  if (!config || config.public) throw problem;
  return await answerTo(problem, config);
});

/** The same request again where that can help, else the problem is the caller's. */
async function answerTo(problem: ProblemError, config: AxiosRequestConfig) {
  const tried = config.tried ?? {};
  if (problem.code === 'unauthenticated') {
    if (tried.refresh) {
      tokens.expired();
      throw problem;
    }
    const sent = String(AxiosHeaders.from(config.headers as AxiosHeaders).get('Authorization') ?? '');
    await renewed(sent.replace('Bearer ', ''));
    return await http.request({ ...config, tried: { ...tried, refresh: true } });
  }
  if (problem.code === 'step_up_required' && !tried.stepUp) {
    if (await reactions().stepUp())
      return await http.request({ ...config, tried: { ...tried, stepUp: true } });
  }
  if (problem.code === 'mfa_setup_required') reactions().mfaSetup();
  if (problem.code === 'scope_missing') reactions().scopeMissing();
  throw problem;
}

/** While it waited for a token, or for a proof, the tab may have gone to another organization. */
export function stayIn(organization: string | undefined): void {
  if (organization === undefined || tokens.organization?.id === organization) return;
  throw new ProblemError({ status: 409, code: 'organization_left' });
}

async function bearer(): Promise<string> {
  return await tokens.bearer().catch(failed);
}

async function renewed(rejected: string): Promise<string> {
  return await tokens.refresh(rejected).catch(failed);
}

/** A refresh that did not work, in the words of the API. */
function failed(error: unknown): never {
  if (!(error instanceof RefreshFailed)) throw error;
  if (error.cause_ === 'expired') throw new ProblemError({ status: 401, code: 'unauthenticated' });
  if (error.cause_ === 'refused') throw new ProblemError({ status: 403, code: 'organization_access_denied' });
  throw new ProblemError({ status: 0 });
}

/** Downloads come as blobs, also where the answer is a problem. */
async function readable(data: unknown): Promise<unknown> {
  if (!(data instanceof Blob)) return data;
  try {
    return JSON.parse(await data.text());
  } catch {
    return undefined;
  }
}

/** A file of the API, with the name that the server gave it. */
export interface Download {
  blob: Blob;
  name: string | undefined;
}

export async function download(path: string, params: object, signal?: AbortSignal): Promise<Download> {
  const answer = await http.get<Blob>(path, {
    params,
    responseType: 'blob',
    timeout: 0,
    ...(signal && { signal }),
  });
  return downloaded(answer);
}

/** The file of an answer, under the name that it came with. */
export function downloaded({ data, headers }: AxiosResponse<Blob>): Download {
  return { blob: data, name: fileName(String(headers['content-disposition'] ?? '')) };
}

/** RFC 6266: `filename*` in UTF-8 comes before the plain one. */
export function fileName(disposition: string): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)"?/.exec(disposition)?.[1];
}
