using Microsoft.AspNetCore.Http.Metadata;

namespace Sluice.Api.DataPlane;

/// <summary>The largest body that an endpoint reads at all; beyond it Kestrel ends the connection.</summary>
internal sealed class BodySizeLimit(long bytesMax) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytesMax;
}
