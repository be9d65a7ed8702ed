using Microsoft.AspNetCore.Http.Metadata;

namespace Sluice.Api.DataPlane;

/// <summary>The largest body of an endpoint, which Kestrel enforces before the body is read.</summary>
internal sealed class BodySizeLimit(long bytesMax) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytesMax;
}
