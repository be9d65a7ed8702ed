using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Api.DataPlane;

/// <summary>The reused memory of one thread's responses.</summary>
internal sealed class WriterBuffer : IDisposable
{
    /// <summary>Bytes that are kept for the next response; what a large batch needed is given back.</summary>
    private const int KeptMax = 1 << 20;

    private ArrayBufferWriter<byte> _bytes = new(4_096);

    // The encoder that escapes only what JSON demands: this is never put into a page, and people read it.
    public WriterBuffer() => Json = new Utf8JsonWriter(
        _bytes, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Utf8JsonWriter Json { get; }

    public ReadOnlySpan<byte> Written
    {
        get
        {
            Json.Flush();
            return _bytes.WrittenSpan;
        }
    }

    public void Clear()
    {
        if (_bytes.Capacity > KeptMax)
            _bytes = new ArrayBufferWriter<byte>(4_096);
        _bytes.ResetWrittenCount();
        Json.Reset(_bytes);
    }

    public void Dispose() => Json.Dispose();
}
