namespace Sluice.Api.Management.Keys;

/// <summary>How a key's secret is replaced.</summary>
/// <param name="GraceSeconds">How long the old secret goes on working; 0, the default, for not at all.</param>
internal sealed record RegenerateRequest(int? GraceSeconds);
