import { type AppError, assertNever, type ErrorCode } from '#shared/errors/index.ts';

/** An AppError as an HTTP answer: a fitting status and its serialised form as JSON. */
export function errorResponse(error: AppError, headers: Readonly<Record<string, string>>): Response {
  return Response.json(error.toData(), {
    status: statusOf(error.code),
    headers: { ...headers, 'cache-control': 'no-store' },
  });
}

function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'invalid-input':
    case 'edit-refused':
    case 'project-file-invalid':
    case 'path-refused':
      return 400;
    case 'unauthorised':
      return 401;
    case 'not-found':
    case 'file-not-found':
    case 'media-missing':
      return 404;
    case 'conflict':
    case 'file-changed':
    case 'library-locked':
      return 409;
    case 'file-too-large':
      return 413;
    case 'file-empty':
    case 'unsupported-media':
    case 'unsupported-codec':
    case 'media-damaged':
    case 'captions-invalid':
    case 'external-reference':
    case 'output-check-failed':
      return 422;
    case 'cancelled':
      return 499;
    case 'file-unreadable':
    case 'folder-unwritable':
    case 'ffmpeg-missing':
    case 'ffmpeg-too-old':
    case 'ffmpeg-failed':
    case 'ffmpeg-crashed':
    case 'capability-missing':
    case 'database-damaged':
    case 'database-newer':
    case 'job-failed':
    case 'internal':
      return 500;
    case 'not-connected':
      return 503;
    case 'timed-out':
      return 504;
    case 'disk-full':
      return 507;
    default:
      return assertNever(code);
  }
}
