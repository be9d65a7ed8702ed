namespace Sluice.Api.DataPlane;

/// <summary>
/// Marks endpoints that send the headers of the tightest limit, so that the OpenAPI document shows them.
/// </summary>
internal sealed class RateLimitMetadata
{
    public static readonly RateLimitMetadata Instance = new();
}
