namespace Sluice.LoadTest.Traces;

/// <summary>One recorded request to an LLM service.</summary>
/// <param name="Offset">Time since the first row.</param>
/// <param name="ContextTokens">Tokens of the prompt.</param>
/// <param name="GeneratedTokens">Tokens of the completion.</param>
internal readonly record struct TraceRow(TimeSpan Offset, long ContextTokens, long GeneratedTokens);
