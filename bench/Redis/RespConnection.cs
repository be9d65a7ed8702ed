using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Sluice.Bench.Redis;

/// <summary>
/// One connection to Redis that many callers share: what they ask at the same time leaves in one send, and answers are
/// given out in the order of the questions. A Redis client has to do this to be fast, so the peer does.
/// </summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly Channel<RespCall> _calls = Channel.CreateUnbounded<RespCall>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentQueue<RespCall> _unanswered = new();
    private readonly Task _sending;
    private readonly Task _receiving;

    private RespConnection(Socket socket)
    {
        _socket = socket;
        _sending = Task.Run(SendAllAsync);
        _receiving = Task.Run(ReceiveAllAsync);
    }

    public static async Task<RespConnection> OpenAsync(string socketPath)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        return new RespConnection(socket);
    }

    /// <summary>Sends one encoded command and returns its answer: an integer, or text as a string.</summary>
    /// <exception cref="RespException">Redis answered with an error, or the connection broke.</exception>
    public Task<RespValue> CallAsync(byte[] command)
    {
        var call = new RespCall(command);
        if (!_calls.Writer.TryWrite(call))
            throw new RespException("The connection to Redis is closed.");
        return call.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _sending;
        _socket.Dispose();
        await _receiving;
    }

    private async Task SendAllAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes);
        try
        {
            while (await _calls.Reader.WaitToReadAsync())
            {
                buffer.ResetWrittenCount();
                while (buffer.WrittenCount < BufferBytes && _calls.Reader.TryRead(out var call))
                {
                    // Before it is sent, so that the answer always finds who asked.
                    _unanswered.Enqueue(call);
                    buffer.Write(call.Command);
                }

                await _socket.SendAsync(buffer.WrittenMemory);
            }
        }
        catch (SocketException broken)
        {
            FailAll(broken);
        }
    }

    private async Task ReceiveAllAsync()
    {
        var buffer = new byte[BufferBytes];
        var end = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(end)) is var received and > 0)
            {
                end += received;
                var start = 0;
                while (RespReader.TryRead(buffer.AsSpan(start..end), out var value, out var consumedBytes))
                {
                    start += consumedBytes;
                    GiveOut(value);
                }

                buffer.AsSpan(start..end).CopyTo(buffer);
                end -= start;
            }

            FailAll(new IOException("Redis closed the connection."));
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or InvalidDataException)
        {
            FailAll(broken);
        }
    }

    private void GiveOut(RespValue value)
    {
        if (!_unanswered.TryDequeue(out var call))
            throw new InvalidDataException("Redis answered what nobody asked.");
        if (value.IsError)
            call.Answer.TrySetException(new RespException(value.Text!));
        else
            call.Answer.TrySetResult(value);
    }

    private void FailAll(Exception cause)
    {
        _calls.Writer.TryComplete();
        while (_unanswered.TryDequeue(out var call) || _calls.Reader.TryRead(out call))
            call.Answer.TrySetException(new RespException("The connection to Redis broke.", cause));
    }

    private sealed class RespCall(byte[] command)
    {
        public byte[] Command { get; } = command;

        public TaskCompletionSource<RespValue> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
