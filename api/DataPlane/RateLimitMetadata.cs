namespace Sluice.Api.DataPlane;

/// <summary>Marks what answers with the headers of the tightest limit, so that the API's document shows them.</summary>
internal sealed class RateLimitMetadata
{
    public static readonly RateLimitMetadata Instance = new();
}
