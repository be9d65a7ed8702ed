using Microsoft.AspNetCore.Http.Metadata;

namespace Sluice.Api.DataPlane;

/// <summary>The largest body that an endpoint reads; beyond it Kestrel closes the connection.</summary>
internal sealed class BodySizeLimit(long bytesMax) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytesMax;
}
