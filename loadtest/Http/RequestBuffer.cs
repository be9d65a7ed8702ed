using System.Buffers;
using System.Globalization;

namespace Sluice.LoadTest.Http;

/// <summary>
/// Collects whole requests to send at once; write the body, then <see cref="Complete"/> it with its head.
/// </summary>
internal sealed class RequestBuffer
{
    private const int ContentLengthDigitsMax = 10;

    private readonly ArrayBufferWriter<byte> _requests = new(1024);
    private readonly ArrayBufferWriter<byte> _body = new(512);

    /// <summary>The writer for the next request's body.</summary>
    public IBufferWriter<byte> Body => _body;

    public ReadOnlyMemory<byte> Requests => _requests.WrittenMemory;

    /// <summary>Appends a request with the body written so far.</summary>
    public void Complete(RequestHead head)
    {
        _requests.Write(head.Bytes.Span);
        var length = _requests.GetSpan(ContentLengthDigitsMax);
        if (!_body.WrittenCount.TryFormat(length, out var digits, provider: CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A body's length has more than ten digits.");
        _requests.Advance(digits);
        _requests.Write("\r\n\r\n"u8);
        _requests.Write(_body.WrittenSpan);
        _body.ResetWrittenCount();
    }

    public void Clear()
    {
        _requests.ResetWrittenCount();
        _body.ResetWrittenCount();
    }
}
