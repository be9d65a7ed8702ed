namespace Sluice.Api.DataPlane;

/// <summary>Marks endpoints that need an API key, so that the OpenAPI document says so.</summary>
internal sealed class KeyMetadata
{
    public static readonly KeyMetadata Instance = new();
}
