namespace Sluice.Api.Management.Exports;

/// <summary>
/// What is written to it waits in memory until it is drained, so that a library which writes synchronously, and asks
/// where in the file it is, can write an answer of any length.
/// </summary>
internal sealed class GroupStream : Stream
{
    private readonly MemoryStream _waiting = new();
    private long _drained;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _drained + _waiting.Length;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what waits.</summary>
    public async Task DrainAsync(Stream output, CancellationToken ct)
    {
        await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), ct);
        await output.FlushAsync(ct);
        _drained += _waiting.Length;
        _waiting.SetLength(0);
    }

    public override void Flush()
    {
        // It is drained when a group is complete.
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _waiting.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _waiting.WriteAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _waiting.Dispose();
        base.Dispose(disposing);
    }
}
