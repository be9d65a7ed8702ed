namespace Sluice.Api.DataPlane;

/// <summary>Marks endpoints without a body for which a gateway names the key in the query.</summary>
internal sealed class KeyOfGatewayMetadata
{
    public static readonly KeyOfGatewayMetadata Instance = new();
}
