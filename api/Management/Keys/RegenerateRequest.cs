using System.Text.Json.Serialization;
using FastEndpoints;
using FluentValidation;

namespace Sluice.Api.Management.Keys;

/// <summary>How a key's secret is replaced.</summary>
/// <param name="GraceSeconds">
/// How long the old secret continues to work, 0 to 2,592,000 seconds (30 days); 0 if omitted.
/// </param>
internal sealed record RegenerateRequest(int? GraceSeconds = null)
{
    [JsonIgnore]
    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds ?? 0);
}

internal sealed class RegenerateRequestValidator : Validator<RegenerateRequest>
{
    /// <summary>The longest grace time of an old secret, in seconds: 30 days.</summary>
    private const int MaxGraceSeconds = 30 * 24 * 3600;

    public RegenerateRequestValidator()
    {
        RuleFor(static r => r.GraceSeconds).Follows(static seconds => seconds is < 0 or > MaxGraceSeconds
            ? new("range", $"Must be 0 to {MaxGraceSeconds}.")
            : null);
    }
}
