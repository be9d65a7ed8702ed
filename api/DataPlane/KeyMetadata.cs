namespace Sluice.Api.DataPlane;

/// <summary>Marks what needs an API key, so that the API's document says so.</summary>
internal sealed class KeyMetadata
{
    public static readonly KeyMetadata Instance = new();
}
