using System.Buffers;

namespace Sluice.Api.DataPlane;

/// <summary>The whole body of a request, unpacked if it was sent packed.</summary>
/// <param name="Bytes">The body; valid until it is released.</param>
/// <param name="Unpacked">Whether the bytes are a copy, and not what the server still holds.</param>
internal readonly record struct ReceivedBody(ReadOnlySequence<byte> Bytes, bool Unpacked)
{
    /// <summary>Releases what the server holds of the body.</summary>
    public void Release(HttpContext http)
    {
        if (!Unpacked)
            http.Request.BodyReader.AdvanceTo(Bytes.End);
    }
}
