/**
 * Part of every fingerprint. Raise it when segments or sound come out differently for the same ffmpeg arguments
 * (what the arguments say is fingerprinted itself).
 */
export const renderVersion = 5;
