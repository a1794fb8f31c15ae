import { z } from 'zod';

const text = z.string().optional();
const whole = z.number().int().optional();
const tags = z.record(z.string(), z.string()).optional();

const sideDataSchema = z.looseObject({
  side_data_type: text,
  rotation: z.number().optional(),
  displaymatrix: text,
});

const streamSchema = z.looseObject({
  index: z.number().int(),
  codec_type: text,
  codec_name: text,
  codec_tag_string: text,
  profile: z.union([z.string(), z.number()]).optional(),
  level: z.number().optional(),
  width: whole,
  height: whole,
  pix_fmt: text,
  sample_aspect_ratio: text,
  display_aspect_ratio: text,
  field_order: text,
  color_range: text,
  color_space: text,
  color_transfer: text,
  color_primaries: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  time_base: text,
  start_pts: z.number().optional(),
  start_time: text,
  duration_ts: z.number().optional(),
  duration: text,
  bit_rate: text,
  bits_per_raw_sample: text,
  nb_frames: text,
  nb_read_frames: text,
  nb_read_packets: text,
  sample_fmt: text,
  sample_rate: text,
  channels: whole,
  channel_layout: text,
  disposition: z.record(z.string(), z.number()).optional(),
  tags,
  side_data_list: z.array(sideDataSchema).optional(),
});

const formatSchema = z.looseObject({
  filename: text,
  nb_streams: whole,
  format_name: z.string(),
  format_long_name: text,
  start_time: text,
  duration: text,
  size: text,
  bit_rate: text,
  probe_score: z.number().optional(),
  tags,
});

/** ffprobe's JSON, as far as it is read; unknown fields are kept. Numbers that may be huge or `N/A` stay text. */
export const probeReportSchema = z.looseObject({
  format: formatSchema,
  streams: z.array(streamSchema).default([]),
  chapters: z.array(z.looseObject({ start_time: text, end_time: text, tags })).optional(),
  frames: z.array(z.looseObject({ media_type: text, stream_index: whole })).optional(),
  packets: z.array(z.looseObject({ codec_type: text, stream_index: whole })).optional(),
});

/** What ffprobe says about one file. */
export type ProbeReport = z.infer<typeof probeReportSchema>;

/** One stream of a {@link ProbeReport}. */
export type ProbeStream = ProbeReport['streams'][number];
