namespace Sluice.Bench.Redis;

/// <summary>An answer of Redis: an integer, or text, or an error's text.</summary>
internal readonly record struct RespValue(long Number, string? Text, bool IsError);
