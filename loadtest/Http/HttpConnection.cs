using System.Net;
using System.Net.Sockets;

namespace Sluice.LoadTest.Http;

/// <summary>
/// One keep-alive connection over a raw socket. The generator shares two cores with the measured server, so a request
/// costs one send, one receive and no allocation. Used by one lane at a time; only <see cref="Abort"/> may be called
/// from elsewhere.
/// </summary>
internal sealed class HttpConnection(HttpTarget target) : IDisposable
{
    /// <summary>Maximum size of a response, larger than any the contract allows (a batch of 10,000 results).</summary>
    public const int MaxAnswerBytes = 64 * 1024 * 1024;

    private const int InitialBufferBytes = 16 * 1024;

    private byte[] _buffer = new byte[InitialBufferBytes];
    private Socket? _socket;
    private int _start;
    private int _end;

    public bool IsOpen => _socket is not null;

    /// <summary>Connects if not connected.</summary>
    /// <exception cref="SocketException">The server can't be reached.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellation)
    {
        if (_socket is not null)
            return;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(EndPointOf(target), cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _start = _end = 0;
        _socket = socket;
    }

    /// <summary>Sends one or more whole requests.</summary>
    /// <exception cref="SocketException">The connection broke; some of the bytes may have arrived.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> requests, CancellationToken cancellation)
    {
        var socket = OpenSocket();
        while (requests.Length > 0)
            requests = requests[await socket.SendAsync(requests, SocketFlags.None, cancellation)..];
    }

    /// <summary>Reads the next response. Its body is valid until the next call.</summary>
    /// <exception cref="IOException">The connection ended before the response was complete.</exception>
    /// <exception cref="InvalidDataException">The received bytes are not HTTP.</exception>
    public async ValueTask<HttpAnswer> ReadAnswerAsync(CancellationToken cancellation)
    {
        var socket = OpenSocket();
        while (true)
        {
            // The parser signals "not yet" by consuming nothing; a complete response is never empty.
            if (AnswerParser.TryParse(_buffer.AsMemory(_start.._end), out var answer, out var consumedBytes))
            {
                _start += consumedBytes;
                return answer;
            }

            MakeRoom();
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellation);
            if (received == 0)
                throw new IOException("The server closed the connection before the answer was complete.");
            _end += received;
        }
    }

    /// <summary>Closes the connection of a waiting lane: the wait fails as if the server had hung up.</summary>
    public void Abort() => _socket?.Dispose();

    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    public void Dispose() => Close();

    private static EndPoint EndPointOf(HttpTarget target) => IPAddress.TryParse(target.Host, out var address)
        ? new IPEndPoint(address, target.Port)
        : new DnsEndPoint(target.Host, target.Port);

    private Socket OpenSocket() => _socket ?? throw new InvalidOperationException("The connection is not open.");

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
            return;
        if (_buffer.Length >= MaxAnswerBytes)
            throw new InvalidDataException($"The answer is longer than {MaxAnswerBytes} bytes.");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
